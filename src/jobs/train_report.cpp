// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_report.hpp"

#include <fmt/format.h>

#include "atelier/image/file.hpp"
#include "jobs/previews.hpp"

namespace atelier::jobs {

nlohmann::json to_json(const TrainReport& report) {
  nlohmann::json held_out = nlohmann::json::object();
  for (const auto& [name, value] : report.run.held_out) held_out[name] = value;
  return {{"folder", report.folder.string()},
          {"model", report.run.model.string()},
          {"steps", report.run.steps},
          {"resumed_at", report.run.resumed_at},
          {"seconds", report.run.seconds},
          {"stopped", report.run.stopped},
          {"held_out", held_out},
          {"best", report.run.best}};
}

void keep_previews(train::RunListeners& listeners, const std::filesystem::path& folder) {
  if (listeners.on_preview) return;
  listeners.on_preview = [folder](std::int64_t step, const image::Image& sheet) {
    image::save(sheet, folder / fmt::format("preview-{:07}.png", step));
  };
}

}  // namespace atelier::jobs
