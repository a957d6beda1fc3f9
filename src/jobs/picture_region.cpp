// SPDX-License-Identifier: Apache-2.0
#include "jobs/picture_region.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "atelier/base/error.hpp"

namespace atelier::jobs {

image::Part picture_region(const std::string& text, image::Size picture) {
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
  const image::Part region{numbers[0], numbers[1], numbers[2], numbers[3]};
  if (!read || at != end) {
    fail(ErrorKind::invalid_argument,
         "--region '{}' is no part of a picture; write x,y,width,height in px.", text);
  }
  if (region.left < 0 || region.top < 0 || region.width < smallest || region.height < smallest ||
      region.left > picture.width - region.width || region.top > picture.height - region.height) {
    fail(ErrorKind::invalid_argument,
         "--region {} is not within the picture of {} x {} px, or smaller than {} px an edge.",
         text, picture.width, picture.height, smallest);
  }
  return region;
}

}  // namespace atelier::jobs
