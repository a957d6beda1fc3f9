// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <map>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/music/key_finding.hpp"
#include "atelier/music/timing.hpp"
#include "jobs/music/given_music.hpp"
#include "jobs/music/plan.hpp"

namespace atelier::jobs {
namespace {

constexpr std::int64_t fewest_bars = 4, most_bars = 16;  // where nothing is said
constexpr int usual_tempo = 120;
constexpr int ticks_per_quarter = 50;  // a hundredth of a second at the usual tempo
constexpr double end_fault = 6;
// Of what is made up, in seconds. Of 60 pieces of the set that `piano` learns from, 999 of 1,000
// notes are no shorter and strokes of one key no closer, and 99 of 100 stretches of two seconds
// have no more strokes a second.
constexpr double longest_note = 4, longest_silence = 1.5;
constexpr double shortest_note = 0.03, shortest_repeat = 0.08;
constexpr int most_strokes = 28;
constexpr double quiet_end = 0.4;  // for the last chord to sound

/// Hundredths of a second.
music::Tick time_of(std::span<const int> piece) {
  music::Tick sum = 0;
  for (const int id : piece) {
    if (id >= music::first_piano_wait && id < music::first_piano_velocity) {
      sum += id - music::first_piano_wait + 1;
    }
  }
  return sum;
}

class PianoPlan final : public MusicPlan {
 public:
  explicit PianoPlan(const ComposeOptions& options)
      : options_(options),
        metre_(metre_option(options.metre)),
        bar_(music::bar_length(metre_, ticks_per_quarter)),
        key_(key_option(options.key)) {
    if (key_ && key_->mode != music::Mode::major && key_->mode != music::Mode::minor) {
      fail(ErrorKind::invalid_argument, "piano pieces are in major or minor, not in {}.",
           music::name_of(*key_));
    }
    const std::int64_t bars = options.bars > 0 ? options.bars : most_bars;
    limits_.max_seconds = static_cast<double>(bars * bar_) / music::piano_steps_per_second;
    if (!options.primer.empty()) begin_with(options.primer);
  }

  [[nodiscard]] std::vector<int> given() const override { return primer_; }
  [[nodiscard]] std::unique_ptr<music::TokenConstraint> constraint() const override {
    return std::make_unique<music::PianoConstraint>(limits_);
  }
  [[nodiscard]] std::int64_t bars_in(std::span<const int> piece) const override {
    return time_of(piece) / bar_;
  }
  [[nodiscard]] bool may_end(std::span<const int> piece) const override {
    return bars_in(piece) >= (options_.bars > 0 ? options_.bars - 1 : fewest_bars);
  }
  [[nodiscard]] bool ends_within(std::int64_t bars) const override {
    return bars + 1 >= (options_.bars > 0 ? options_.bars : most_bars);
  }
  [[nodiscard]] double faults_of_end(std::span<const int> piece) const override {
    return ending(piece) == "tonic" ? 0 : end_fault;
  }

  [[nodiscard]] std::optional<std::vector<int>> in_key(
      std::span<const int> opening) const override {
    std::vector<int> moved(opening.begin(), opening.end());
    if (!key_) return moved;
    const music::Score score = music::decode_piano(opening).score;
    if (score.notes.empty()) return std::nullopt;
    const music::Key found = music::find_key(score).key;
    if (found.mode != key_->mode) return std::nullopt;
    int up = (music::tonic(*key_) - music::tonic(found) + 12) % 12;
    if (up > 6) up -= 12;
    for (int& id : moved) {
      if (id >= music::first_piano_wait) continue;
      const int first =
          id >= music::first_piano_off ? music::first_piano_off : music::first_piano_on;
      if (id + up < first || id + up >= first + music::piano_keys) return std::nullopt;
      id += up;
    }
    return moved;
  }

