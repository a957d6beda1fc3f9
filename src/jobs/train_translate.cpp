// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_translate.hpp"

#include "atelier/gan/train.hpp"
#include "atelier/nets/feature_net.hpp"
#include "jobs/packed.hpp"
#include "jobs/previews.hpp"

namespace atelier::jobs {

TrainReport train_translate(const TrainTranslateRequest& request, train::RunListeners listeners,
                            std::stop_token stop) {
  const std::filesystem::path& folder = request.training.folder;
  const train::PictureSet from = packed(request.from, folder, "from.set");
  const train::PictureSet to = packed(request.to, folder, "to.set");
  keep_previews(listeners, folder);
  return {translate::train_translator(gan::load_eyes(), nets::FeatureNet::load("vgg19"), from, to,
                                      request.training, listeners, std::move(stop)),
          folder};
}

}  // namespace atelier::jobs
