// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace atelier {

/// Text as it may stand in XML and HTML, in content and in attributes: & < > " ' escaped, and what
/// XML 1.0 cannot hold, broken UTF-8 among it, replaced by U+FFFD.
[[nodiscard]] std::string markup_text(std::string_view text);

}  // namespace atelier
