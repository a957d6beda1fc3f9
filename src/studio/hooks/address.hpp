// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace atelier::studio {

/// Refuses a URL that the studio may not send to: anything but http and https, a URL with a
/// password or a fragment, and every host that is not among `hosts` (HOST for the scheme's own
/// port, HOST:PORT for another), so that nobody makes the studio knock at doors behind it. Throws
/// Error invalid_argument.
void check_hook_address(const std::string& url, const std::vector<std::string>& hosts);

/// Who listens there: "shop.example.org:443" of such a URL.
[[nodiscard]] std::string hook_host(const std::string& url);

}  // namespace atelier::studio
