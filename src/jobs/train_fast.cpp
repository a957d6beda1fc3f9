// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_fast.hpp"

#include <fmt/format.h>

#include <fstream>

#include "atelier/image/file.hpp"
#include "atelier/jobs/dataset.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"

namespace atelier::jobs {

namespace {

/// Larger pictures are packed at this shorter edge, px.
constexpr int packed_edge = 512;

/// `pictures`, when it is a packed set; else the set that is packed from them, once, in `folder`.
train::PictureSet set_of(const std::filesystem::path& pictures, const std::filesystem::path& folder,
                         const char* name) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(pictures, ignored)) {
    std::ifstream file(pictures, std::ios::binary);
    std::string end(8, ' ');
    file.seekg(-8, std::ios::end);
    file.read(end.data(), 8);
    if (end == train::set_mark) return train::PictureSet(pictures);
  }
  std::filesystem::create_directories(folder, ignored);
  const std::filesystem::path set = folder / name;
  if (!std::filesystem::exists(set, ignored)) {
    static_cast<void>(pack({{pictures.string()}, set, {packed_edge, {}}}));
  }
  return train::PictureSet(set);
}

}  // namespace

TrainFastReport train_fast(const TrainFastRequest& request, train::RunListeners listeners,
                           std::stop_token stop) {
  const std::filesystem::path& folder = request.training.folder;
  const train::PictureSet photos = set_of(request.photos, folder, "photographs.set");
  const train::PictureSet paintings = set_of(request.paintings, folder, "paintings.set");
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
