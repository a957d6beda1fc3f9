// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/music/cadence.hpp"
#include "atelier/music/key_finding.hpp"
#include "atelier/music/report.hpp"
#include "atelier/music/timing.hpp"
#include "atelier/music/voice_leading.hpp"
#include "jobs/music/given_music.hpp"
#include "jobs/music/plan.hpp"

namespace atelier::jobs {
namespace {

using music::Chorale;
using music::chorale_voices;

constexpr std::int64_t fewest_bars = 4, most_bars = 48;  // where nothing is said
constexpr int usual_tempo = 72, choir = 52;
constexpr float parallel_nats = 4;  // by which a note is less likely that makes a parallel
constexpr double parallel_fault = 2, range_fault = 1, cadence_fault = 6, home_fault = 3;
constexpr double still_fault = 2;  // a quarter in which nothing happens, behind four such
constexpr std::size_t longest_still = 4 * music::steps_per_quarter;

/// Sixteenths from `first` on in which no voice has moved for longer than longest_still.
int still_steps(const Chorale& chorale, std::size_t first) {
  std::size_t still = 0;
  int sum = 0;
  for (std::size_t step = 0; step < chorale.steps.size(); ++step) {
    const auto& struck = chorale.steps[step].struck;
    const bool moves = std::find(struck.begin(), struck.end(), true) != struck.end();
    still = moves ? 0 : still + 1;
    if (step >= first && still > longest_still) ++sum;
  }
  return sum;
}

Chorale four_voices(const music::Score& score, const std::filesystem::path& path) {
  if (score.voices.size() != chorale_voices) {
    fail(ErrorKind::invalid_argument,
         "a chorale has four voices, soprano to bass, and {} has {}; a melody alone is given by "
         "--harmonise.",
         path.string(), score.voices.size());
  }
  return music::to_chorale(on_grid(score, music::steps_per_quarter, path));
}

Chorale melody_of(const music::Score& score, const std::filesystem::path& path) {
  music::Score melody = on_grid(music::only_voice(score, 0), music::steps_per_quarter, path);
  melody.voices.resize(chorale_voices);
  if (melody.notes.empty()) {
    fail(ErrorKind::bad_input, "the first voice of {} has no notes to harmonise.", path.string());
  }
  return music::to_chorale(melody);
}

/// A sixteenth of which only the first voices have said what they do.
music::ChoraleStep begun_step(const music::ChoraleStep& before, std::span<const int> said) {
  music::ChoraleStep step = before;
  step.struck = {};
  for (std::size_t v = 0; v < said.size(); ++v) {
    if (said[v] == music::chorale_hold) continue;
    step.struck[v] = said[v] != music::chorale_rest;
    step.pitch[v] = step.struck[v]
                        ? said[v] - music::first_chorale_pitch + music::lowest_chorale_pitch
                        : music::ChoraleStep::rest;
  }
  return step;
}

class ChoralePlan final : public MusicPlan {
 public:
  explicit ChoralePlan(const ComposeOptions& options)
      : options_(options),
        metre_(metre_option(options.metre)),
        bar_(static_cast<std::size_t>(music::bar_length(metre_, music::steps_per_quarter))),
        key_(key_option(options.key)) {
    if (key_ && key_->mode != music::Mode::major && key_->mode != music::Mode::minor) {
      fail(ErrorKind::invalid_argument, "chorales are in major or minor, not in {}.",
           music::name_of(*key_));
    }
    if (bar_ == 0) {
      fail(ErrorKind::invalid_argument, "--metre {} is shorter than a sixteenth.", options.metre);
    }
    limits_.spans = music::choir_ranges;
    limits_.max_steps = static_cast<std::size_t>(options.bars > 0 ? options.bars : most_bars) *
                        static_cast<std::size_t>(bar_);
    if (!options.harmonise.empty()) harmonise(options.harmonise);
    if (!options.primer.empty()) begin_with(options.primer);
  }

