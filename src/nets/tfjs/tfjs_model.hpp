// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "nets/tensor_map.hpp"

namespace atelier::nets {

/// The file of this name beside a model's description, if it is there.
using TfjsFile = std::function<std::optional<std::string>(const std::string& name)>;

/// The weights of a TensorFlow.js model in float32, by their names in it ("conv1/kernel").
///
/// `description`: a model.json, or a JavaScript file that exports the same. A shard PATH is the
/// file PATH as it is, or PATH.js or PATH.min.js, which exports it as a base64 string. Nothing is
/// run (literal.hpp). Throws Error bad_input when something is damaged, missing or too large.
[[nodiscard]] TensorMap read_tfjs(std::string_view description, const TfjsFile& file);

/// Whether `path` is a model.json, a model.js or model.min.js, or a folder that holds one.
[[nodiscard]] bool is_tfjs(const std::filesystem::path& path);

/// The same from a model's description or its folder.
[[nodiscard]] TensorMap read_tfjs(const std::filesystem::path& path);

}  // namespace atelier::nets
