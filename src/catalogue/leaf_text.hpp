// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "atelier/base/base64.hpp"
#include "atelier/provenance/merkle.hpp"

namespace atelier::catalogue {

/// The hash of an entry's leaf as text: base64.
[[nodiscard]] inline std::string leaf_text(std::string_view entry) {
  return to_base64(as_text(provenance::leaf_hash(entry)));
}

}  // namespace atelier::catalogue
