// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/aesthetics.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "appraise/measures/measures.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"

namespace atelier::appraise {

Aesthetics measure(const image::Image& picture) {
  constexpr int least = 16;
  if (std::min(picture.width, picture.height) < least) {
    fail(ErrorKind::invalid_argument,
         "a picture of {} x {} px is too small to be appraised; each edge needs {} px.",
         picture.width, picture.height, least);
  }
  const image::Image small =
      std::max(picture.width, picture.height) > working_edge
          ? image::resize(picture,
                          image::fit_long_edge({picture.width, picture.height}, working_edge))
          : picture;
  const Plane luma = luma_of(picture);
  return {.colourfulness = colourfulness_of(small),
          .contrast = contrast_of(small),
          .sharpness = sharpness_of(luma),
          .noise = noise_of(luma),
          .blocking = blocking_of(luma),
          .complexity = complexity_of(luma_of(small))};
}

std::string_view colourfulness_word(double colourfulness) {
  constexpr std::array<std::pair<double, std::string_view>, 6> bounds{{{7.5, "not colourful"},
                                                                       {24, "slightly colourful"},
                                                                       {39, "moderately colourful"},
                                                                       {52, "averagely colourful"},
                                                                       {70.5, "quite colourful"},
                                                                       {95.5, "highly colourful"}}};
  for (const auto& [bound, word] : bounds) {
    if (colourfulness < bound) return word;
  }
  return "extremely colourful";
}

}  // namespace atelier::appraise
