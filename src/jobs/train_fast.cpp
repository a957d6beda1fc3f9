// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_fast.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"
#include "jobs/packed.hpp"
#include "jobs/previews.hpp"

namespace atelier::jobs {

fast::FastTraining own_style_training() {
  fast::FastTraining training = fast::own_style_training();
  training.initial = own_data("models/fast.safetensors");
  if (training.initial.empty()) {
    fail(ErrorKind::missing_weights,
         "models/fast.safetensors, which a network of one style begins from, is not beside this "
         "program; set ATELIER_DATA to the folder that holds models/, name another with --from, or "
         "begin from chance with --from none.");
  }
  return training;
}

TrainReport train_fast(const TrainFastRequest& request, train::RunListeners listeners,
                       std::stop_token stop) {
  const std::filesystem::path& folder = request.training.folder;
  const train::PictureSet photos = packed(request.photos, folder, "photographs.set");
  const train::PictureSet paintings = packed(request.paintings, folder, "paintings.set");
  const nets::FeatureNet net = nets::FeatureNet::load("vgg19");
  keep_previews(listeners, folder);
  return {fast::train_fast(net, photos, paintings, request.training, listeners, std::move(stop)),
          request.training.folder};
}

}  // namespace atelier::jobs
