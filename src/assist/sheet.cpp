// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "assist/panels.hpp"
#include "image/canvas.hpp"

namespace atelier::assist {
namespace {

constexpr int margin = 44, gap = 32, width = 2 * (margin + panel_width) + gap;
constexpr int inner = width - 2 * margin, row_gap = 9, badge_radius = 13;

struct DrawnRow {
  image::Image sample;
  image::Text words;
  [[nodiscard]] int height() const { return std::max(sample_height, words.height) + row_gap; }
};

struct DrawnPanel {
  image::Text heading;
  image::Image picture;
  std::vector<Badge> badges;
  std::vector<DrawnRow> rows;
};

DrawnPanel drawn(Panel panel) {
  DrawnPanel result{image::draw_text(panel.heading, 21, panel_width, image::Align::left, true),
                    std::move(panel.picture),
                    std::move(panel.badges),
                    {}};
  for (LegendRow& row : panel.legend) {
    result.rows.push_back(
        {std::move(row.sample), image::draw_text(row.words, 17, panel_width - sample_width - 14,
                                                 image::Align::left, false)});
  }
  return result;
}

int legend_height(const DrawnPanel& panel) {
  int sum = 0;
  for (const DrawnRow& row : panel.rows) sum += row.height();
  return sum;
}

/// "1: why", and why there is none.
struct Note {
  int number = 0;  ///< 0: none
  image::Text words;
};

std::vector<Note> notes_of(const Study& study) {
  std::vector<Note> notes;
  const auto text = [](const std::string& words) {
    return image::draw_text(words, 17, inner - 44, image::Align::left, false);
  };
  int number = 0;
  for (const Proposal& proposal : study.proposals) {
    for (const Crop& crop : proposal.crops) {
      std::string words = proposal.aspect.name + ": ";
      for (std::size_t i = 0; i < crop.reasons.size(); ++i)
        words += (i == 0 ? "" : "; ") + crop.reasons[i];
      notes.push_back({++number, text(words + ".")});
    }
    if (proposal.crops.empty())
      notes.push_back({0, text(proposal.aspect.name + ": none, since " + proposal.refusal + ".")});
  }
  return notes;
}

/// A number in a disc; its centre is brought onto the canvas.
void draw_badge(image::Image& sheet_part, Point centre, const Ink& ink) {
  Pen pen(sheet_part);
  pen.disc(centre, badge_radius + 2, {1, 1, 1});
  pen.disc(centre, badge_radius, ink);
}

class Sheet {
 public:
  explicit Sheet(const Study& study)
      : title_(image::draw_text(study.title, 30, inner, image::Align::left, true)),
        why_(image::draw_text("Why these crops", 21, inner, image::Align::left, true)),
        notes_(notes_of(study)) {
    for (Panel panel :
         {eye_panel(study), lines_panel(study), crops_panel(study), values_panel(study)}) {
      place_badges(panel);
      panels_.push_back(drawn(std::move(panel)));
    }
  }

  image::Image drawn_sheet() {
    const int top = margin + title_.height + (title_.height ? 26 : 0);
    const int second = top + row_height(0) + gap, notes = second + row_height(2) + gap;
    int bottom = notes;
    if (!notes_.empty()) {
      bottom += why_.height + 14;
      for (const Note& note : notes_) bottom += note_height(note);
    }
    image::Canvas canvas({width, bottom + margin});
    canvas.draw(title_, {margin, margin}, image::ink);
    for (std::size_t i = 0; i < panels_.size(); ++i) {
      const int left = margin + (i % 2 == 0 ? 0 : panel_width + gap);
      draw_panel(canvas, i, {left, i < 2 ? top : second});
    }
    if (notes_.empty()) return canvas.take();
    canvas.draw(why_, {margin, notes}, image::ink);
    int at = notes + why_.height + 14;
    for (const Note& note : notes_) {
      if (note.number > 0) {
        image::Image disc = white_square();
        draw_badge(disc, {disc.width / 2.0, disc.height / 2.0}, crop_ink(note.number));
        canvas.draw(disc, {margin, at});
        draw_number(canvas, note.number, {margin + disc.width / 2, at + disc.height / 2});
      }
      canvas.draw(note.words, {margin + 44, at + 6}, image::ink);
      at += note_height(note);
    }
    return canvas.take();
  }

 private:
  static int note_height(const Note& note) {
    return std::max(note.words.height + 6, 2 * badge_radius + 5) + row_gap;
  }

  static image::Image white_square() {
    image::Image square{2 * badge_radius + 5, 2 * badge_radius + 5, {}, {}};
    square.rgb.assign(square.pixels() * 3, 1.0F);
    return square;
  }

  /// From the corners of frames to where badges do not lie over each other, within the picture as
  /// far as they can be; and draws them.
  static void place_badges(Panel& panel) {
    constexpr double in = badge_radius + 4, step = 2 * badge_radius + 6;
    std::vector<Point> taken;
    for (Badge& badge : panel.badges) {
      Point at{badge.at.x + in, badge.at.y + in};
      const auto covered = [&] {
        return std::any_of(taken.begin(), taken.end(), [&](const Point& other) {
          return std::hypot(at.x - other.x, at.y - other.y) < step;
        });
      };
      while (covered() && at.x + step + in <= panel.picture.width) at.x += step;
      at = {std::max(std::min(at.x, panel.picture.width - in), 0.0),
            std::max(std::min(at.y, panel.picture.height - in), 0.0)};
      taken.push_back(at);
      badge.at = at;
      draw_badge(panel.picture, at, badge.ink);
    }
  }

  [[nodiscard]] int picture_height(std::size_t first) const {
    return std::max(panels_[first].picture.height, panels_[first + 1].picture.height);
  }
  [[nodiscard]] int heading_height(std::size_t first) const {
    return std::max(panels_[first].heading.height, panels_[first + 1].heading.height) + 12;
  }
  [[nodiscard]] int row_height(std::size_t first) const {
    return heading_height(first) + picture_height(first) + 14 +
           std::max(legend_height(panels_[first]), legend_height(panels_[first + 1]));
  }

  static void draw_number(image::Canvas& canvas, int number, image::Place centre) {
    const image::Text text =
        image::draw_text(std::to_string(number), 16, 60, image::Align::left, true);
    canvas.draw(text, {centre.left - text.width / 2, centre.top - text.height / 2}, 1.0F);
  }

  void draw_panel(image::Canvas& canvas, std::size_t i, image::Place at) const {
    const DrawnPanel& panel = panels_[i];
    const std::size_t first = i - i % 2;
    canvas.draw(panel.heading, at, image::ink);
    const image::Place corner{at.left, at.top + heading_height(first)};
    canvas.draw(panel.picture, corner);
    for (const Badge& badge : panel.badges) {
      draw_number(canvas, badge.number,
                  {corner.left + static_cast<int>(std::lround(badge.at.x)),
                   corner.top + static_cast<int>(std::lround(badge.at.y))});
    }
    int top = corner.top + picture_height(first) + 14;
    for (const DrawnRow& row : panel.rows) {
      const int height = row.height() - row_gap;
      canvas.draw(row.sample, {at.left, top + (height - row.sample.height) / 2});
      canvas.draw(row.words, {at.left + sample_width + 14, top + (height - row.words.height) / 2},
                  image::ink);
      top += row.height();
    }
  }

  image::Text title_, why_;
  std::vector<Note> notes_;
  std::vector<DrawnPanel> panels_;
};

}  // namespace

image::Image composition_sheet(const Study& study) {
  return Sheet(study).drawn_sheet();
}

}  // namespace atelier::assist
