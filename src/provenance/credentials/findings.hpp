// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "atelier/provenance/verification.hpp"

namespace atelier::provenance {

/// The status with which a signer is said not to be trusted: no failure of the credential.
inline constexpr std::string_view untrusted_code = "signingCredential.untrusted";

/// The failures in a list of the library's status objects, but for untrusted_code.
[[nodiscard]] std::vector<Finding> findings_in(const nlohmann::json& failures);

}  // namespace atelier::provenance
