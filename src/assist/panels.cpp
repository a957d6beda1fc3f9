// SPDX-License-Identifier: Apache-2.0
#include "assist/panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "assist/leading.hpp"
#include "assist/placement.hpp"
#include "atelier/image/file.hpp"

namespace atelier::assist {
namespace {

constexpr Ink tint{1.0F, 0.42F, 0.0F}, white{1, 1, 1}, gold{1.0F, 0.80F, 0.20F},
    sky{0.25F, 0.85F, 1.0F}, leaf{0.35F, 0.95F, 0.40F}, rose{1.0F, 0.45F, 0.75F},
    pale{0.82F, 0.82F, 0.82F};
constexpr float tint_strength = 0.55F;
constexpr double shown_axis = 0.6;  // symmetry from which on its axis is drawn
constexpr double shown_lead = 0.3;  // certainty of lines that are drawn
constexpr double shown_meeting = 0.5;

/// On white, within the panel.
image::Image fitted(const image::Image& picture) {
  const double scale = std::min({panel_width / static_cast<double>(picture.width),
                                 panel_height / static_cast<double>(picture.height)});
  image::Image result =
      image::resize(picture, {std::max(static_cast<int>(std::lround(picture.width * scale)), 1),
                              std::max(static_cast<int>(std::lround(picture.height * scale)), 1)});
  for (std::size_t i = 0; i < result.alpha.size(); ++i) {
    for (std::size_t c = 3 * i; c < 3 * i + 3; ++c)
      result.rgb[c] = result.rgb[c] * result.alpha[i] + 1 - result.alpha[i];
  }
  result.alpha.clear();
  return result;
}

/// Greyer and nearer to the middle, so that what is drawn on it is seen.
image::Image calm(image::Image picture) {
  for (std::size_t i = 0; i < picture.rgb.size(); i += 3) {
    float* p = &picture.rgb[i];
    const float grey = 0.2126F * p[0] + 0.7152F * p[1] + 0.0722F * p[2];
    for (std::size_t c = 0; c < 3; ++c) p[c] = 0.12F + 0.7F * (0.35F * p[c] + 0.65F * grey);
  }
  return picture;
}

/// From shares of the picture to px of a panel.
class Scale {
 public:
  explicit Scale(const image::Image& picture) : width_(picture.width), height_(picture.height) {}
  [[nodiscard]] Point at(const Point& p) const { return {p.x * width_, p.y * height_}; }
  [[nodiscard]] Box at(const Box& b) const {
    return {b.left * width_, b.top * height_, b.right * width_, b.bottom * height_};
  }

