// SPDX-License-Identifier: Apache-2.0
#include "jobs/picture_region.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "atelier/base/error.hpp"

namespace atelier::jobs {

PictureRegion picture_region(const std::string& text, image::Size picture) {
  constexpr int smallest = 16;
  std::array<int, 4> numbers{};
  const char* at = text.data();
  const char* const end = at + text.size();
  bool read = true;
  for (std::size_t i = 0; i < numbers.size() && read; ++i) {
    if (i > 0) read = at != end && *at++ == ',';
    const auto [behind, error] = std::from_chars(at, end, numbers[i]);
    read = read && error == std::errc();
    at = behind;
  }
  const PictureRegion region{numbers[0], numbers[1], numbers[2], numbers[3]};
  if (!read || at != end) {
    fail(ErrorKind::invalid_argument,
         "--region '{}' is no part of a picture; write x,y,width,height in px.", text);
  }
  if (region.x < 0 || region.y < 0 || region.width < smallest || region.height < smallest ||
      region.x > picture.width - region.width || region.y > picture.height - region.height) {
    fail(ErrorKind::invalid_argument,
         "--region {} is not within the picture of {} x {} px, or smaller than {} px an edge.",
         text, picture.width, picture.height, smallest);
  }
  return region;
}

image::Image cut_out(const image::Image& picture, const PictureRegion& region) {
  image::Image part{region.width, region.height, {}, {}, picture.bits};
  const auto row = [&](const std::vector<float>& from, int y, int channels,
                       std::vector<float>& to) {
    const auto first = from.begin() + channels * (std::ptrdiff_t{y} * picture.width + region.x);
    to.insert(to.end(), first, first + std::ptrdiff_t{channels} * region.width);
  };
  for (int y = region.y; y < region.y + region.height; ++y) {
    row(picture.rgb, y, 3, part.rgb);
    if (!picture.alpha.empty()) row(picture.alpha, y, 1, part.alpha);
  }
  return part;
}

}  // namespace atelier::jobs
