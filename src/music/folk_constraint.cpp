// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/music/constraints.hpp"
#include "atelier/music/timing.hpp"

namespace atelier::music {
namespace {

constexpr Tick shortest_end = folk_steps_per_quarter / 2;

}  // namespace

FolkConstraint::FolkConstraint(const FolkLimits& limits)
    : TokenConstraint(folk_vocabulary()), limits_(limits) {
  if (limits.lowest < lowest_folk_pitch || limits.highest > highest_folk_pitch ||
      limits.lowest > limits.highest)
    fail(ErrorKind::invalid_argument, "a melody from {} to {} is not within {}..{}.", limits.lowest,
         limits.highest, lowest_folk_pitch, highest_folk_pitch);
  if (limits.metre && folk_metre_token(*limits.metre) == Vocabulary::padding)
    fail(ErrorKind::invalid_argument, "a metre of {}/{} has no token.", limits.metre->beats,
         limits.metre->unit);
  if (limits.max_bars < 1 || limits.max_bars > 10'000)
    fail(ErrorKind::invalid_argument, "{} bars are not within 1..10000.", limits.max_bars);
  begin();
}

Tick FolkConstraint::full() const {
  return bar_length(metre_, folk_steps_per_quarter);
}

void FolkConstraint::allow_metres() {
  if (limits_.metre) return allow(folk_metre_token(*limits_.metre));
  allow(first_folk_metre, folk_vocabulary().size() - first_folk_metre);
}

bool FolkConstraint::in_last_bar() const {
  return bars_ + 1 >= limits_.max_bars + (pickup_ > 0 ? 1 : 0);
}

bool FolkConstraint::rests_well() const {
  return !limits_.ends_on_tonic || pitch_ % 12 == tonic_;
}

void FolkConstraint::allow_pitches(Tick left) {
  // What is left of the tune is the tonic's.
  const bool tonic_alone = limits_.ends_on_tonic && in_last_bar() && left <= shortest_end;
  for (int pitch = limits_.lowest; pitch <= limits_.highest; ++pitch) {
    if (!tonic_alone || pitch % 12 == tonic_) allow(first_folk_pitch + pitch - lowest_folk_pitch);
  }
}

void FolkConstraint::allow_durations(Tick left) {
  const Tick most = std::min<Tick>(left, longest_folk_duration);
  if (!limits_.ends_on_tonic || !in_last_bar())
    return allow(first_folk_duration, static_cast<int>(most));
  // The last bar goes in eighths where it can, and what is no tonic leaves room for one.
  const Tick room = rests_well() ? most : std::max<Tick>(std::min(most, left - shortest_end), 1);
  const bool eighths = shortest_end - in_bar_ % shortest_end <= room;
  for (Tick steps = 1; steps <= room; ++steps) {
    if (!eighths || (in_bar_ + steps) % shortest_end == 0)
      allow(first_folk_duration + static_cast<int>(steps) - 1);
  }
}

void FolkConstraint::update() {
  const Tick left = full() - in_bar_;
  switch (expects_) {
    case Expects::mode:
      if (limits_.mode) return allow(first_folk_mode + static_cast<int>(*limits_.mode));
      return allow(first_folk_mode, 7);
    case Expects::metre:
      return allow_metres();
    case Expects::duration:
      return allow_durations(left);
    case Expects::anything:
      break;
  }
  const bool last = in_last_bar();
  const bool pickup = bars_ == 0 && in_bar_ > 0 && left > 0;
  if (left == 0 || pickup) {
    if (!last) allow(folk_bar);
  }
  // The last bar lacks what the pickup has.
  const bool whole = left == 0 || (pickup_ > 0 && left == pickup_ && bars_ > 0 && in_bar_ > 0);
  // A given note may have filled the last bar.
  if (whole && any_note_ && (rests_well() || (last && left == 0))) allow(Vocabulary::end);
  if (left == 0) return;
  if (behind_bar_ && !limits_.metre) allow_metres();
  const bool any_pitch = !last || left > shortest_end || rests_well();
  if (note_sounds_ && any_pitch) allow(folk_hold);
  // A tune has a note: its last bar does not rest to the end before one came.
  if ((any_note_ || !last) && any_pitch) allow(folk_rest);
  allow_pitches(left);
}

void FolkConstraint::take(int token) {
  const bool metre = token >= first_folk_metre;
  if (expects_ == Expects::mode) {
    tonic_ = tonic({0, static_cast<Mode>(token - first_folk_mode)});
    expects_ = Expects::metre;
  } else if (metre) {
    metre_ = folk_metre(token);
    expects_ = Expects::anything;
    behind_bar_ = false;
  } else if (token == folk_bar) {
    if (bars_ == 0 && in_bar_ < full()) pickup_ = in_bar_;
    ++bars_;
    in_bar_ = 0;
    behind_bar_ = true;
  } else if (expects_ == Expects::duration) {
    in_bar_ += token - first_folk_duration + 1;
    note_sounds_ = event_ != folk_rest;
    any_note_ = any_note_ || note_sounds_;
    expects_ = Expects::anything;
  } else {
    event_ = token;
    if (token != folk_hold && token != folk_rest)
      pitch_ = token - first_folk_pitch + lowest_folk_pitch;
    expects_ = Expects::duration;
    behind_bar_ = false;
  }
}

}  // namespace atelier::music