  [[nodiscard]] std::vector<int> given() const override { return primer_; }
  [[nodiscard]] std::unique_ptr<music::TokenConstraint> constraint() const override {
    return std::make_unique<music::ChoraleConstraint>(limits_);
  }
  [[nodiscard]] std::int64_t bars_in(std::span<const int> piece) const override {
    return static_cast<std::int64_t>(steps_in(piece) / bar_);
  }
  [[nodiscard]] bool may_end(std::span<const int> piece) const override {
    if (music::chorale_tokens(steps_in(piece)) != piece.size()) return false;
    const std::int64_t least = options_.bars > 0 ? options_.bars : fewest_bars;
    return harmonises() || bars_in(piece) >= least;
  }
  [[nodiscard]] bool ends_within(std::int64_t bars) const override {
    return static_cast<std::size_t>(bars + 1) * bar_ >= limits_.max_steps;
  }
  [[nodiscard]] std::size_t look_ahead() const override {
    return harmonises() ? music::chorale_tokens(music::steps_per_quarter) : 0;
  }
  [[nodiscard]] bool is_given(std::size_t at) const override {
    const music::ChoralePlace place = music::chorale_place(at);
    return !place.beat && limits_.fixed[place.voice];
  }

  /// A voice's note is less likely where it makes a parallel with a voice above.
  void prefer(std::span<const int> piece, std::span<float> logits) const override {
    const music::ChoralePlace place = music::chorale_place(piece.size());
    if (place.beat || place.voice == 0 || place.step == 0 || limits_.fixed[place.voice]) return;
    const music::ChoraleStep before = decoded(piece).steps.back();
    music::ChoraleStep now = begun_step(before, piece.last(place.voice));
    for (int pitch = music::lowest_chorale_pitch; pitch <= music::highest_chorale_pitch; ++pitch) {
      now.pitch[place.voice] = pitch;
      for (std::size_t above = 0; above < place.voice; ++above) {
        if (music::parallel(before, now, above, place.voice) == music::Parallel::none) continue;
        logits[static_cast<std::size_t>(event_of(music::first_chorale_pitch + pitch -
                                                 music::lowest_chorale_pitch))] -= parallel_nats;
        break;
      }
    }
  }

  [[nodiscard]] double faults(std::span<const int> piece, std::size_t from) const override {
    const Chorale whole = decoded(piece);
    const std::size_t step = music::chorale_place(from).step, before = step > 0 ? step - 1 : 0;
    if (before >= whole.steps.size()) return 0;
    const Chorale part{
        {whole.steps.begin() + static_cast<std::ptrdiff_t>(before), whole.steps.end()}};
    const music::VoiceLeading count = music::voice_leading(part);
    int out = 0;
    for (const int notes : count.out_of_range) out += notes;
    if (harmonises()) out -= count.out_of_range[0];
    return parallel_fault * (count.parallel_fifths + count.parallel_octaves) + range_fault * out +
           count.crossed + still_fault * still_steps(whole, step) / music::steps_per_quarter;
  }

  [[nodiscard]] double faults_of_end(std::span<const int> piece) const override {
    const Chorale chorale = decoded(piece);
    const music::Score score = music::to_score(chorale);
    if (score.notes.empty()) return cadence_fault;
    const music::Key key = music::last_key(score);
    const music::Cadence cadence = music::final_cadence(chorale, key);
    double sum = 0;
    if (cadence != music::Cadence::authentic && cadence != music::Cadence::plagal) {
      sum += cadence_fault;
    }
    if (key_ && music::tonic(key) != music::tonic(*key_)) sum += home_fault;
    return sum;
  }

