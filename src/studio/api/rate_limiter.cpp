// SPDX-License-Identifier: Apache-2.0
#include "studio/api/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::studio {
namespace {

/// Beyond so many the full ones, which remember nothing, are forgotten.
constexpr std::size_t most_buckets = 10'000;

}  // namespace

int RateLimiter::take(const std::string& who, Clock::time_point now) {
  const std::scoped_lock lock(mutex_);
  if (buckets_.size() >= most_buckets) forget_full(now);
  const auto [entry, fresh] = buckets_.try_emplace(who, Bucket{most_, now});
  Bucket& bucket = entry->second;
  const double passed = std::chrono::duration<double>(now - bucket.at).count();
  bucket.left = std::min(most_, bucket.left + passed * per_second_);
  bucket.at = now;
  if (bucket.left < 1) return static_cast<int>(std::ceil((1 - bucket.left) / per_second_));
  bucket.left -= 1;
  return 0;
}

void RateLimiter::forget_full(Clock::time_point now) {
  std::erase_if(buckets_, [&](const auto& one) {
    const double passed = std::chrono::duration<double>(now - one.second.at).count();
    return one.second.left + passed * per_second_ >= most_;
  });
  // All of them busy: an attack from many addresses. Begin anew rather than grow.
  if (buckets_.size() >= most_buckets) buckets_.clear();
}

}  // namespace atelier::studio
