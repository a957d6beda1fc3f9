// SPDX-License-Identifier: Apache-2.0
#include "style/compatibility/reasons.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>
#include <span>
#include <string_view>

namespace atelier::style {
namespace {

constexpr double any = std::numeric_limits<double>::infinity();

/// Words for figures up to a bound, in rising order.
struct Grade {
  double up_to;
  std::string_view words;
};

/// All thresholds. Palette: distance in hundredths of Oklab; differences likewise. Texture: octaves
/// between the mean wavelengths. Structure: the foretold content term.
constexpr Grade palette_grades[] = {
    {11, "palette near"}, {15, "palette at some distance"}, {any, "palette far"}};
constexpr Grade lightness_grades[] = {{-5, "darker"}, {5, ""}, {any, "lighter"}};
constexpr Grade warmth_grades[] = {{-2, "cooler"}, {2, ""}, {any, "warmer"}};
constexpr Grade saturation_grades[] = {{-2, "less saturated"}, {2, ""}, {any, "more saturated"}};
constexpr Grade texture_grades[] = {{-0.25, "strokes finer than the photograph's detail"},
                                    {0.25, "strokes of the size of the photograph's detail"},
                                    {any, "strokes coarser than the photograph's detail"}};
constexpr Grade structure_grades[] = {
    {0.24, "structure kept well"}, {0.32, "structure kept in part"}, {any, "little structure kept"}};

std::string_view words_for(std::span<const Grade> grades, double figure) {
  for (const auto& [up_to, words] : grades) {
    if (figure <= up_to) return words;
  }
  return grades.back().words;
}

Reason palette_reason(const PaletteDifference& palette) {
  std::vector<std::string_view> differences;
  for (const std::string_view words :
       {words_for(lightness_grades, palette.lightness), words_for(warmth_grades, palette.warmth),
        words_for(saturation_grades, palette.saturation)}) {
    if (!words.empty()) differences.push_back(words);
  }
  std::string text =
      fmt::format("{} ({:.0f})", words_for(palette_grades, palette.distance), palette.distance);
  if (!differences.empty()) text += fmt::format(": {}", fmt::join(differences, ", "));
  return {"palette", palette.distance, text};
}

Reason texture_reason(const GrainDifference& grain, double style_scale) {
  std::string text(words_for(texture_grades, grain.octaves));
  if (grain.octaves <= texture_grades[0].up_to || grain.octaves > texture_grades[1].up_to) {
    text += fmt::format(" ({:.1f} octaves); to match it: --style-scale {}", std::abs(grain.octaves),
                        style_scale);
  }
  return {"texture", grain.octaves, text};
}

Reason structure_reason(const Foretold& content) {
  return {"structure", content.value,
          fmt::format("{} (content {:.2f})", words_for(structure_grades, content.value),
                      content.value)};
}

}  // namespace

std::vector<Reason> reasons_for(const Compatibility& of) {
  return {palette_reason(of.palette), texture_reason(of.grain, of.style_scale),
          structure_reason(of.content)};
}

}  // namespace atelier::style
