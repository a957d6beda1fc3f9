// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace atelier::studio {

/// How often somebody may do something: a bucket each that fills at a rate and is taken from. From
/// any thread.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  /// `per_second`: how fast a bucket fills; `most`: how much it holds, and at first has.
  RateLimiter(double per_second, double most) : per_second_(per_second), most_(most) {}

  /// Takes one. 0: it may; else after so many seconds, rounded up.
  [[nodiscard]] int take(const std::string& who, Clock::time_point now = Clock::now());

 private:
  struct Bucket {
    double left = 0;
    Clock::time_point at;
  };
  void forget_full(Clock::time_point now);

  double per_second_, most_;
  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;
};

}  // namespace atelier::studio
