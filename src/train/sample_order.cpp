// SPDX-License-Identifier: Apache-2.0
#include "train/sample_order.hpp"

#include <fmt/format.h>

#include <iterator>
#include <numeric>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"

namespace atelier::train {

SampleOrder::SampleOrder(std::uint64_t count, std::uint64_t seed, std::string name)
    : count_(count), seed_(seed), name_(std::move(name)) {
  if (count == 0) fail(ErrorKind::invalid_argument, "there is no sample of {}.", name_);
}

std::uint64_t SampleOrder::at(std::uint64_t position) const {
  constexpr std::size_t most = 2;  // those who look ahead are in the next one already
  const std::uint64_t epoch = position / count_;
  const std::lock_guard lock(mutex_);
  auto found = orders_.find(epoch);
  if (found == orders_.end()) {
    found = orders_.emplace(epoch, shuffled(epoch)).first;
    if (orders_.size() > most) {
      orders_.erase(orders_.begin() == found ? std::prev(orders_.end()) : orders_.begin());
    }
  }
  return found->second[position % count_];
}

std::vector<std::uint64_t> SampleOrder::shuffled(std::uint64_t epoch) const {
  std::vector<std::uint64_t> order(count_);
  std::iota(order.begin(), order.end(), std::uint64_t{0});
  RandomStream chance(seed_, fmt::format("{} epoch {}", name_, epoch));
  // Fisher and Yates.
  for (std::uint64_t left = count_; left > 1; --left) {
    const auto j = static_cast<std::uint64_t>(chance.uniform() * static_cast<double>(left));
    std::swap(order[left - 1], order[j]);
  }
  return order;
}

}  // namespace atelier::train
