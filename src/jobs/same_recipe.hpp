// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "atelier/image/image.hpp"
#include "atelier/jobs/recipe.hpp"

namespace atelier::jobs {

/// Whether a picture painted by the recipe `found`, of this size, is the painting that `wanted`
/// asks for: made by the same version with the same options and weights from files with the same
/// digests, to its own end. Where files lie, the preset that options came from and how many threads
/// there were do not matter; nor do tile, engine and device where `wanted` leaves them to the
/// program.
[[nodiscard]] bool same_recipe(const nlohmann::json& found, const Recipe& wanted, image::Size size);

/// The same as one line that is equal for equal paintings alone; what is left to the program stands
/// there as such.
[[nodiscard]] std::string what_is_painted(const Recipe& wanted);

/// Whether the file is such a picture; false when it is missing, unreadable or without a recipe.
[[nodiscard]] bool already_painted(const std::filesystem::path& file, const Recipe& wanted);

}  // namespace atelier::jobs