 private:
  double width_, height_;
};

image::Image blank_sample() {
  image::Image sample{sample_width, sample_height, {}, {}};
  sample.rgb.assign(sample.pixels() * 3, 0.45F);
  return sample;
}

LegendRow line_row(const Stroke& stroke, std::string words) {
  LegendRow row{blank_sample(), std::move(words)};
  Pen(row.sample).line({3, sample_height / 2.0}, {sample_width - 3, sample_height / 2.0}, stroke);
  return row;
}

LegendRow arrow_row(const Stroke& stroke, std::string words) {
  LegendRow row{blank_sample(), std::move(words)};
  Pen(row.sample).arrow({3, sample_height / 2.0}, {sample_width - 5, sample_height / 2.0}, stroke);
  return row;
}

LegendRow frame_row(const Stroke& stroke, std::string words) {
  LegendRow row{blank_sample(), std::move(words)};
  Pen(row.sample).frame({9, 1, sample_width - 9.0, sample_height - 1.0}, stroke);
  return row;
}

LegendRow ring_row(const Stroke& stroke, std::string words) {
  LegendRow row{blank_sample(), std::move(words)};
  Pen(row.sample).circle({sample_width / 2.0, sample_height / 2.0}, 5.5, stroke);
  return row;
}

std::string leaning(const Point& centre) {
  std::string words;
  if (std::abs(centre.x - 0.5) > 0.03) words = centre.x < 0.5 ? "left" : "right";
  if (std::abs(centre.y - 0.5) > 0.03)
    words += std::string(words.empty() ? "" : " and ") + (centre.y < 0.5 ? "up" : "down");
  return words.empty() ? "it lies in the middle" : "it leans " + words;
}

void target(Pen& pen, Point at) {
  const Stroke stroke{white, 2};
  pen.circle(at, 9, stroke);
  pen.line({at.x - 15, at.y}, {at.x + 15, at.y}, stroke);
  pen.line({at.x, at.y - 15}, {at.x, at.y + 15}, stroke);
}

/// Tints each pixel by its weight.
void lay_tint(image::Image& picture, const image::Mask& weight) {
  const image::Mask mask = image::resize(weight, {picture.width, picture.height});
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    const float strength = tint_strength * mask.values[i];
    for (std::size_t c = 0; c < 3; ++c) {
      float& value = picture.rgb[3 * i + c];
      value += strength * (tint[c] - value);
    }
  }
}

void draw_division(Pen& pen, const Scale& scale, double division, const Stroke& stroke) {
  for (const double at : {division, 1 - division}) {
    pen.line(scale.at(Point{at, 0}), scale.at(Point{at, 1}), stroke);
    pen.line(scale.at(Point{0, at}), scale.at(Point{1, at}), stroke);
  }
}

std::string fit_words(const std::optional<Placement>& placement) {
  return placement ? fmt::format(": fit {:.2f}", placement->value)
                   : std::string(": no subject to measure them by");
}

std::string level_words(const Level& level) {
  if (level.certainty < certain) return "";
  const double tilt = std::abs(level.tilt);
  if (tilt < 0.15) return fmt::format("level, certainty {:.2f}", level.certainty);
  return fmt::format("tilts {:.1f}\u00b0, {} side higher, certainty {:.2f}", tilt,
                     level.tilt > 0 ? "right" : "left", level.certainty);
}

void add_level(Panel& panel, Pen& pen, const Scale& scale, const Level& level) {
  const Stroke stroke{sky, 3};
  if (level.horizon && level.horizon->certainty >= certain) {
    pen.line(scale.at(level.horizon->line.from), scale.at(level.horizon->line.to), stroke);
    panel.legend.push_back(line_row(stroke, "horizon: " + level_words(level)));
  } else if (level.certainty >= certain) {
    panel.legend.push_back(
        {{},
         "upright edges: the picture " +
             (std::abs(level.tilt) < 0.15 ? "is " + level_words(level) : level_words(level))});
  } else {
    panel.legend.push_back({{}, "no certain horizon"});
  }
}

void add_leading(Panel& panel, Pen& pen, const Scale& scale, const Leading& leading) {
  const Stroke arrow{leaf, 3}, ring{rose, 3};
  int shown = 0;
  for (const LeadingLine& line : leading.lines) {
    if (line.certainty < shown_lead) continue;
    pen.arrow(scale.at(line.line.from), scale.at(line.line.to), arrow);
    ++shown;
  }
  if (shown > 0) {
    panel.legend.push_back(arrow_row(
        arrow, fmt::format("lines that lead to the main subject, strength {:.2f}", leading.value)));
  } else {
    panel.legend.push_back({{}, "no line leads to the main subject"});
  }
  if (!leading.vanishing || leading.vanishing->certainty < shown_meeting) return;
  const Point place = leading.vanishing->place;
  if (place.x < 0 || place.x > 1 || place.y < 0 || place.y > 1) return;
  pen.circle(scale.at(place), 10, ring);
  panel.legend.push_back(ring_row(
      ring, fmt::format("long lines meet here, certainty {:.2f}", leading.vanishing->certainty)));
}

}  // namespace

Ink crop_ink(int number) {
  constexpr std::array<Ink, 6> inks{
      Ink{0.90F, 0.20F, 0.25F}, Ink{0.10F, 0.45F, 0.90F}, Ink{0.13F, tint_strength, 0.28F},
      Ink{0.95F, 0.55F, 0.05F}, Ink{0.58F, 0.25F, 0.75F}, Ink{0.0F, tint_strength, 0.65F}};
  return inks[static_cast<std::size_t>(number - 1) % inks.size()];
}

Panel eye_panel(const Study& study) {
  Panel panel{"What draws the eye", calm(fitted(study.picture)), {}, {}};
  const Scene& scene = study.scene;
  const Composition& composition = study.composition;
  lay_tint(panel.picture, scene.weight);
  Pen pen(panel.picture);
  const Scale scale(panel.picture);
  const Stroke main{white, 3}, other{white, 2, 7}, text{sky, 2, 4};
  for (std::size_t i = scene.subjects.size(); i-- > 0;)
    pen.frame(scale.at(scene.subjects[i].box), i == 0 ? main : other);
  for (const Text& line : scene.evidence.texts) pen.frame(scale.at(line.box), text);
  target(pen, scale.at(composition.balance.centre));

  LegendRow tinted{blank_sample(), "the stronger the tint, the more it stands out"};
  for (std::size_t i = 0; i < tinted.sample.pixels(); ++i) {
    const float strength = tint_strength * static_cast<float>(i % sample_width) / sample_width;
    for (std::size_t c = 0; c < 3; ++c) {
      float& value = tinted.sample.rgb[3 * i + c];
      value += strength * (tint[c] - value);
    }
  }
  panel.legend.push_back(std::move(tinted));
  if (scene.subjects.empty()) {
    panel.legend.push_back({{}, "no subject stands out clearly: it is spread"});
  } else {
    const Subject& first = scene.subjects.front();
    panel.legend.push_back(
        frame_row(main, fmt::format("the main subject{}: {:.0f} % of what draws the eye",
                                    first.head ? ", a head" : "", 100 * first.weight)));
  }
  if (scene.subjects.size() > 1) {
    panel.legend.push_back(
        frame_row({white, 2, 4}, fmt::format("{} more, never cut", scene.subjects.size() - 1)));
  }
  if (!scene.evidence.texts.empty())
    panel.legend.push_back(frame_row({sky, 2, 3}, "text, never cut"));
  LegendRow centre{blank_sample(),
                   fmt::format("centre of visual weight: {}; balance {:.2f}",
                               leaning(composition.balance.centre), composition.balance.value)};
  Pen sample(centre.sample);
  sample.circle({sample_width / 2.0, sample_height / 2.0}, 5, {white, 1.5});
  sample.line({sample_width / 2.0 - 9, sample_height / 2.0},
              {sample_width / 2.0 + 9, sample_height / 2.0}, {white, 1.5});
  sample.line({sample_width / 2.0, 0}, {sample_width / 2.0, sample_height}, {white, 1.5});
  panel.legend.push_back(std::move(centre));
  panel.legend.push_back(
      {{},
       fmt::format("{:.0f} % of the picture is empty: nothing there draws the eye",
                   100 * composition.empty)});
  return panel;
}

