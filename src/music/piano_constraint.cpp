// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/music/constraints.hpp"

namespace atelier::music {
namespace {

Tick steps_of(double seconds) {
  if (!(seconds >= 0.01 && seconds <= 36'000))
    fail(ErrorKind::invalid_argument, "{} s are not within 0.01..36000.", seconds);
  return std::llround(seconds * piano_steps_per_second);
}

}  // namespace

PianoConstraint::PianoConstraint(const PianoLimits& limits)
    : TokenConstraint(piano_vocabulary()),
      limits_(limits),
      end_(steps_of(limits.max_seconds)),
      last_stroke_(end_ - (limits.quiet_end == 0 ? 1 : steps_of(limits.quiet_end))),
      longest_note_(steps_of(limits.longest_note)),
      longest_silence_(steps_of(limits.longest_silence)),
      shortest_note_(steps_of(limits.shortest_note)),
      shortest_repeat_(steps_of(limits.shortest_repeat)) {
  if (limits.lowest < lowest_piano_pitch || limits.highest > highest_piano_pitch ||
      limits.lowest > limits.highest)
    fail(ErrorKind::invalid_argument, "keys from {} to {} are not within {}..{}.", limits.lowest,
         limits.highest, lowest_piano_pitch, highest_piano_pitch);
  if (limits.max_sounding < 1 || limits.max_sounding > piano_keys)
    fail(ErrorKind::invalid_argument, "{} keys at once are not within 1..{}.", limits.max_sounding,
         piano_keys);
  if (shortest_note_ > longest_note_ || limits.most_strokes < 1)
    fail(ErrorKind::invalid_argument,
         "notes of {} to {} s and {} strokes a second leave nothing to play.", limits.shortest_note,
         limits.longest_note, limits.most_strokes);
  begin();
}

Tick PianoConstraint::patience() const {
  Tick left = std::min<Tick>(end_ - now_, longest_piano_wait);
  for (const auto& [pitch, since] : held_) left = std::min(left, since + longest_note_ - now_);
  return held_.empty() ? std::min(left, silent_since_ + longest_silence_ - now_) : left;
}

bool PianoConstraint::may_strike(int pitch) const {
  const auto struck = struck_.find(pitch);
  return struck == struck_.end() || now_ - struck->second >= shortest_repeat_;
}

void PianoConstraint::update() {
  const Tick left = patience();
  allow(first_piano_wait, static_cast<int>(left));
  // Keys that have been held as long as they may be are let go before anything else.
  const bool overdue = left == 0 && !held_.empty();
  const bool room = !overdue && now_ <= last_stroke_ && std::ssize(held_) < limits_.max_sounding &&
                    std::ssize(strokes_) < limits_.most_strokes;
  for (int pitch = limits_.lowest; pitch <= limits_.highest; ++pitch) {
    const auto held = held_.find(pitch);
    if (held == held_.end()) {
      if (room && may_strike(pitch)) allow(first_piano_on + pitch - lowest_piano_pitch);
    } else if (overdue ? now_ - held->second >= longest_note_ || now_ == end_
                       : now_ - held->second >= shortest_note_) {
      allow(first_piano_off + pitch - lowest_piano_pitch);
    }
  }
  if (!force_set_ && room) allow(first_piano_velocity, piano_velocity_bins);
  if (held_.empty() && (any_note_ || now_ > last_stroke_)) allow(Vocabulary::end);
}

void PianoConstraint::take(int token) {
  force_set_ = token >= first_piano_velocity;
  if (force_set_) return;
  if (token >= first_piano_wait) {
    now_ += token - first_piano_wait + 1;
    while (!strokes_.empty() && strokes_.front() <= now_ - piano_steps_per_second) {
      strokes_.pop_front();
    }
  } else if (token >= first_piano_off) {
    held_.erase(token - first_piano_off + lowest_piano_pitch);
    if (held_.empty()) silent_since_ = now_;
  } else {
    const int pitch = token - first_piano_on + lowest_piano_pitch;
    held_[pitch] = struck_[pitch] = now_;
    strokes_.push_back(now_);
    any_note_ = true;
  }
}

}  // namespace atelier::music
