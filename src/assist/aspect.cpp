// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "atelier/assist/crops.hpp"
#include "atelier/base/error.hpp"

namespace atelier::assist {
namespace {

std::optional<double> positive(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value > 0) || value > 1e6)
    return std::nullopt;
  return value;
}

}  // namespace

Aspect parse_aspect(std::string_view text, image::Size picture) {
  const auto width = static_cast<double>(picture.width),
             height = static_cast<double>(picture.height);
  if (text == "original") return {"original", width, height, false};
  if (text == "whole") return {"whole", width, height, true};
  const std::size_t colon = text.find(':');
  const auto across = colon == text.npos ? std::nullopt : positive(text.substr(0, colon)),
             down = colon == text.npos ? std::nullopt : positive(text.substr(colon + 1));
  if (!across || !down) {
    fail(ErrorKind::invalid_argument,
         "--aspect '{}' is no shape; use W:H as in 4:5, original or whole.", text);
  }
  if (std::max(*across / *down, *down / *across) > longest_aspect) {
    fail(ErrorKind::invalid_argument,
         "--aspect {} is longer than {}:1, the longest that is cropped to; use a shorter one.",
         text, longest_aspect);
  }
  return {std::string(text), *across, *down, false};
}

Box box_of(const image::Part& part, image::Size picture) {
  return {static_cast<double>(part.left) / picture.width,
          static_cast<double>(part.top) / picture.height,
          static_cast<double>(part.left + part.width) / picture.width,
          static_cast<double>(part.top + part.height) / picture.height};
}

image::Size crop_size(const Aspect& aspect, image::Size picture, int shorter) {
  const bool wide = aspect.across >= aspect.down;
  const double ratio = wide ? aspect.across / aspect.down : aspect.down / aspect.across;
  const int short_room = wide ? picture.height : picture.width,
            long_room = wide ? picture.width : picture.height;
  const auto longer = [&](int edge) { return static_cast<int>(std::lround(edge * ratio)); };
  int edge = std::min({shorter, short_room, static_cast<int>(std::ceil(long_room / ratio))});
  while (edge > 1 && longer(edge) > long_room) --edge;
  const int other = std::min(longer(edge), long_room);
  return wide ? image::Size{other, edge} : image::Size{edge, other};
}

}  // namespace atelier::assist
