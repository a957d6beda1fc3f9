// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/music/constraints.hpp"

namespace atelier::music {

PianoConstraint::PianoConstraint(const PianoLimits& limits)
    : TokenConstraint(piano_vocabulary()),
      limits_(limits),
      end_(std::llround(limits.max_seconds * piano_steps_per_second)) {
  if (limits.lowest < lowest_piano_pitch || limits.highest > highest_piano_pitch ||
      limits.lowest > limits.highest)
    fail(ErrorKind::invalid_argument, "keys from {} to {} are not within {}..{}.", limits.lowest,
         limits.highest, lowest_piano_pitch, highest_piano_pitch);
  if (limits.max_sounding < 1 || limits.max_sounding > piano_keys)
    fail(ErrorKind::invalid_argument, "{} keys at once are not within 1..{}.", limits.max_sounding,
         piano_keys);
  if (!(limits.max_seconds >= 0.01 && limits.max_seconds <= 36'000))
    fail(ErrorKind::invalid_argument, "{} s are not within 0.01..36000.", limits.max_seconds);
  begin();
}

void PianoConstraint::update() {
  const bool room = std::ssize(held_) < limits_.max_sounding;
  for (int pitch = limits_.lowest; pitch <= limits_.highest; ++pitch) {
    const auto held = held_.find(pitch);
    if (held == held_.end()) {
      if (room && now_ < end_) allow(first_piano_on + pitch - lowest_piano_pitch);
    } else if (held->second < now_) {
      allow(first_piano_off + pitch - lowest_piano_pitch);
    }
  }
  allow(first_piano_wait, static_cast<int>(std::min<Tick>(end_ - now_, longest_piano_wait)));
  if (!force_set_ && now_ < end_ && room) allow(first_piano_velocity, piano_velocity_bins);
  if (held_.empty() && (any_note_ || now_ == end_)) allow(Vocabulary::end);
}

void PianoConstraint::take(int token) {
  force_set_ = token >= first_piano_velocity;
  if (force_set_) return;
  if (token >= first_piano_wait) {
    now_ += token - first_piano_wait + 1;
  } else if (token >= first_piano_off) {
    held_.erase(token - first_piano_off + lowest_piano_pitch);
  } else {
    held_[token - first_piano_on + lowest_piano_pitch] = now_;
    any_note_ = true;
  }
}

}  // namespace atelier::music
