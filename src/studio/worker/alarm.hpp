// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <thread>

#include "studio/place.hpp"

namespace atelier::studio {

/// Wakes threads that wait for a job, as soon as one may be taken. One connection for all of them.
class Alarm {
 public:
  /// Throws Error as store::Database.
  explicit Alarm(const Place& place);

  /// Grows with every call to wake up. Ask before looking for a job, so that none is missed.
  [[nodiscard]] std::uint64_t count();
  /// Waits until the count is another one, `patience` is over, or stop is requested.
  void wait(std::uint64_t seen, std::chrono::milliseconds patience, const std::stop_token& stop);

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::uint64_t count_ = 0;
  std::jthread thread_;  // last: it uses all above
};

}  // namespace atelier::studio
