// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <stop_token>

#include "atelier/appraise/train.hpp"

namespace atelier::jobs {

/// A training of what `appraise` tells. Each folder of pictures may be an archive of one (.zip,
/// .tar, .tar.gz, .tgz), which is unpacked into the run's folder while it is looked at. Throws as
/// appraise::train_appraisal(), and bad_input for an archive that is damaged or not to be trusted.
[[nodiscard]] appraise::AppraisalTrained train_appraisal(const appraise::AppraisalTraining& request,
                                                         const OnProgress& on_progress = {},
                                                         std::stop_token stop = {});

[[nodiscard]] nlohmann::ordered_json to_json(const appraise::AppraisalTrained& trained);

}  // namespace atelier::jobs
