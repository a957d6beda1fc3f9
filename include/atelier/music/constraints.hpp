// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "atelier/music/chorale_tokens.hpp"
#include "atelier/music/folk_tokens.hpp"
#include "atelier/music/piano_tokens.hpp"

namespace atelier::music {

/// Says while tokens are chosen one after the other, beginning behind START, which may come next.
/// Whatever allowed tokens are chosen, at least one is allowed until END, and what comes out can be
/// decoded.
class TokenConstraint {
 public:
  virtual ~TokenConstraint() = default;
  TokenConstraint(const TokenConstraint&) = delete;
  TokenConstraint& operator=(const TokenConstraint&) = delete;

  /// By id: 1 for what may come next, 0 for the rest. All 0 behind END.
  [[nodiscard]] const std::vector<std::uint8_t>& allowed() const noexcept { return allowed_; }
  /// Throws Error invalid_argument for a token that may not come next.
  void accept(int token);
  [[nodiscard]] bool ended() const noexcept { return ended_; }

 protected:
  explicit TokenConstraint(const Vocabulary& vocabulary);
  void allow(int token, int count = 1);
  /// Allows from nothing what may come next.
  virtual void update() = 0;
  virtual void take(int token) = 0;
  /// For constructors.
  void begin();

 private:
  const Vocabulary& vocabulary_;
  std::vector<std::uint8_t> allowed_;
  bool ended_ = false;
};

struct ChoraleLimits {
  /// Lowest and highest pitch of each voice; by default what chorale tokens hold.
  std::array<VoiceSpan, chorale_voices> spans{{{31, 86}, {31, 86}, {31, 86}, {31, 86}}};
  /// For harmonising: voices of `given` that stay as they are, to its end, whatever their pitches.
  std::array<bool, chorale_voices> fixed{};
  Chorale given{};
  std::size_t max_steps = 1024;  ///< 1..16,384 sixteenths, where no voice is given
};

/// Keeps voices in their ranges, and given voices untouched. Throws Error invalid_argument for
/// limits that leave nothing to choose.
class ChoraleConstraint : public TokenConstraint {
 public:
  explicit ChoraleConstraint(ChoraleLimits limits = {});

 private:
  void update() override;
  void take(int token) override;

  ChoraleLimits limits_;
  bool harmonises_;
  std::vector<int> given_;
  std::array<bool, chorale_voices> sounding_{};
  std::size_t chosen_ = 0;
};

struct FolkLimits {
  int lowest = lowest_folk_pitch, highest = highest_folk_pitch;  ///< in the normalised key
  std::optional<Mode> mode{};                                    ///< none: any
  std::optional<Metre> metre{};  ///< of the whole tune; none: any, and it may change
  int max_bars = 256;            ///< 1..10,000, without the pickup
  bool ends_on_tonic = false;    ///< the last note is the mode's tonic
};

/// Keeps a melody in its range and every bar as long as its metre says: the first may be a pickup,
/// and the last may be shorter by that. A change of metre stands behind a BAR.
class FolkConstraint : public TokenConstraint {
 public:
  explicit FolkConstraint(const FolkLimits& limits = {});

 private:
  void update() override;
  void take(int token) override;
  void allow_metres();
  void allow_durations(Tick left);
  void allow_pitches(Tick left);
  [[nodiscard]] Tick full() const;
  [[nodiscard]] bool in_last_bar() const;
  /// Whether the tune may end with the note that came last.
  [[nodiscard]] bool rests_well() const;

  enum class Expects { mode, metre, anything, duration } expects_ = Expects::mode;
  FolkLimits limits_;
  Metre metre_;
  Tick in_bar_ = 0, pickup_ = 0;
  int bars_ = 0, event_ = 0;   ///< bars that are full
  int tonic_ = 0, pitch_ = 0;  ///< of the last note that was struck
  bool note_sounds_ = false, behind_bar_ = false, any_note_ = false;
};

struct PianoLimits {
  int lowest = lowest_piano_pitch, highest = highest_piano_pitch;
  int max_sounding = 10;                                   ///< keys held at once, 1..88
  double max_seconds = 600;                                ///< 0.01..36,000
  double longest_note = 36'000, longest_silence = 36'000;  ///< seconds, 0.01..36,000
  double shortest_note = 0.01;    ///< seconds, 0.01..longest_note; the end alone lets go sooner
  double shortest_repeat = 0.01;  ///< seconds from one stroke of a key to its next, 0.01..36,000
  int most_strokes = 1'000'000;   ///< of all keys within a second, at least 1
  double quiet_end = 0;           ///< seconds before the end in which no key is struck, 0..36,000
};

/// Keeps a performance on the keys, lets go only of what is held and strikes only what is not, lets
/// go of a key in time, does not wait too long where nothing is held, is no faster than hands are,
/// and ends when nothing is held: no note hangs.
class PianoConstraint : public TokenConstraint {
 public:
  explicit PianoConstraint(const PianoLimits& limits = {});

 private:
  void update() override;
  void take(int token) override;
  /// How long it may be waited now, 0 or more.
  [[nodiscard]] Tick patience() const;
  [[nodiscard]] bool may_strike(int pitch) const;

  PianoLimits limits_;
  Tick end_, last_stroke_, longest_note_, longest_silence_, shortest_note_, shortest_repeat_,
      now_ = 0;
  std::map<int, Tick> held_;    ///< since when, by pitch
  std::map<int, Tick> struck_;  ///< when last, by pitch
  std::deque<Tick> strokes_;    ///< of the last second
  Tick silent_since_ = 0;       ///< where nothing is held
  bool force_set_ = false, any_note_ = false;
};

}  // namespace atelier::music
