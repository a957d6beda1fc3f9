// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_emotions.hpp"

#include <utility>

namespace atelier::jobs {

appraise::EmotionsTrained train_emotions(const appraise::EmotionTraining& request,
                                         const OnProgress& on_progress, std::stop_token stop) {
  return appraise::train_emotions(request, on_progress, std::move(stop));
}

nlohmann::ordered_json to_json(const appraise::EmotionsTrained& trained) {
  return {{"model", trained.model.string()},
          {"figures", trained.figures.string()},
          {"seconds", trained.seconds},
          {"of", trained.of}};
}

}  // namespace atelier::jobs
