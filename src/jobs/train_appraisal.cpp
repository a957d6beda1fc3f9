// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_appraisal.hpp"

#include <fmt/format.h>

#include <utility>

#include "atelier/appraise/appraiser.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "jobs/unpacked_folder.hpp"

namespace atelier::jobs {

appraise::AppraisalTrained train_appraisal(const appraise::AppraisalTraining& request,
                                           const OnProgress& on_progress, std::stop_token stop) {
  nets::FeatureNet eyes = appraise::load_eyes();
  const TemporaryFolder unpacked(request.folder);
  appraise::AppraisalTraining training = request;
  int number = 0;
  for (std::filesystem::path& styles : training.styles)
    styles = folder_of(styles, unpacked.path() / fmt::format("{}", number++), Unpacked::classes);
  training.machines = folder_of(training.machines, unpacked.path() / fmt::format("{}", number++),
                                Unpacked::classes);
  for (std::filesystem::path* pictures : {&training.emotions, &training.content})
    *pictures = folder_of(*pictures, unpacked.path() / fmt::format("{}", number++), Unpacked::flat);
  return appraise::train_appraisal(std::move(eyes), training, on_progress, std::move(stop));
}

nlohmann::ordered_json to_json(const appraise::AppraisalTrained& trained) {
  return {{"model", trained.model.string()},
          {"figures", trained.figures.string()},
          {"confusion", trained.confusion.string()},
          {"seconds", trained.seconds},
          {"of", trained.of}};
}

}  // namespace atelier::jobs
