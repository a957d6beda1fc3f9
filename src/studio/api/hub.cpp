// SPDX-License-Identifier: Apache-2.0
#include "studio/api/hub.hpp"

#include <chrono>
#include <memory>

#include "studio/api/job_events.hpp"
#include "studio/log.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;

constexpr auto look_for_end = 500ms;
constexpr auto after_trouble = 1s;

}  // namespace

Hub::Hub(const Place& place, Publish publish) {
  auto records = std::make_shared<store::Database>(open_records(place));
  records->listen(changes_channel);
  std::int64_t version = newest_version(*records);
  thread_ = std::jthread(
      [records, version, publish = std::move(publish)](const std::stop_token& stop) mutable {
        while (!stop.stop_requested()) {
          try {
            if (!records->wait(look_for_end)) continue;
            std::vector<http::Event> events = changes_after(*records, version);
            if (events.empty()) continue;
            version = events.back().version;
            publish(std::move(events));
          } catch (const std::exception& error) {
            log_event("hub_trouble", {{"level", "error"}, {"what", error.what()}});
            std::this_thread::sleep_for(after_trouble);
          }
        }
      });
}

}  // namespace atelier::studio
