// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/piano_roll.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/music/timing.hpp"
#include "image/canvas.hpp"

namespace atelier::music {
namespace {

using Colour = std::array<float, 3>;
using image::Place;

/// Okabe and Ito's palette, told apart by every eye: blue, vermilion, green, purple, orange, sky.
constexpr std::array<Colour, 6> colours{{{0.00F, 0.45F, 0.70F},
                                         {0.84F, 0.37F, 0.00F},
                                         {0.00F, 0.62F, 0.45F},
                                         {0.80F, 0.47F, 0.65F},
                                         {0.90F, 0.62F, 0.00F},
                                         {0.34F, 0.71F, 0.91F}}};
constexpr float black_key_grey = 0.95F, quarter_grey = 0.88F, octave_grey = 0.72F, bar_grey = 0.35F;
constexpr int type = 14, title_type = 20, margin = 16, labels_width = 34;

bool is_black(int pitch) {
  constexpr std::array black{false, true,  false, true,  false, false,
                             true,  false, true,  false, true,  false};
  return black[static_cast<std::size_t>(pitch % 12)];
}

Colour colour_of(const Note& note) {
  Colour colour = colours[static_cast<std::size_t>(note.voice) % colours.size()];
  const float force = 0.45F + 0.55F * static_cast<float>(note.velocity) / 100;
  for (float& value : colour) value = 1 - (1 - value) * std::min(force, 1.0F);
  return colour;
}

/// Bars side by side.
struct Row {
  Tick start = 0, end = 0;
  std::size_t first_bar = 0, bars = 0;
};

class Drawing {
 public:
  Drawing(const Score& score, const PianoRollOptions& options)
      : score_(score), options_(options), bars_(bar_starts(score)) {
    const auto [low, high] =
        std::minmax_element(score.notes.begin(), score.notes.end(),
                            [](const Note& a, const Note& b) { return a.pitch < b.pitch; });
    lowest_ = std::max(low->pitch - 2, 0);
    highest_ = std::min(high->pitch + 2, 127);
    roll_height_ = (highest_ - lowest_ + 1) * options.semitone;
    row_height_ = roll_height_ + 2 * type + margin;
    lay_rows();
    top_ = margin + (score.title.empty() ? 0 : title_type + margin);
    const std::int64_t height = top_ + std::int64_t{row_height_} * std::ssize(rows_) + 3 * type;
    if (height > image::longest_edge)
      fail(ErrorKind::invalid_argument,
           "the piano roll would be {} px high, and at most {} are drawn; make it wider or its "
           "quarters shorter.",
           height, image::longest_edge);
    canvas_.emplace(image::Size{options.width, static_cast<int>(height)});
  }

  image::Image make() {
    text(score_.title, title_type, {margin, margin}, options_.width - 2 * margin);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const int top = top_ + static_cast<int>(r) * row_height_ + type + 6;
      paper(rows_[r], top);
      notes(rows_[r], top);
    }
    legend();
    return canvas_->take();
  }

 private:
  [[nodiscard]] int room() const { return options_.width - 2 * margin - labels_width; }
  [[nodiscard]] int pixels(Tick ticks) const {
    return static_cast<int>(ticks * options_.quarter / score_.ticks_per_quarter);
  }
  [[nodiscard]] int across(const Row& row, Tick at) const {
    const int x = pixels(at - row.start);
    return margin + labels_width + std::clamp(x, 0, room());
  }
  [[nodiscard]] int down(int pitch, int top) const {
    return top + (highest_ - pitch) * options_.semitone;
  }

