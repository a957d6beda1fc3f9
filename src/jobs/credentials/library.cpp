// SPDX-License-Identifier: Apache-2.0
#include "jobs/credentials/library.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/models.hpp"

namespace atelier::jobs {

provenance::CredentialLibrary open_credential_library() {
  const nets::ModelInfo& library = nets::find_model("c2pa");
  const nets::ModelState state = nets::model_state(library, models_dir());
  if (!state.verified) {
    fail(ErrorKind::missing_weights,
         "the library that signs and checks content credentials is not here, or damaged; bring it "
         "with: {}",
         nets::fetch_command(library));
  }
  return provenance::CredentialLibrary(state.file);
}

}  // namespace atelier::jobs
