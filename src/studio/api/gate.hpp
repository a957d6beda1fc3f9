// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studio/api/routes.hpp"

namespace atelier::studio {

/// Refuses (Problem 421) a request for another host: a name of someone else's that was bent to this
/// address would otherwise make the studio part of a foreign site (DNS rebinding).
void check_host(const Studio& studio, const http::Request& request);

/// Refuses (403) what another site makes a browser send. `page`: the route is one that a person may
/// open from anywhere, by a link.
void check_origin(const Studio& studio, const http::Request& request, bool page);

/// Whoever asks, by token or session. Throws Problem 401, 429 after many wrong tokens, and 403 for
/// a page's request without its own token where it changes something.
[[nodiscard]] Visitor check_visitor(Studio& studio, const http::Request& request);

/// Refuses (403) what another role may ask for.
void check_role(const Visitor& visitor, Role role);

/// Fields that every answer has: nothing is sniffed, framed, referred or kept that need not be.
void add_protection(http::Response& response, const std::string& request_id);

}  // namespace atelier::studio
