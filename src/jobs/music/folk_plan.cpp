// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/music/timing.hpp"
#include "jobs/music/given_music.hpp"
#include "jobs/music/plan.hpp"

namespace atelier::jobs {
namespace {

constexpr std::int64_t fewest_bars = 8, most_bars = 32;  // where nothing is said
constexpr int usual_tempo = 120, flute = 73;
constexpr double end_fault = 6;
constexpr float circling = 4;  // nats that a third statement is made less likely by

music::Mode mode_of(std::span<const int> piece) {
  return static_cast<music::Mode>(piece.front() - music::first_folk_mode);
}

/// Whether the first bar, which is behind us, lacks something.
bool begins_with_pickup(std::span<const int> piece) {
  std::int64_t steps = 0;
  music::Metre metre;
  for (const int id : piece) {
    if (id == music::folk_bar) break;
    if (id >= music::first_folk_metre)
      metre = music::folk_metre(id);
    else if (id >= music::first_folk_duration && id < music::first_folk_mode)
      steps += id - music::first_folk_duration + 1;
  }
  return steps < music::bar_length(metre, music::folk_steps_per_quarter);
}

/// A tune says a strain twice; said a third time at once it goes in circles. The ids that would go
/// on with a third statement of what a piece ends with twice, or with more echoes of a few notes.
std::vector<int> ids_of_a_third_statement(std::span<const int> piece) {
  constexpr std::size_t longest_strain = 256, usual_echo = 24;  // ids: sixteen bars, three
  std::vector<int> ids;
  for (std::size_t strain = 1; strain <= longest_strain && strain < piece.size(); ++strain) {
    const std::span<const int> before = piece.first(piece.size() - strain);
    const auto differs =
        std::mismatch(piece.rbegin(), piece.rend(), before.rbegin(), before.rend());
    const auto same = static_cast<std::size_t>(differs.first - piece.rbegin());
    if (same >= std::max(strain, usual_echo)) ids.push_back(piece[before.size()]);
  }
  return ids;
}

class FolkPlan final : public MusicPlan {
 public:
  explicit FolkPlan(const ComposeOptions& options)
      : options_(options), key_(key_option(options.key)) {
    if (key_) limits_.mode = key_->mode;
    if (!options.metre.empty()) limits_.metre = metre_option(options.metre);
    limits_.max_bars = options.bars > 0 ? options.bars : most_bars;
    limits_.ends_on_tonic = true;
    if (!options.primer.empty()) begin_with(options.primer);
  }

  [[nodiscard]] std::vector<int> given() const override { return primer_; }
  [[nodiscard]] std::unique_ptr<music::TokenConstraint> constraint() const override {
    return std::make_unique<music::FolkConstraint>(limits_);
  }
  [[nodiscard]] std::int64_t bars_in(std::span<const int> piece) const override {
    const auto bars = std::count(piece.begin(), piece.end(), music::folk_bar);
    return bars > 0 && begins_with_pickup(piece) ? bars - 1 : bars;
  }
  [[nodiscard]] bool may_end(std::span<const int> piece) const override {
    return bars_in(piece) + 1 >= (options_.bars > 0 ? options_.bars : fewest_bars);
  }
  [[nodiscard]] bool ends_within(std::int64_t bars) const override {
    return bars + 1 >= limits_.max_bars;
  }
  void prefer(std::span<const int> piece, std::span<float> logits) const override {
    for (const int id : ids_of_a_third_statement(piece)) logits[event_of(id)] -= circling;
  }
  [[nodiscard]] double faults_of_end(std::span<const int> piece) const override {
    return ending(piece) == "tonic" ? 0 : end_fault;
  }

  [[nodiscard]] music::Score score(std::span<const int> piece) const override {
    constexpr int fine_ticks = 480;
    music::Score score = music::decode_folk(piece);
    const music::Key normal = music::key_at(score, 0);
    if (!primer_.empty()) {
      score = music::transposed(score, shift_);
    } else if (key_) {
      const int up = (music::tonic(*key_) - music::tonic(normal) + 12) % 12;
      score = music::transposed(score, up > 6 ? up - 12 : up);
      score.keys = {{0, *key_}};
    }
    score.voices[0].program = instrument(options_, 0, flute);
    constexpr int microseconds_a_minute = 60'000'000;
    score.tempi = {
        {0, microseconds_a_minute / (options_.tempo > 0 ? options_.tempo : usual_tempo)}};
    return music::in_ticks(score, fine_ticks);
  }

  [[nodiscard]] std::string ending(std::span<const int> piece) const override {
    const auto last = std::find_if(piece.rbegin(), piece.rend(), is_pitch);
    if (last == piece.rend()) return "other";
    const int pitch = *last - music::first_folk_pitch + music::lowest_folk_pitch;
    // In the key without signs.
    return pitch % 12 == music::tonic({0, mode_of(piece)}) ? "tonic" : "other";
  }

 private:
  static bool is_pitch(int id) {
    return id >= music::first_folk_pitch && id < music::first_folk_duration;
  }

  void begin_with(const std::filesystem::path& path) {
    if (key_ || limits_.metre) {
      fail(ErrorKind::invalid_argument,
           "a primer has its own key and metre; leave --key and --metre out.");
    }
    const music::Score all = read_music(path);
    const music::Score melody =
        on_grid(music::only_voice(all, 0), music::folk_steps_per_quarter, path);
    if (melody.notes.empty()) {
      fail(ErrorKind::bad_input, "the first voice of {} has no notes.", path.string());
    }
    const std::vector<int> ids = music::encode_folk(melody);
    const music::Score told = music::decode_folk(ids);
    shift_ = melody.notes.front().pitch - told.notes.front().pitch;
    const auto same = [&](const music::Note& a, const music::Note& b) {
      return a.start == b.start && a.length == b.length && a.pitch == b.pitch + shift_;
    };
    if (!std::equal(melody.notes.begin(), melody.notes.end(), told.notes.begin(), told.notes.end(),
                    same)) {
      fail(ErrorKind::invalid_argument,
           "{} has notes at once in its first voice; a folk tune is one melody.", path.string());
    }
    primer_.assign(ids.begin() + 1, ids.end() - 1);
    if (bars_in(primer_) + 1 > limits_.max_bars) {
      fail(ErrorKind::invalid_argument, "{} is longer than {} bars; raise --bars.", path.string(),
           limits_.max_bars);
    }
  }

  ComposeOptions options_;
  std::optional<music::Key> key_;
  music::FolkLimits limits_;
  std::vector<int> primer_;
  int shift_ = 0;  // semitones from the normal key to the primer's
};

}  // namespace

std::unique_ptr<MusicPlan> make_folk_plan(const ComposeOptions& options) {
  return std::make_unique<FolkPlan>(options);
}

}  // namespace atelier::jobs
