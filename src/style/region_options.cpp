// SPDX-License-Identifier: Apache-2.0
#include "style/region_options.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/image/colour_map.hpp"
#include "atelier/style/regions.hpp"

namespace atelier::style {
namespace {

/// Which styles have a mask or a colour: no word for those that say -.
void check_list(const std::vector<std::string>& list, std::size_t styles, const char* option,
                const char* what) {
  if (list.empty()) return;
  if (list.size() != styles) {
    fail(ErrorKind::invalid_argument, "{} has {} {} for {} styles; give one each, - for none.",
         option, list.size(), what, styles);
  }
  if (std::all_of(list.begin(), list.end(), [](const auto& word) { return word == "-"; })) {
    fail(ErrorKind::invalid_argument, "{} gives no style any of its {}; leave it out.", option,
         what);
  }
}

void check_colours(const std::vector<std::string>& words) {
  std::vector<image::Colour> colours;
  for (const std::string& word : words) {
    if (word == "-") continue;
    const image::Colour colour = image::parse_colour(word);
    if (std::find(colours.begin(), colours.end(), colour) != colours.end()) {
      fail(ErrorKind::invalid_argument,
           "--style-map-colors gives {} to two styles; give each its own.", word);
    }
    colours.push_back(colour);
  }
}

/// Blend weights count among styles that have no place of their own.
void check_blend(const StylizeOptions& options, const std::vector<std::string>& places) {
  if (options.blend.empty() || places.empty()) return;
  bool any = false, weight = false;
  for (std::size_t i = 0; i < places.size() && i < options.blend.size(); ++i) {
    any = any || places[i] == "-";
    weight = weight || (places[i] == "-" && options.blend[i] > 0);
  }
  if (!any) {
    fail(
        ErrorKind::invalid_argument,
        "--blend is for styles that share what masks leave, and each style has a place of its own; "
        "leave it out, or give a style - for a mask.");
  }
  if (!weight) {
    fail(ErrorKind::invalid_argument,
         "--blend gives no weight to any of the styles that share what masks leave; raise one.");
  }
}

}  // namespace

std::vector<std::string> map_colours(const StylizeOptions& options, std::size_t styles) {
  if (!options.style_map_colors.empty()) return options.style_map_colors;
  const std::vector<std::string> usual{"red", "lime", "blue", "yellow", "magenta", "cyan"};
  if (styles > usual.size()) {
    fail(ErrorKind::invalid_argument,
         "--style-map has usual colours for {} styles, and there are {}; name them with "
         "--style-map-colors.",
         usual.size(), styles);
  }
  return {usual.begin(), usual.begin() + static_cast<std::ptrdiff_t>(styles)};
}

void check_regions(const StylizeOptions& options, std::size_t styles) {
  if (!options.style_mask.empty() && !options.style_map.empty()) {
    fail(ErrorKind::invalid_argument,
         "--style-mask and --style-map both say where styles count; leave one out.");
  }
  if (!options.style_map_colors.empty() && options.style_map.empty()) {
    fail(ErrorKind::invalid_argument, "--style-map-colors has no map; name one with --style-map.");
  }
  check_list(options.style_mask, styles, "--style-mask", "masks");
  check_list(options.style_map_colors, styles, "--style-map-colors", "colours");
  check_blend(options, options.style_mask);
  if (!options.style_map.empty()) {
    const std::vector<std::string> colours = map_colours(options, styles);
    check_colours(colours);
    check_blend(options, colours);
  }
  const bool guided =
      !options.style_mask.empty() || !options.style_map.empty() || !options.protect.empty();
  if (guided && options.style_weight == 0) {
    fail(ErrorKind::invalid_argument,
         "--style-weight is 0, so masks of styles have nothing to guide; raise it or leave them "
         "out.");
  }
  if (!options.content_mask.empty() && options.content_weight == 0) {
    fail(
        ErrorKind::invalid_argument,
        "--content-weight is 0, so --content-mask has nothing to guide; raise it or leave the mask "
        "out.");
  }
  if (options.protect.empty() && options.protect_strength != StylizeOptions{}.protect_strength) {
    fail(ErrorKind::invalid_argument,
         "--protect-strength {} has nothing to protect; name a mask with --protect.",
         options.protect_strength);
  }
  if (!options.texture.empty() && options.style_weight == 0) {
    fail(ErrorKind::invalid_argument,
         "--style-weight is 0, so --texture has no use; raise it or leave the texture out.");
  }
  if (options.blend_mode == "statistics" && options.loss != "gram" &&
      options.loss != "wasserstein") {
    fail(ErrorKind::invalid_argument,
         "--blend-mode statistics mixes what --loss gram and wasserstein compare, not {}; use "
         "--blend-mode losses.",
         options.loss);
  }
}

std::size_t mask_count(const StylizeOptions& options) {
  const std::size_t styles =
      options.style_map.empty() ? options.style_mask.size() : options.style_map_colors.size() + 2;
  return 2 * styles + (options.content_mask.empty() ? 0 : 1) + (options.protect.empty() ? 0 : 2);
}

bool protects_faces(const StylizeOptions& options) {
  return std::find(options.protect.begin(), options.protect.end(), "faces") !=
         options.protect.end();
}

}  // namespace atelier::style
