// SPDX-License-Identifier: Apache-2.0
#include "jobs/english_sounds.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/models.hpp"

namespace atelier::jobs {

verse::EnglishSounds english_sounds() {
  const nets::ModelInfo& dictionary = nets::find_model("cmudict");
  const nets::ModelState state = nets::model_state(dictionary, models_dir());
  if (!state.verified) {
    fail(ErrorKind::missing_weights,
         "the dictionary of how English words sound is not here, or damaged; bring it with: {}",
         nets::fetch_command(dictionary));
  }
  return verse::EnglishSounds::read_dictionary(state.file);
}

}  // namespace atelier::jobs
