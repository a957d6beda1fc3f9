// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "studio/hooks/hooks.hpp"

namespace atelier::studio {

/// How a message is signed: "t=SECONDS,v1=HEX", HEX being the HMAC-SHA-256 (RFC 2104, FIPS 198-1)
/// of "SECONDS.BODY" by the account's secret. The time is in it so that a message which somebody
/// kept can be told from a new one.
[[nodiscard]] std::string hook_signature(const std::string& secret, std::int64_t seconds,
                                         const std::string& body);

/// POSTs a body as JSON, with this signature and the name of this delivery. Nothing where the host
/// answered 2xx; else why not. Follows no redirect, uses no proxy, waits 5 s for a connection and
/// 15 s in all or until `stop`, and reads nothing of the answer.
[[nodiscard]] std::string post_hook(const std::string& url, const std::string& body,
                                    const std::string& signature, const std::string& delivery,
                                    std::stop_token stop = {});

/// Tells hooks of the ends of their jobs, one after the other, until it goes.
class Teller {
 public:
  /// `hosts`: those that may be told; looked at again before each attempt, since the owner may
  /// have changed them. `records` must outlive it.
  Teller(Records& records, std::vector<std::string> hosts);

 private:
  std::jthread thread_;
};

}  // namespace atelier::studio
