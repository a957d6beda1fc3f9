// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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

  /// The sample at this position of the whole run.
  [[nodiscard]] std::uint64_t at(std::uint64_t position);

 private:
  void shuffle(std::uint64_t epoch);

  std::uint64_t count_, seed_;
  std::string name_;
  std::uint64_t epoch_ = ~std::uint64_t{0};
  std::vector<std::uint64_t> order_;  // of that epoch
};

}  // namespace atelier::train
