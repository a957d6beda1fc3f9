// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/models.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"

namespace atelier::jobs {
namespace {

std::vector<const nets::ModelInfo*> named_models(const ModelsRequest& request) {
  std::vector<const nets::ModelInfo*> models;
  for (const std::string& name : request.names) models.push_back(&nets::find_model(name));
  if (models.empty() && request.action != ModelsAction::fetch) {
    for (const nets::ModelInfo& model : nets::registry()) models.push_back(&model);
  }
  return models;
}

}  // namespace

ModelsReport models(const ModelsRequest& request, const OnProgress& on_progress) {
  const std::vector<const nets::ModelInfo*> chosen = named_models(request);
  if (request.action == ModelsAction::fetch && chosen.empty()) {
    fail(ErrorKind::invalid_argument,
         "models fetch needs the name of a model; `models list` shows them.");
  }
  if (request.action == ModelsAction::import && chosen.size() != 1) {
    fail(ErrorKind::invalid_argument, "models import takes the name of one model and a file.");
  }
  ModelsReport report{.folder = models_dir(), .models = {}};
  for (const nets::ModelInfo* model : chosen) {
    ModelReport entry{*model, {}};
    switch (request.action) {
      case ModelsAction::fetch:
        entry.state = nets::fetch_model(*model, report.folder, on_progress);
        break;
      case ModelsAction::import:
        entry.state = nets::import_model(*model, request.file, report.folder);
        break;
      case ModelsAction::list:
      case ModelsAction::verify:
        entry.state = nets::model_state(*model, report.folder);
        break;
    }
    // Unasked, verify looks only at what is there.
    if (request.action == ModelsAction::verify && request.names.empty() && !entry.state.present)
      continue;
    report.models.push_back(std::move(entry));
  }
  return report;
}

bool ModelsReport::all_verified() const noexcept {
  return std::all_of(models.begin(), models.end(), [](const ModelReport& model) {
    return model.state.present && model.state.verified;
  });
}

nlohmann::json to_json(const ModelReport& report) {
  return {{"name", report.info.name},
          {"title", report.info.title},
          {"source", report.info.source},
          {"package", report.info.package},
          {"package_sha256", report.info.package_sha256},
          {"licence", report.info.licence},
          {"size", report.info.size_note},
          {"fetch", nets::fetch_command(report.info)},
          {"file", report.state.file.string()},
          {"present", report.state.present},
          {"verified", report.state.verified},
          {"sha256", report.state.sha256},
          {"source_sha256", report.state.source_sha256}};
}

nlohmann::json to_json(const ModelsReport& report) {
  nlohmann::json models = nlohmann::json::array();
  for (const ModelReport& model : report.models) models.push_back(to_json(model));
  return {{"folder", report.folder.string()}, {"models", models}};
}

}  // namespace atelier::jobs
