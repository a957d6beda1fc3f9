// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace atelier::provenance {

/// Bytes that nobody can guess, of OpenSSL's generator. Throws Error internal when it has none.
[[nodiscard]] std::string random_bytes(std::size_t count);

}  // namespace atelier::provenance
