// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/cadence.hpp"

#include <algorithm>
#include <array>

namespace atelier::music {
namespace {

constexpr std::array<std::array<int, 3>, 3> tones{{{0, 4, 7}, {0, 3, 7}, {0, 3, 6}}};

struct Heard {
  std::array<bool, 12> classes{};
  int bass = -1;
  int voices = 0, different = 0;
};

Heard heard_in(const ChoraleStep& step) {
  Heard heard;
  int lowest = 128;
  for (const int pitch : step.pitch) {
    if (pitch == ChoraleStep::rest) continue;
    ++heard.voices;
    bool& there = heard.classes[static_cast<std::size_t>(pitch % 12)];
    heard.different += there ? 0 : 1;
    there = true;
    if (pitch < lowest) {
      lowest = pitch;
      heard.bass = pitch % 12;
    }
  }
  return heard;
}

/// Three for a tone of the triad, minus four for another, minus one for one that lacks.
int fit(const Heard& heard, int root, int kind) {
  const auto& own = tones[static_cast<std::size_t>(kind)];
  int score = heard.bass == root ? 1 : 0;
  for (int interval = 0; interval < 12; ++interval) {
    const bool sounds = heard.classes[static_cast<std::size_t>((root + interval) % 12)];
    const bool belongs = std::find(own.begin(), own.end(), interval) != own.end();
    if (belongs)
      score += sounds ? 3 : -1;
    else if (sounds && interval < 10)
      score -= 4;
  }
  return score;
}

}  // namespace

std::optional<Triad> triad_of(const ChoraleStep& step) {
  const Heard heard = heard_in(step);
  if (heard.different < 2) return std::nullopt;
  Triad best;
  int best_fit = -1000;
  for (int kind = 0; kind < 3; ++kind) {
    for (int root = 0; root < 12; ++root) {
      const int value = fit(heard, root, kind);
      if (value <= best_fit) continue;
      best_fit = value;
      best = {root, static_cast<Triad::Kind>(kind)};
    }
  }
  return best;
}

Cadence final_cadence(const Chorale& chorale, Key key) {
  std::optional<Triad> last, before;
  for (std::size_t s = chorale.steps.size(); s-- > 0 && !before;) {
    const ChoraleStep& step = chorale.steps[s];
    if (heard_in(step).voices < 3) continue;
    const std::optional<Triad> triad = triad_of(step);
    if (!triad) continue;
    if (!last)
      last = triad;
    else if (s % 2 == 0 && triad->root != last->root)
      before = triad;
  }
  if (!last) return Cadence::none;
  const auto degree = [&](const Triad& triad) { return (triad.root - tonic(key) + 12) % 12; };
  const int to = degree(*last), from = before ? degree(*before) : -1;
  if (to == 0 && (from == 7 || from == 11)) return Cadence::authentic;
  if (to == 0 && from == 5) return Cadence::plagal;
  if (to == 7) return Cadence::half;
  if ((to == 8 || to == 9) && from == 7) return Cadence::deceptive;
  return Cadence::none;
}

std::string_view name_of(Cadence cadence) noexcept {
  constexpr std::array<std::string_view, 5> names{"none", "authentic", "plagal", "half",
                                                  "deceptive"};
  return names[static_cast<std::size_t>(cadence)];
}

}  // namespace atelier::music
