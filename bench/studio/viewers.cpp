// SPDX-License-Identifier: Apache-2.0
// Many who watch one job by event streams while it says ten times a second how it goes. Says how
// long it takes from the change in the database to the last byte at each viewer, and ends with 1
// above 100 ms at the 99th percentile.
//
//   atelier_studio_bench viewers FOLDER [VIEWERS [SECONDS]]     200 and 20 when they are not said
#include "viewers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>

#include "open_studio.hpp"

namespace atelier::studio {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double promised = 0.1;  // s

/// When each step was written, and how long after that each viewer had it.
class Times {
 public:
  void wrote(int step) {
    const std::scoped_lock lock(mutex_);
    written_[step] = Clock::now();
  }
  void came(int step) {
    const std::scoped_lock lock(mutex_);
    const auto found = written_.find(step);
    if (found == written_.end()) return;
    seconds_.push_back(std::chrono::duration<double>(Clock::now() - found->second).count());
  }
  std::vector<double> sorted() {
    std::sort(seconds_.begin(), seconds_.end());
    return seconds_;
  }

 private:
  std::mutex mutex_;
  std::map<int, Clock::time_point> written_;
  std::vector<double> seconds_;
};

/// Reads all viewers' streams by one thread and notes each step that comes.
void read_all(std::vector<std::unique_ptr<RawClient>>& clients, Times& times,
              Clock::time_point end) {
  constexpr std::string_view mark = "\"done\":";
  while (Clock::now() < end) {
    bool any = false;
    for (auto& client : clients) {
      const std::string piece = client->receive(0);
      if (piece.empty()) continue;
      any = true;
      const std::size_t at = piece.rfind(mark);
      if (at != piece.npos) times.came(std::atoi(piece.c_str() + at + mark.size()));
    }
    if (!any) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace

int viewers_bench(const std::string& folder, int viewers, int seconds) {
  std::filesystem::create_directory(folder);
  const Place place{std::filesystem::path(folder)};
  OpenStudio studio(place, 0);
  const nlohmann::json made = studio.post("/api/v1/jobs", act(1)).json();
  // The job is done by hand, so that the moment of each change is known.
  Records records(place);
  const FileStore store(place);
  Queue queue(records, store);
  const auto claimed = queue.claim();
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < viewers; ++i) {
    clients.push_back(std::make_unique<RawClient>(studio.port()));
    clients.back()->send(
        studio.request("GET", "/api/v1/jobs/" + made["id"].get<std::string>() + "/events"));
    (void)clients.back()->receive();
  }
  Times times;
  const auto end = Clock::now() + std::chrono::seconds(seconds);
  std::thread reader([&] { read_all(clients, times, end + std::chrono::milliseconds(500)); });
  for (int step = 1; Clock::now() < end; ++step) {
    Beat beat;
    beat.progress = nlohmann::json{
        {"stage", "512 px"}, {"done", step},   {"total", 100000},
        {"seconds", 1},      {"remaining", 1}, {"values", {{"content", 0.1}, {"style", 0.2}}}};
    queue.beat(claimed->second, beat);
    times.wrote(step);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  reader.join();
  const std::vector<double> all = times.sorted();
  const auto at = [&](double share) {
    return 1000 * all.at(std::min(all.size() - 1, static_cast<std::size_t>(
                                                      share * static_cast<double>(all.size()))));
  };
  fmt::print("{} viewers, {} events: median {:.1f} ms, p99 {:.1f} ms, longest {:.1f} ms\n", viewers,
             all.size(), at(0.5), at(0.99), at(1));
  return !all.empty() && at(0.99) < 1000 * promised ? 0 : 1;
}

}  // namespace atelier::studio
