// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/chorale_markov.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/music/key_finding.hpp"

namespace atelier::music {
namespace {

/// Semitones to C major or A minor, by the shorter way.
int to_common_key(const Score& score) {
  const Key key = find_key(score).key;
  const int home = key.mode == Mode::minor ? 9 : 0;
  const int up = (home - tonic(key) + 12) % 12;
  return up > 6 ? up - 12 : up;
}

}  // namespace

ChoraleMarkov::ChoraleMarkov(std::span<const Chorale> pieces) {
  std::map<std::pair<std::size_t, ChoraleStep>, int> known;
  for (const Chorale& given : pieces) {
    const Score score = to_score(given);
    if (score.notes.empty()) continue;
    const Chorale piece = transposed(given, to_common_key(score));
    int last = ends_here;
    for (std::size_t s = 0; s < piece.steps.size(); ++s) {
      const int state = state_of(piece.steps[s], s % steps_per_quarter, known);
      if (s == 0)
        beginnings_.push_back(state);
      else
        states_[static_cast<std::size_t>(last)].next.push_back(state);
      last = state;
    }
    states_[static_cast<std::size_t>(last)].next.push_back(ends_here);
  }
  if (beginnings_.empty())
    fail(ErrorKind::invalid_argument, "a Markov chain needs at least one piece with notes.");
}

int ChoraleMarkov::state_of(const ChoraleStep& step, std::size_t place,
                            std::map<std::pair<std::size_t, ChoraleStep>, int>& known) {
  const auto [found, made] = known.try_emplace({place, step}, static_cast<int>(states_.size()));
  if (made) states_.push_back({step, {}});
  return found->second;
}

Chorale ChoraleMarkov::compose(std::uint64_t seed, std::size_t max_steps) const {
  if (max_steps < 1 || max_steps > max_chorale_steps)
    fail(ErrorKind::invalid_argument, "a chorale of {} sixteenths is not within 1..{}.", max_steps,
         max_chorale_steps);
  RandomStream random(seed, "chorale markov");
  const auto one_of = [&](const std::vector<int>& choices) {
    return choices[static_cast<std::size_t>(random.uniform() *
                                            static_cast<double>(choices.size()))];
  };
  Chorale chorale;
  for (int state = one_of(beginnings_); state != ends_here && chorale.steps.size() < max_steps;) {
    const State& now = states_[static_cast<std::size_t>(state)];
    chorale.steps.push_back(now.step);
    state = one_of(now.next);
  }
  return chorale;
}

}  // namespace atelier::music