  /// As many bars as fit; a bar that is too long for a row is cut where the row ends.
  void lay_rows() {
    const Tick longest =
        std::max<Tick>(Tick{room()} * score_.ticks_per_quarter / options_.quarter, 1);
    for (std::size_t b = 0; b < bars_.size();) {
      Row row{bars_[b], bars_[b], b, 0};
      while (b < bars_.size() && (row.bars == 0 || bar_end(b) - row.start <= longest)) {
        row.end = bar_end(b++);
        ++row.bars;
      }
      const Tick end = row.end;
      for (row.end = std::min(end, row.start + longest);;
           row.end = std::min(end, row.end + longest)) {
        rows_.push_back(row);
        if (rows_.size() > 10'000 || row.end == end) break;
        row = {row.end, row.end, row.first_bar, 0};
      }
      if (rows_.size() > 10'000) return;
    }
  }
  [[nodiscard]] Tick bar_end(std::size_t bar) const {
    return bar + 1 < bars_.size() ? bars_[bar + 1] : score_.length;
  }

  void paper(const Row& row, int top) {
    const int left = across(row, row.start), right = across(row, row.end);
    for (int pitch = lowest_; pitch <= highest_; ++pitch) {
      const int y = down(pitch, top);
      if (is_black(pitch))
        canvas_->draw_box({left, y}, {right - left, options_.semitone}, black_key_grey);
      if (pitch % 12 != 0) continue;
      canvas_->draw_box({left, y + options_.semitone}, {right - left, 1}, octave_grey);
      text(fmt::format("C{}", pitch / 12 - 1), type, {margin, y + options_.semitone / 2 - type / 2},
           labels_width);
    }
    for (std::size_t b = row.first_bar; b < row.first_bar + row.bars; ++b) {
      const Tick quarter = score_.ticks_per_quarter;
      for (Tick at = bars_[b] + quarter; at < bar_end(b) && options_.quarter >= 8; at += quarter)
        canvas_->draw_box({across(row, at), top}, {1, roll_height_}, quarter_grey);
      canvas_->draw_box({across(row, bars_[b]), top}, {1, roll_height_}, bar_grey);
      if (pixels(bar_end(b) - bars_[b]) > 2 * type)
        text(std::to_string(b + 1), type, {across(row, bars_[b]) + 3, top - type - 3}, 3 * type);
    }
    canvas_->draw_box({right, top}, {1, roll_height_}, bar_grey);
  }

  void notes(const Row& row, int top) {
    for (const Note& note : score_.notes) {
      const Tick from = std::max(note.start, row.start);
      const Tick to = std::min(note.start + note.length, row.end);
      if (from >= to) continue;
      const int left = across(row, from) + 1;
      // A pixel stays free, so that one pitch struck twice is two.
      const int wide = std::max(across(row, to) - left - (to == row.end ? 0 : 1), 1);
      canvas_->draw_box({left, down(note.pitch, top) + 1}, {wide, options_.semitone - 1},
                        colour_of(note));
    }
  }

  void legend() {
    int left = margin + labels_width;
    const int top = top_ + row_height_ * static_cast<int>(rows_.size());
    for (std::size_t v = 0; v < score_.voices.size() && score_.voices.size() > 1; ++v) {
      const std::string& name = score_.voices[v].name;
      const std::string shown = name.empty() ? fmt::format("voice {}", v + 1) : name;
      if (left + 12 * type > options_.width) return;
      canvas_->draw_box({left, top + 2}, {type, type}, colours[v % colours.size()]);
      left += type + 6;
      left += text(shown, type, {left, top}, 9 * type) + 2 * type;
    }
  }

  /// Draws what of the text fits the paper; returns its width.
  int text(const std::string& words, int size, Place at, int width) {
    image::Text drawn = image::draw_text(words, size, width, image::Align::left, false);
    const auto fits = std::min(drawn.height, 2 * size);
    if (drawn.width > width || at.top < 0) return 0;
    drawn.height = fits;
    canvas_->draw(drawn, at, image::ink);
    return drawn.width;
  }

  const Score& score_;
  PianoRollOptions options_;
  std::vector<Tick> bars_;
  std::vector<Row> rows_;
  int lowest_ = 0, highest_ = 127, roll_height_ = 0, row_height_ = 0, top_ = 0;
  std::optional<image::Canvas> canvas_;
};

void check_options(const PianoRollOptions& options) {
  if (options.width < 400 || options.width > image::longest_edge || options.quarter < 4 ||
      options.quarter > 400 || options.semitone < 3 || options.semitone > 40)
    fail(ErrorKind::invalid_argument,
         "a piano roll of {} px width, {} px a quarter and {} px a semitone is not drawn; use "
         "400..{}, 4..400 and 3..40.",
         options.width, options.quarter, options.semitone, image::longest_edge);
}

}  // namespace

image::Image piano_roll(const Score& score, const PianoRollOptions& options) {
  check(score);
  check_options(options);
  if (score.notes.empty()) fail(ErrorKind::invalid_argument, "the score has no notes to draw.");
  return Drawing(score, options).make();
}

}  // namespace atelier::music
