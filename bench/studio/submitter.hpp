// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <thread>

#include "studio/place.hpp"

namespace atelier::studio {

/// Submits jobs over HTTP, one after the other, each under a key; asks again until it is answered.
class Submitter {
 public:
  Submitter(const Place& place, int jobs, int port);

  void go_to(int port) { port_ = port; }
  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] int requests() const { return requests_; }
  /// Waits for its end. Ids of the jobs, and the seed of each.
  [[nodiscard]] std::map<std::string, std::uint64_t> end();

 private:
  void submit(int jobs, const std::string& token);

  std::atomic<int> port_, count_ = 0, requests_ = 0;
  std::map<std::string, std::uint64_t> seeds_;
  std::jthread thread_;  // last: it uses all above
};

}  // namespace atelier::studio
