// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/alarm.hpp"

#include <memory>

#include "studio/log.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;

constexpr auto look_for_end = 500ms;
constexpr auto after_trouble = 1s;

}  // namespace

Alarm::Alarm(const Place& place) {
  auto records = std::make_shared<store::Database>(open_records(place));
  records->listen(jobs_channel);
  thread_ = std::jthread([this, records](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      try {
        if (!records->wait(look_for_end)) continue;
        const std::scoped_lock lock(mutex_);
        ++count_;
        changed_.notify_all();
      } catch (const std::exception& error) {
        log_event("alarm_trouble", {{"level", "error"}, {"what", error.what()}});
        std::this_thread::sleep_for(after_trouble);
      }
    }
  });
}

std::uint64_t Alarm::count() {
  const std::scoped_lock lock(mutex_);
  return count_;
}

void Alarm::wait(std::uint64_t seen, std::chrono::milliseconds patience,
                 const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, patience, [&] { return count_ != seen; });
}

}  // namespace atelier::studio