  [[nodiscard]] music::Score score(std::span<const int> piece) const override {
    music::Score score = music::decode_piano(piece).score;
    score.voices[0].program = instrument(options_, 0, 0);
    const music::Key key = score.notes.empty() ? music::Key{} : music::find_key(score).key;
    set_signatures(score, options_.tempo > 0 ? options_.tempo : usual_tempo, metre_, key);
    return score;
  }

  /// Whether what is struck last stands over the tonic.
  [[nodiscard]] std::string ending(std::span<const int> piece) const override {
    const music::Score score = music::decode_piano(piece).score;
    if (score.notes.empty()) return "other";
    const music::Tick end = score.notes.back().start + score.notes.back().length;
    int lowest = score.notes.back().pitch;
    for (const music::Note& note : score.notes) {
      if (note.start + note.length >= end) lowest = std::min(lowest, note.pitch);
    }
    return lowest % 12 == music::tonic(music::last_key(score)) ? "tonic" : "other";
  }

 private:
  void begin_with(const std::filesystem::path& path) {
    if (key_) fail(ErrorKind::invalid_argument, "a primer has its own key; leave --key out.");
    const std::vector<int> ids = music::encode_piano(read_music(path));
    primer_.assign(ids.begin() + 1, ids.end() - 1);
    if (static_cast<double>(time_of(primer_)) / music::piano_steps_per_second >=
        limits_.max_seconds) {
      fail(ErrorKind::invalid_argument, "{} is as long as {} s; raise --bars.", path.string(),
           limits_.max_seconds);
    }
    allow_as_much_as_primer();
  }

  /// What is given may hold more keys, and longer, and be faster than what is made up.
  void allow_as_much_as_primer() {
    const auto seconds = [](music::Tick ticks) {
      return static_cast<double>(ticks) / music::piano_steps_per_second;
    };
    std::map<int, music::Tick> held, struck;
    std::deque<music::Tick> strokes;  // of a second
    music::Tick now = 0, silent_since = 0;
    for (const int id : primer_) {
      if (id >= music::first_piano_velocity) continue;
      if (id >= music::first_piano_wait) {
        now += id - music::first_piano_wait + 1;
        for (const auto& [key, since] : held) {
          limits_.longest_note = std::max(limits_.longest_note, seconds(now - since));
        }
        if (held.empty()) {
          limits_.longest_silence = std::max(limits_.longest_silence, seconds(now - silent_since));
        }
      } else if (id < music::first_piano_off) {
        const int key = id - music::first_piano_on;
        if (const auto before = struck.find(key); before != struck.end()) {
          limits_.shortest_repeat =
              std::min(limits_.shortest_repeat, seconds(now - before->second));
        }
        held[key] = struck[key] = now;
        strokes.push_back(now);
        while (strokes.front() <= now - music::piano_steps_per_second) strokes.pop_front();
        limits_.most_strokes = std::max(limits_.most_strokes, static_cast<int>(strokes.size()));
      } else if (const auto ends = held.find(id - music::first_piano_off); ends != held.end()) {
        limits_.shortest_note = std::min(limits_.shortest_note, seconds(now - ends->second));
        held.erase(ends);
        if (held.empty()) silent_since = now;
      }
      limits_.max_sounding = std::max(limits_.max_sounding, static_cast<int>(held.size()));
    }
  }

  ComposeOptions options_;
  music::Metre metre_;
  music::Tick bar_;
  std::optional<music::Key> key_;
  music::PianoLimits limits_{.longest_note = longest_note,
                             .longest_silence = longest_silence,
                             .shortest_note = shortest_note,
                             .shortest_repeat = shortest_repeat,
                             .most_strokes = most_strokes,
                             .quiet_end = quiet_end};
  std::vector<int> primer_;
};

}  // namespace

std::unique_ptr<MusicPlan> make_piano_plan(const ComposeOptions& options) {
  return std::make_unique<PianoPlan>(options);
}

}  // namespace atelier::jobs
