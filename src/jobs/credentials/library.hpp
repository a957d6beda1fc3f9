// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/provenance/credential_library.hpp"

namespace atelier::jobs {

/// The C2PA library of the models' folder, its digest checked. Throws Error missing_weights with
/// the command that brings it when it is not there or damaged.
[[nodiscard]] provenance::CredentialLibrary open_credential_library();

}  // namespace atelier::jobs
