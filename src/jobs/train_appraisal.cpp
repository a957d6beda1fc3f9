// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_appraisal.hpp"

#include <utility>

#include "atelier/appraise/appraiser.hpp"

namespace atelier::jobs {

appraise::AppraisalTrained train_appraisal(const appraise::AppraisalTraining& request,
                                           const OnProgress& on_progress, std::stop_token stop) {
  return appraise::train_appraisal(appraise::load_eyes(), request, on_progress, std::move(stop));
}

nlohmann::ordered_json to_json(const appraise::AppraisalTrained& trained) {
  return {{"model", trained.model.string()},
          {"figures", trained.figures.string()},
          {"confusion", trained.confusion.string()},
          {"seconds", trained.seconds},
          {"of", trained.of}};
}

}  // namespace atelier::jobs
