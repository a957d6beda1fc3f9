// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studio/http/message.hpp"

namespace atelier::studio {

/// Sends a JSON body of 1,400 bytes or more as gzip (RFC 1952) to whoever takes it. Shorter ones
/// gain nothing; and answers with a secret in them, which are short, must not change their length
/// with what was asked (BREACH, Gluck et al. 2013).
void pack(const http::Request& request, http::Response& response);

}  // namespace atelier::studio
