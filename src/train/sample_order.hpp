// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace atelier::train {

/// In which order the samples of a set are seen: every one once an epoch, shuffled anew for each.
/// A pure function of seed, name and position, so that a resumed run, and any division of a batch
/// among processes, sees what an undivided one would have seen.
class SampleOrder {
 public:
  /// `count`: samples in the set, above 0. `name`: of the stream of chance.
  SampleOrder(std::uint64_t count, std::uint64_t seed, std::string name);

  /// The sample at this position of the whole run. Safe to call from several threads at once.
  [[nodiscard]] std::uint64_t at(std::uint64_t position) const;

 private:
  [[nodiscard]] std::vector<std::uint64_t> shuffled(std::uint64_t epoch) const;

  std::uint64_t count_, seed_;
  std::string name_;
  mutable std::mutex mutex_;
  mutable std::map<std::uint64_t, std::vector<std::uint64_t>> orders_;  // of the last epochs asked
};

}  // namespace atelier::train
