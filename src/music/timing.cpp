// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/timing.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::music {
namespace {

constexpr std::size_t max_bars = 1'000'000;

/// The last change at or before a tick; null when there is none.
template <class Change>
const Change* last_at(const std::vector<Change>& changes, Tick at) noexcept {
  const auto after =
      std::upper_bound(changes.begin(), changes.end(), at,
                       [](Tick tick, const Change& change) { return tick < change.at; });
  return after == changes.begin() ? nullptr : &*(after - 1);
}

}  // namespace

Tick bar_length(Metre metre, int ticks_per_quarter) noexcept {
  return std::max<Tick>(Tick{4} * ticks_per_quarter * metre.beats / metre.unit, 1);
}

Metre metre_at(const Score& score, Tick at) noexcept {
  const Metre* found = last_at(score.metres, at);
  return found ? *found : Metre{};
}

Key key_at(const Score& score, Tick at) noexcept {
  const KeyChange* found = last_at(score.keys, at);
  return found ? found->key : Key{};
}

std::vector<Tick> bar_starts(const Score& score) {
  if (!score.bars.empty()) {
    std::vector<Tick> bars;
    if (score.bars.front() > 0) bars.push_back(0);
    for (const Tick bar : score.bars) {
      if (bar == 0 || bar < score.length) bars.push_back(bar);
    }
    return bars;
  }
  std::vector<Tick> bars;
  std::size_t next = 0;
  Metre metre;
  for (Tick at = 0; at < score.length || bars.empty();) {
    while (next < score.metres.size() && score.metres[next].at <= at) metre = score.metres[next++];
    bars.push_back(at);
    if (bars.size() > max_bars)
      fail(ErrorKind::invalid_argument, "the score has more than {} bars.", max_bars);
    at += bar_length(metre, score.ticks_per_quarter);
    if (next < score.metres.size()) at = std::min(at, score.metres[next].at);
  }
  return bars;
}

TempoMap::TempoMap(const Score& score) {
  const auto per_tick = [&](int microseconds) {
    return 1e-6 * microseconds / score.ticks_per_quarter;
  };
  stretches_.push_back({0, 0, per_tick(Tempo{}.microseconds_per_quarter)});
  for (const Tempo& tempo : score.tempi) {
    const Stretch next{tempo.at, seconds(tempo.at), per_tick(tempo.microseconds_per_quarter)};
    if (tempo.at == 0) stretches_.clear();
    stretches_.push_back(next);
  }
}

double TempoMap::seconds(Tick at) const {
  const auto after =
      std::upper_bound(stretches_.begin(), stretches_.end(), at,
                       [](Tick tick, const Stretch& stretch) { return tick < stretch.at; });
  const Stretch& stretch = *(after == stretches_.begin() ? after : after - 1);
  return stretch.seconds + static_cast<double>(at - stretch.at) * stretch.seconds_per_tick;
}

}  // namespace atelier::music
