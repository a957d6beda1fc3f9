// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace atelier::provenance {

/// Purposes (extended key usages) of certificates that may sign claims, C2PA 2.2, "Certificate
/// profile": C2PA claim signing, document signing (RFC 9336), e-mail protection (RFC 5280).
inline constexpr std::array<std::string_view, 3> claim_purposes{
    "1.3.6.1.4.1.62558.2.1", "1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4"};

/// Those of home certificates: the first is what is meant, and readers that are not told otherwise
/// ask for the second.
inline constexpr std::string_view home_purposes = "1.3.6.1.4.1.62558.2.1,1.3.6.1.5.5.7.3.4";

}  // namespace atelier::provenance
