// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_fast.hpp"

#include <fmt/format.h>

#include "atelier/image/file.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"

namespace atelier::jobs {

TrainFastReport train_fast(const TrainFastRequest& request, train::RunListeners listeners,
                           std::stop_token stop) {
  const train::PictureSet photos(request.photos), paintings(request.paintings);
  const nets::FeatureNet net = nets::FeatureNet::load("vgg19");
  if (!listeners.on_preview) {
    listeners.on_preview = [&](std::int64_t step, const image::Image& sheet) {
      image::save(sheet, request.training.folder / fmt::format("preview-{:07}.png", step));
    };
  }
  return {fast::train_fast(net, photos, paintings, request.training, listeners, std::move(stop)),
          request.training.folder};
}

nlohmann::json to_json(const TrainFastReport& report) {
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

}  // namespace atelier::jobs
