// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "atelier/gan/latent.hpp"

namespace atelier::jobs {

/// A picture of a generator's, what it grew from and whose child it is.
struct Member {
  std::string name;  ///< a file's name, or "seed 12"
  gan::Latent latent;
  std::vector<Member> parents;
};

/// Numbers of a latent are kept as whole 1024ths, which nobody sees, so that recipes stay short.
/// Pictures are painted from what is kept.
[[nodiscard]] gan::Latent as_kept(gan::Latent latent);

/// {"levels", "size", "values"}, and {"name", "latent", "parents"}. Reading throws Error bad_input
/// for what is damaged or deeper than 64 generations.
[[nodiscard]] nlohmann::json to_json(const gan::Latent& latent);
[[nodiscard]] gan::Latent latent_from_json(const nlohmann::json& json);
[[nodiscard]] nlohmann::json to_json(const Member& member);
[[nodiscard]] Member member_from_json(const nlohmann::json& json);

}  // namespace atelier::jobs
