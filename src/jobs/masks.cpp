// SPDX-License-Identifier: Apache-2.0
#include "jobs/masks.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/image/colour_map.hpp"
#include "atelier/image/file.hpp"
#include "atelier/style/regions.hpp"
#include "atelier/vision/faces.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

int long_edge(image::Size size) {
  return std::max(size.width, size.height);
}

/// As it is stored, or smaller where the photograph is. Refuses another shape.
image::Image load_of_shape(const fs::path& path, image::Size photograph) {
  const image::Size size = image::probe(path).size;
  if (!image::same_shape(size, photograph)) {
    fail(
        ErrorKind::bad_input,
        "{} is {} x {} px and the photograph is painted at {} x {}; a mask must have its shape, at "
        "any size.",
        path.string(), size.width, size.height, photograph.width, photograph.height);
  }
  const int edge = std::min(long_edge(size), long_edge(photograph));
  return image::load(path, {.long_edge = edge, .min_edge = 1});
}

void check_counts(const image::Mask& mask, const fs::path& path) {
  if (std::any_of(mask.values.begin(), mask.values.end(), [](float v) { return v > 0; })) return;
  fail(ErrorKind::bad_input,
       "{} is black throughout, so that nothing counts; paint white where something shall.",
       path.string());
}

std::vector<std::optional<image::Mask>> masks_of_map(const style::StylizeOptions& options,
                                                     image::Size photograph, std::size_t styles) {
  const std::vector<std::string> words = style::map_colours(options, styles);
  std::vector<image::Colour> colours;
  for (const std::string& word : words) {
    if (word != "-") colours.push_back(image::parse_colour(word));
  }
  const image::Image map = load_of_shape(options.style_map, photograph);
  std::vector<image::Mask> masks;
  try {
    masks = image::split_by_colours(map, colours);
  } catch (const Error& error) {
    fail(error.kind(), "{} cannot be taken as a map: {}", options.style_map, error.what());
  }
  std::vector<std::optional<image::Mask>> result;
  auto next = masks.begin();
  for (const std::string& word : words) {
    if (word == "-") {
      result.emplace_back();
      continue;
    }
    const image::Mask& mask = *next++;
    if (std::none_of(mask.values.begin(), mask.values.end(), [](float v) { return v > 0.5F; })) {
      fail(ErrorKind::bad_input,
           "{} has nothing in {}, a style's colour; paint its place, or give that style - in "
           "--style-map-colors.",
           options.style_map, word);
    }
    result.emplace_back(image::resize(mask, photograph));
  }
  return result;
}

}  // namespace

image::Mask load_mask(const fs::path& path, image::Size photograph) {
  const image::Mask mask = image::mask_of(load_of_shape(path, photograph));
  check_counts(mask, path);
  return image::resize(mask, photograph);
}

LoadedMasks load_masks(const style::StylizeOptions& options, const image::Image& photograph,
                       std::size_t styles) {
  const image::Size size{photograph.width, photograph.height};
  LoadedMasks loaded;
  style::StylizeMasks& masks = loaded.masks;
  const auto of_faces = [&] {
    const std::vector<vision::Face> faces = vision::find_faces(photograph);
    loaded.faces = faces.size();
    return vision::face_mask(size, faces);
  };
  for (const std::string& file : options.style_mask) {
    masks.styles.emplace_back();
    if (file != "-") masks.styles.back() = load_mask(file, size);
  }
  if (!options.style_map.empty()) masks.styles = masks_of_map(options, size, styles);
  if (!options.content_mask.empty()) masks.content = load_mask(options.content_mask, size);
  for (const std::string& word : options.protect) {
    const image::Mask mask = word == "faces" ? of_faces() : load_mask(word, size);
    if (!masks.protect) {
      masks.protect = mask;
      continue;
    }
    std::transform(mask.values.begin(), mask.values.end(), masks.protect->values.begin(),
                   masks.protect->values.begin(), [](float a, float b) { return std::max(a, b); });
  }
  return loaded;
}

}  // namespace atelier::jobs
