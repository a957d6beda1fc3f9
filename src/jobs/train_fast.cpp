// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_fast.hpp"

#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"
#include "jobs/own_model.hpp"
#include "jobs/packed.hpp"
#include "jobs/previews.hpp"

namespace atelier::jobs {

fast::FastTraining own_style_training() {
  fast::FastTraining training = fast::own_style_training();
  training.initial = own_model(
      "fast",
      "name another network to begin from with --from, or begin from chance with --from none");
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
