// SPDX-License-Identifier: Apache-2.0
#include "translate/replay.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <utility>

#include "atelier/base/random.hpp"

namespace atelier::translate {

Replay::Replay(int most, std::uint64_t seed, std::string name)
    : most_(static_cast<std::size_t>(most)), seed_(seed), name_(std::move(name)) {}

at::Tensor Replay::exchanged(const at::Tensor& painted, std::int64_t first) {
  const at::Tensor bytes =
      painted.detach().mul(255).round().clamp(0, 255).to(at::kCPU, at::kByte).contiguous();
  std::vector<at::Tensor> shown;
  for (std::int64_t i = 0; i < bytes.size(0); ++i) {
    const at::Tensor own = bytes[i].clone();
    shown.push_back(own);
    if (kept_.size() < most_) {
      kept_.push_back(own);
      continue;
    }
    RandomStream chance(seed_, fmt::format("replay {} {}", name_, first + i));
    if (kept_.empty() || chance.uniform() < 0.5) continue;
    std::swap(shown.back(), kept_[chance.next() % kept_.size()]);
  }
  return at::stack(shown).to(painted.options()).div(255).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor Replay::state() const {
  return kept_.empty() ? at::Tensor() : at::stack(kept_);
}

void Replay::restore(const at::Tensor& state) {
  kept_.clear();
  for (std::int64_t i = 0; i < state.size(0); ++i) kept_.push_back(state[i].clone());
}

}  // namespace atelier::translate
