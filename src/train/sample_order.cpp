// SPDX-License-Identifier: Apache-2.0
#include "train/sample_order.hpp"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"

namespace atelier::train {

SampleOrder::SampleOrder(std::uint64_t count, std::uint64_t seed, std::string name)
    : count_(count), seed_(seed), name_(std::move(name)) {
  if (count == 0) fail(ErrorKind::invalid_argument, "there is no sample of {}.", name_);
}

std::uint64_t SampleOrder::at(std::uint64_t position) {
  if (const std::uint64_t epoch = position / count_; epoch != epoch_) shuffle(epoch);
  return order_[position % count_];
}

void SampleOrder::shuffle(std::uint64_t epoch) {
  epoch_ = epoch;
  order_.resize(count_);
  std::iota(order_.begin(), order_.end(), std::uint64_t{0});
  RandomStream chance(seed_, fmt::format("{} epoch {}", name_, epoch));
  // Fisher and Yates.
  for (std::uint64_t left = count_; left > 1; --left) {
    const auto j = static_cast<std::uint64_t>(chance.uniform() * static_cast<double>(left));
    std::swap(order_[left - 1], order_[j]);
  }
}

}  // namespace atelier::train
