// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/train_text.hpp"

namespace atelier::jobs {

TrainReport train_text(const TrainTextRequest& request, const train::RunListeners& listeners,
                       std::stop_token stop) {
  return {sequence::train_text(request.text, request.training, listeners, std::move(stop)),
          request.training.folder};
}

}  // namespace atelier::jobs
