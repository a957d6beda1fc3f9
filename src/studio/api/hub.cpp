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

constexpr auto look_every = 20ms;
constexpr auto after_trouble = 1s;

void watch(const Records& records, std::int64_t& version, const Hub::Publish& publish,
           const std::stop_token& stop) {
  // `quick` looks here, and every change is another connection's.
  const store::Database& database = records.quick;
  store::Statement changes = database.prepare("PRAGMA data_version");
  std::int64_t seen = -1;
  while (!stop.stop_requested()) {
    changes.step();
    const std::int64_t now = changes.integer(0);
    changes.run();
    if (now != seen) {
      seen = now;
      std::vector<http::Event> events = changes_after(database, version);
      if (!events.empty()) {
        version = events.back().version;
        publish(std::move(events));
      }
    }
    std::this_thread::sleep_for(look_every);
  }
}

}  // namespace

Hub::Hub(const std::filesystem::path& data, Publish publish) {
  auto records = std::make_shared<Records>(data);
  std::int64_t version = newest_version(records->quick);
  thread_ = std::jthread(
      [records, version, publish = std::move(publish)](const std::stop_token& stop) mutable {
        while (!stop.stop_requested()) {
          try {
            watch(*records, version, publish, stop);
          } catch (const std::exception& error) {
            log_event("hub_trouble", {{"level", "error"}, {"what", error.what()}});
            std::this_thread::sleep_for(after_trouble);
          }
        }
      });
}

}  // namespace atelier::studio
