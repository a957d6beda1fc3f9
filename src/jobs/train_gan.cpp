// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_gan.hpp"

#include "atelier/nets/feature_net.hpp"
#include "jobs/packed.hpp"
#include "jobs/previews.hpp"

namespace atelier::jobs {

TrainReport train_gan(const TrainGanRequest& request, train::RunListeners listeners,
                      std::stop_token stop) {
  const std::filesystem::path& folder = request.training.folder;
  const train::PictureSet pictures = packed(request.pictures, folder, "pictures.set");
  keep_previews(listeners, folder);
  return {gan::train_gan(gan::load_eyes(), nets::FeatureNet::load("vgg19"), pictures,
                         request.training, listeners, std::move(stop)),
          folder};
}

}  // namespace atelier::jobs