Panel lines_panel(const Study& study) {
  Panel panel{"The lines it is built on", calm(fitted(study.picture)), {}, {}};
  const Composition& composition = study.composition;
  Pen pen(panel.picture);
  const Scale scale(panel.picture);
  const Stroke diagonal{pale, 1, 4, false}, thirds{white, 1.6}, golden{gold, 1.6, 8};
  pen.line(scale.at(Point{0, 0}), scale.at(Point{1, 1}), diagonal);
  pen.line(scale.at(Point{0, 1}), scale.at(Point{1, 0}), diagonal);
  draw_division(pen, scale, golden_section, golden);
  draw_division(pen, scale, third, thirds);
  panel.legend.push_back(line_row(thirds, "thirds" + fit_words(composition.thirds)));
  panel.legend.push_back(line_row(golden, "golden section" + fit_words(composition.golden)));
  panel.legend.push_back(line_row(
      diagonal,
      fmt::format("diagonals: {:.0f} % of long lines run along one", 100 * composition.diagonals)));
  const Symmetry& symmetry = composition.symmetry;
  if (symmetry.left_right >= shown_axis) {
    const Stroke axis{rose, 2.5, 14};
    pen.line(scale.at(Point{symmetry.axis, 0}), scale.at(Point{symmetry.axis, 1}), axis);
    panel.legend.push_back(line_row(
        axis,
        fmt::format("axis: left and right are mirror images to {:.2f}", symmetry.left_right)));
  } else {
    panel.legend.push_back(
        {{},
         fmt::format("mirror images: left and right {:.2f}, top and bottom {:.2f}",
                     symmetry.left_right, symmetry.top_bottom)});
  }
  add_level(panel, pen, scale, composition.level);
  add_leading(panel, pen, scale, composition.leading);
  return panel;
}

Panel crops_panel(const Study& study) {
  Panel panel{"Crops that are proposed", fitted(study.picture), {}, {}};
  Pen pen(panel.picture);
  const Scale scale(panel.picture);
  int number = 0;
  for (const Proposal& proposal : study.proposals) {
    for (const Crop& crop : proposal.crops) {
      ++number;
      const Box place = scale.at(box_of(crop.part, study.size));
      const Stroke stroke{crop_ink(number), 3.5, crop.sure ? 0.0 : 9.0};
      pen.frame(place, stroke);
      panel.badges.push_back({{place.left, place.top}, number, stroke.ink});
      panel.legend.push_back(
          frame_row(stroke, fmt::format("{}: {}, {} x {} px", number, proposal.aspect.name,
                                        crop.part.width, crop.part.height)));
    }
    if (proposal.crops.empty())
      panel.legend.push_back({{}, fmt::format("{}: none", proposal.aspect.name)});
  }
  const bool unsure =
      std::any_of(study.proposals.begin(), study.proposals.end(), [](const Proposal& proposal) {
        return std::any_of(proposal.crops.begin(), proposal.crops.end(),
                           [](const Crop& crop) { return !crop.sure; });
      });
  if (unsure) panel.legend.push_back({{}, "dashed: may cut something, look at its borders"});
  return panel;
}

Panel values_panel(const Study& study) {
  const Values& values = study.composition.values;
  Panel panel{fmt::format("In {} values, as painters lay it out", values.shares.size()),
              fitted(study.values),
              {},
              {}};
  const std::size_t count = values.shares.size();
  const std::array<const char*, 3> three{"dark", "middle", "light"};
  const std::array<const char*, 5> five{"darkest", "dark", "middle", "light", "lightest"};
  for (std::size_t i = 0; i < count; ++i) {
    LegendRow row{blank_sample(), fmt::format("{}: {:.0f} %", count == 3 ? three[i] : five[i],
                                              100 * values.shares[i])};
    const float grey = 0.06F + 0.88F * static_cast<float>(i) / static_cast<float>(count - 1);
    std::fill(row.sample.rgb.begin(), row.sample.rgb.end(), grey);
    panel.legend.push_back(std::move(row));
  }
  panel.legend.push_back(
      {{},
       fmt::format("{}; {} large areas, the largest {:.0f} % of the picture",
                   values.pattern.empty() ? "nothing to be seen" : values.pattern, values.masses,
                   100 * values.largest)});
  return panel;
}

}  // namespace atelier::assist
