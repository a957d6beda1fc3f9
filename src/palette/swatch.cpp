// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/swatch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "image/canvas.hpp"
#include "palette/wheel.hpp"

namespace atelier::palette {
namespace {

constexpr int margin = 40, width = 1240, inner = width - 2 * margin;
constexpr int picture_width = 720, picture_height = 480, wheel_edge = 380;
constexpr int bar_height = 72, field_height = 120, field_gap = 16, most_columns = 6;
constexpr std::size_t most_colours = 256;

std::array<float, 3> paint(const image::Rgb& rgb) {
  return {static_cast<float>(rgb[0]), static_cast<float>(rgb[1]), static_cast<float>(rgb[2])};
}

std::string harmony_text(const Harmony& harmony) {
  if (harmony.scheme == "achromatic") return "achromatic: next to no chroma";
  if (harmony.scheme == "none") return "no scheme of hues fits";
  return fmt::format("{}, fit {:.2f}", harmony.scheme, harmony.fit);
}

std::string tone_text(const Tone& tone) {
  return fmt::format(
      "values: {:.0f} % dark, {:.0f} % middle, {:.0f} % light; {} key, {} range\n"
      "warm {:.0f} %, cool {:.0f} %, neutral {:.0f} %",
      100 * tone.darks, 100 * tone.mids, 100 * tone.lights, tone.key, tone.range, 100 * tone.warm,
      100 * tone.cool, 100 * tone.neutral);
}

std::string colour_text(const Colour& colour) {
  const image::Oklab lab = image::oklab_from_srgb(colour.rgb);
  std::string text =
      fmt::format("{}\nL {:.0f}  C {:.0f}  h {:.0f}\u00b0", hex(colour.rgb), 100 * lab.L,
                  100 * chroma(lab), chroma(lab) < 0.005 ? 0.0 : hue(lab));
  if (colour.share) text += fmt::format("\n{:.1f} %", 100 * *colour.share);
  return text;
}

/// The work, on white, within its place.
image::Image fitted(const image::Image& picture) {
  const double scale = std::min({picture_width / static_cast<double>(picture.width),
                                 picture_height / static_cast<double>(picture.height)});
  image::Image result =
      image::resize(picture, {std::max(static_cast<int>(std::lround(picture.width * scale)), 1),
                              std::max(static_cast<int>(std::lround(picture.height * scale)), 1)});
  for (std::size_t i = 0; i < result.alpha.size(); ++i) {
    for (std::size_t c = 3 * i; c < 3 * i + 3; ++c)
      result.rgb[c] = result.rgb[c] * result.alpha[i] + 1 - result.alpha[i];
  }
  return result;
}

struct Field {
  image::Text name, figures;
};

/// Everything that is drawn, and where it ends.
class Sheet {
 public:
  Sheet(const Palette& palette, const SwatchNotes& notes) : palette_(palette) {
    title_ = image::draw_text(palette.title, 30, inner, image::Align::left, true);
    if (notes.picture) picture_ = fitted(*notes.picture);
    if (!palette.colours.empty()) wheel_ = hue_wheel(palette, notes.harmony, wheel_edge);
    std::string text = notes.harmony ? harmony_text(*notes.harmony) : "";
    if (notes.tone && !notes.tone->key.empty()) text += "\n" + tone_text(*notes.tone);
    if (palette.colours.empty()) text = "There is no colour to be seen.";
    notes_ = image::draw_text(text, 18, inner, image::Align::left, false);
    const auto count = static_cast<int>(palette.colours.size());
    const int rows = std::max((count + most_columns - 1) / most_columns, 1);
    columns_ = std::max((count + rows - 1) / rows, 1);
    field_width_ = (inner - (columns_ - 1) * field_gap) / columns_;
    for (const Colour& colour : palette.colours) {
      fields_.push_back(
          {image::draw_text(colour.name, 17, field_width_, image::Align::left, true),
           image::draw_text(colour_text(colour), 15, field_width_, image::Align::left, false)});
      name_height_ = std::max(name_height_, fields_.back().name.height);
      figures_height_ = std::max(figures_height_, fields_.back().figures.height);
    }
    rows_ = count == 0 ? 0 : rows;
  }

  image::Image drawn() {
    const int top = margin + title_.height + (title_.height ? 24 : 0);
    const int head = std::max(picture_.height, wheel_.height);
    const int below = top + head + (head ? 24 : 0);
    const int bar = below + notes_.height + (notes_.height ? 24 : 0);
    const int first = bar + (fields_.empty() ? 0 : bar_height + 28);
    const int step = field_height + 16 + name_height_ + figures_height_ + 28;
    image::Canvas canvas({width, first + rows_ * step + margin - (rows_ ? 28 : 24)});
    canvas.draw(title_, {margin, margin}, image::ink);
    canvas.draw(picture_, {margin, top + (head - picture_.height) / 2});
    const int wheel_left = picture_.width ? width - margin - wheel_.width : margin;
    canvas.draw(wheel_, {wheel_left, top + (head - wheel_.height) / 2});
    canvas.draw(notes_, {margin, below}, image::faint_ink);
    draw_bar(canvas, bar);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const int column = static_cast<int>(i) % columns_, row = static_cast<int>(i) / columns_;
      draw_field(canvas, i, {margin + column * (field_width_ + field_gap), first + row * step});
    }
    return canvas.take();
  }

 private:
  void draw_bar(image::Canvas& canvas, int top) const {
    const std::vector<double> shares = weights(palette_);
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const int left = margin + static_cast<int>(std::lround(sum * inner));
      sum += shares[i];
      const int right = margin + static_cast<int>(std::lround(std::min(sum, 1.0) * inner));
      canvas.draw_box({left, top}, {right - left, bar_height}, paint(palette_.colours[i].rgb));
    }
    if (!shares.empty()) outline(canvas, {margin, top}, {inner, bar_height});
  }

  void draw_field(image::Canvas& canvas, std::size_t i, image::Place at) const {
    canvas.draw_box(at, {field_width_, field_height}, paint(palette_.colours[i].rgb));
    outline(canvas, at, {field_width_, field_height});
    const int text = at.top + field_height + 10;
    canvas.draw(fields_[i].name, {at.left, text}, image::ink);
    canvas.draw(fields_[i].figures, {at.left, text + name_height_ + 6}, image::faint_ink);
  }

  /// So that white is seen on white.
  static void outline(image::Canvas& canvas, image::Place at, image::Size size) {
    canvas.draw_box(at, {size.width, 1}, image::line_grey);
    canvas.draw_box({at.left, at.top + size.height - 1}, {size.width, 1}, image::line_grey);
    canvas.draw_box(at, {1, size.height}, image::line_grey);
    canvas.draw_box({at.left + size.width - 1, at.top}, {1, size.height}, image::line_grey);
  }

  const Palette& palette_;
  image::Text title_, notes_;
  image::Image picture_, wheel_;
  std::vector<Field> fields_;
  int columns_ = 1, rows_ = 0, field_width_ = 0, name_height_ = 0, figures_height_ = 0;
};

}  // namespace

image::Image swatch_sheet(const Palette& palette, const SwatchNotes& notes) {
  if (palette.colours.size() > most_colours) {
    fail(ErrorKind::invalid_argument, "a sheet shows at most {} colours, and these are {}.",
         most_colours, palette.colours.size());
  }
  return Sheet(palette, notes).drawn();
}

}  // namespace atelier::palette
