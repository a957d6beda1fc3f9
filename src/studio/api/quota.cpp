// SPDX-License-Identifier: Apache-2.0
#include "studio/api/quota.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "studio/queue/usage.hpp"

namespace atelier::studio {
namespace {

constexpr double gib = 1024.0 * 1024 * 1024;

void check_waiting(const Call& call) {
  const std::int64_t own = call.visitor.quotas.waiting_jobs;
  const std::int64_t studio = call.studio.options.waiting_limit;
  const std::int64_t most = own > 0 ? std::min(own, studio) : studio;
  if (waiting_of(call.studio.records, call.visitor.name) < most) return;
  throw Problem(429,
                fmt::format("{} of your jobs wait, which is the most; submit more when some are "
                            "done.",
                            most),
                {}, {{"Retry-After", "60"}});
}

void check_time(const Call& call) {
  const double most = call.visitor.quotas.worker_seconds;
  const double now = now_seconds();
  if (most <= 0 || worker_seconds_of(call.studio.records, call.visitor.name, now) < most) return;
  const double begins = next_day(now);
  throw Problem(429,
                fmt::format("your jobs have used today's {:.0f} s of workers; more begins at {}, "
                            "or ask the studio's owner.",
                            most, time_text(begins)),
                {}, {{"Retry-After", fmt::format("{:.0f}", std::ceil(begins - now))}});
}

}  // namespace

void check_quotas(Call& call) {
  check_waiting(call);
  check_time(call);
  if (storage_left(call) <= 0) refuse_storage(call);
}

std::int64_t storage_left(const Call& call) {
  const double most = call.visitor.quotas.storage_gib;
  if (most <= 0) return std::numeric_limits<std::int64_t>::max();
  const double used = storage_of(call.studio.records, call.visitor.name);
  return static_cast<std::int64_t>(std::max(0.0, most - used) * gib);
}

void refuse_storage(const Call& call) {
  throw Problem(507, fmt::format("your files fill the {:g} GiB that you have; delete files and "
                                 "ended jobs, or ask the studio's owner for more.",
                                 call.visitor.quotas.storage_gib));
}

}  // namespace atelier::studio
