// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/music/constraints.hpp"

namespace atelier::music {

ChoraleConstraint::ChoraleConstraint(ChoraleLimits limits)
    : TokenConstraint(chorale_vocabulary()),
      limits_(std::move(limits)),
      harmonises_(std::find(limits_.fixed.begin(), limits_.fixed.end(), true) !=
                  limits_.fixed.end()) {
  for (const VoiceSpan& span : limits_.spans) {
    if (span.lowest < lowest_chorale_pitch || span.highest > highest_chorale_pitch ||
        span.lowest > span.highest)
      fail(ErrorKind::invalid_argument, "a voice from {} to {} is not within {}..{}.", span.lowest,
           span.highest, lowest_chorale_pitch, highest_chorale_pitch);
  }
  if (harmonises_) {
    // Other voices need not have tokens.
    for (ChoraleStep& step : limits_.given.steps) {
      for (std::size_t v = 0; v < chorale_voices; ++v) {
        if (!limits_.fixed[v]) step.pitch[v] = ChoraleStep::rest;
      }
    }
    given_ = encode(limits_.given);
    limits_.max_steps = limits_.given.steps.size();
  }
  if (limits_.max_steps < 1 || limits_.max_steps > max_chorale_steps)
    fail(ErrorKind::invalid_argument, "a chorale of {} sixteenths is not within 1..{}.",
         limits_.max_steps, max_chorale_steps);
  begin();
}

void ChoraleConstraint::update() {
  const auto [step, voice, beat] = chorale_place(chosen_);
  if (step == limits_.max_steps) return allow(Vocabulary::end);
  if (step > 0 && chosen_ == chorale_tokens(step) && !harmonises_) allow(Vocabulary::end);
  if (beat) return allow(chorale_beat);
  if (limits_.fixed[voice]) return allow(given_[chosen_ + 1]);
  if (sounding_[voice]) allow(chorale_hold);
  allow(chorale_rest);
  const VoiceSpan span = limits_.spans[voice];
  allow(first_chorale_pitch + span.lowest - lowest_chorale_pitch, span.highest - span.lowest + 1);
}

void ChoraleConstraint::take(int token) {
  const auto [step, voice, beat] = chorale_place(chosen_++);
  if (!beat && token != chorale_hold) sounding_[voice] = token != chorale_rest;
}

}  // namespace atelier::music
