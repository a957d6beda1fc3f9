// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
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
                                    const std::stop_token& stop = {});

/// Tells hooks of the ends of their jobs until it goes: most_at_once hosts at once, each of one end
/// at a time.
class Teller {
 public:
  static constexpr int most_at_once = 8;

  /// `hosts`: those that may be told; looked at again before each attempt, since the owner may
  /// have changed them. `records` must outlive it.
  Teller(Records& records, std::vector<std::string> hosts);
  ~Teller();
  Teller(const Teller&) = delete;
  Teller& operator=(const Teller&) = delete;

 private:
  void serve(const std::stop_token& stop);
  /// Waits for an end that is due; nothing: `stop`.
  [[nodiscard]] std::optional<Hooks::Due> wait(const std::stop_token& stop);

  Hooks hooks_;
  std::vector<std::string> hosts_;
  std::mutex looking_;  ///< one looks; the others tell, or wait for their turn to look
  std::mutex mutex_;
  std::condition_variable_any freed_;
  std::uint64_t told_ = 0;             ///< attempts that have ended, guarded by mutex_
  std::vector<std::jthread> threads_;  // last: they use all above
};

}  // namespace atelier::studio
