// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/key_finding.hpp"

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "atelier/base/error.hpp"

namespace atelier::music {
namespace {

using Profile = std::array<double, 12>;

// Krumhansl and Kessler's ratings of the twelve tones from the tonic on.
constexpr Profile major_profile{6.35, 2.23, 3.48, 2.33, 4.38, 4.09,
                                2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr Profile minor_profile{6.33, 2.68, 3.52, 5.38, 2.60, 3.53,
                                2.54, 4.75, 3.98, 2.69, 3.34, 3.17};

/// Pearson's correlation of what sounds with a profile that begins at `tonic`; 0 for what is even.
double correlation(const Profile& heard, const Profile& profile, std::size_t tonic) {
  const double mean_a = std::accumulate(heard.begin(), heard.end(), 0.0) / 12;
  const double mean_b = std::accumulate(profile.begin(), profile.end(), 0.0) / 12;
  double both = 0, a = 0, b = 0;
  for (std::size_t i = 0; i < 12; ++i) {
    const double x = heard[(tonic + i) % 12] - mean_a, y = profile[i] - mean_b;
    both += x * y;
    a += x * x;
    b += y * y;
  }
  return a > 0 ? both / std::sqrt(a * b) : 0;
}

}  // namespace

FoundKey find_key(const Score& score) {
  Profile heard{};
  for (const Note& note : score.notes) {
    if (score.voices[static_cast<std::size_t>(note.voice)].drums) continue;
    heard[static_cast<std::size_t>(note.pitch % 12)] += static_cast<double>(note.length);
  }
  if (std::accumulate(heard.begin(), heard.end(), 0.0) == 0)
    fail(ErrorKind::invalid_argument, "a piece without pitches has no key.");
  FoundKey found;
  double best = -2, second = -2;
  for (std::size_t tonic = 0; tonic < 12; ++tonic) {
    for (const Mode mode : {Mode::major, Mode::minor}) {
      const double value =
          correlation(heard, mode == Mode::major ? major_profile : minor_profile, tonic);
      if (value > best) {
        second = best;
        best = value;
        found.key = key_of(static_cast<int>(tonic), mode);
      } else if (value > second) {
        second = value;
      }
    }
  }
  found.correlation = best;
  found.lead = best - second;
  return found;
}

Key last_key(const Score& score) {
  constexpr Tick last_quarters = 8;
  if (score.notes.empty()) return find_key(score).key;
  Score end = score;
  const Tick from = score.notes.back().start - last_quarters * score.ticks_per_quarter;
  std::erase_if(end.notes, [from](const Note& note) { return note.start < from; });
  return find_key(end).key;
}

}  // namespace atelier::music