  [[nodiscard]] std::optional<std::vector<int>> in_key(
      std::span<const int> opening) const override {
    std::vector<int> same(opening.begin(), opening.end());
    if (!key_ || harmonises()) return same;
    const Chorale chorale = decoded(opening);
    const music::Score score = music::to_score(chorale);
    if (score.notes.empty()) return std::nullopt;
    const music::Key found = music::find_key(score).key;
    if (found.mode != key_->mode) return std::nullopt;
    const int up = (music::tonic(*key_) - music::tonic(found) + 12) % 12;
    if (up == 0) return same;
    const auto fitting = music::transpositions(chorale, limits_.spans);
    for (const int semitones : up <= 6 ? std::array{up, up - 12} : std::array{up - 12, up}) {
      if (std::find(fitting.begin(), fitting.end(), semitones) == fitting.end()) continue;
      std::vector<int> moved = music::encode(music::transposed(chorale, semitones));
      return std::vector<int>(moved.begin() + 1, moved.end() - 1);
    }
    return std::nullopt;
  }

  [[nodiscard]] music::Score score(std::span<const int> piece) const override {
    constexpr int fine_ticks = 480;
    music::Score score = music::to_score(decoded(piece));
    for (std::size_t v = 0; v < score.voices.size(); ++v) {
      score.voices[v].program = instrument(options_, v, choir);
    }
    const music::Key key = score.notes.empty() ? music::Key{} : music::find_key(score).key;
    set_signatures(score, options_.tempo > 0 ? options_.tempo : usual_tempo, metre_, key);
    return music::in_ticks(score, fine_ticks);
  }

  [[nodiscard]] std::string ending(std::span<const int> piece) const override {
    const Chorale chorale = decoded(piece);
    const music::Score score = music::to_score(chorale);
    if (score.notes.empty()) return "none";
    return std::string(music::name_of(music::final_cadence(chorale, music::last_key(score))));
  }

  [[nodiscard]] nlohmann::json measured(std::span<const int> piece) const override {
    nlohmann::json result = MusicPlan::measured(piece);
    result["voice_leading"] = music::report(music::voice_leading(decoded(piece)));
    return result;
  }

 private:
  [[nodiscard]] bool harmonises() const { return limits_.fixed[0]; }

  /// Whole sixteenths.
  [[nodiscard]] static std::size_t steps_in(std::span<const int> piece) {
    return music::chorale_place(piece.size()).step;
  }

  /// What is whole of a piece.
  [[nodiscard]] static Chorale decoded(std::span<const int> piece) {
    return music::decode_chorale(piece.first(music::chorale_tokens(steps_in(piece))));
  }

  void harmonise(const std::filesystem::path& path) {
    if (options_.bars > 0 || key_) {
      fail(ErrorKind::invalid_argument,
           "a harmonised melody has its own length and key; leave --bars and --key out.");
    }
    limits_.given = melody_of(read_music(path), path);
    limits_.fixed[0] = true;
    limits_.max_steps = limits_.given.steps.size();
  }

  void begin_with(const std::filesystem::path& path) {
    if (key_) {
      fail(ErrorKind::invalid_argument, "a primer has its own key; leave --key out.");
    }
    const Chorale chorale = four_voices(read_music(path), path);
    if (chorale.steps.size() >= limits_.max_steps) {
      fail(ErrorKind::invalid_argument, "{} is as long as {} bars; raise --bars.", path.string(),
           limits_.max_steps / bar_);
    }
    const std::vector<int> ids = music::encode(chorale);
    primer_.assign(ids.begin() + 1, ids.end() - 1);
    // What is given may leave a choir's ranges.
    const auto spans = music::voice_spans({&chorale, 1});
    for (std::size_t v = 0; v < chorale_voices; ++v) {
      limits_.spans[v].lowest = std::min(limits_.spans[v].lowest, spans[v].lowest);
      limits_.spans[v].highest = std::max(limits_.spans[v].highest, spans[v].highest);
    }
  }

  ComposeOptions options_;
  music::Metre metre_;
  std::size_t bar_;  // in sixteenths
  std::optional<music::Key> key_;
  music::ChoraleLimits limits_;
  std::vector<int> primer_;
};

}  // namespace

std::unique_ptr<MusicPlan> make_chorale_plan(const ComposeOptions& options) {
  return std::make_unique<ChoralePlan>(options);
}

}  // namespace atelier::jobs
