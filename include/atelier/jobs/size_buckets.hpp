// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

namespace atelier::jobs {

/// Shapes of pictures, width to height, narrow to wide. The first and the last hold what is
/// narrower or wider still.
inline constexpr std::array<std::string_view, 7> aspect_classes{"1:2", "2:3", "3:4", "1:1",
                                                                "4:3", "3:2", "2:1"};

/// Pictures of about one size and shape.
struct SizeBucket {
  int shorter_from = 16;   ///< px, a power of two: the shorter edge is this or more, below twice it
  std::size_t aspect = 0;  ///< a place in aspect_classes

  auto operator<=>(const SizeBucket&) const = default;
};

/// How many pictures each bucket holds; small and narrow ones first.
using SizeBuckets = std::map<SizeBucket, std::int64_t>;

/// The bucket of a picture of this size in px: of shapes the one whose ratio is nearest on a
/// logarithmic scale, so that a picture and the same one turned lie as far from 1:1. What is
/// smaller than 16 px counts with those from 16 px on.
[[nodiscard]] SizeBucket bucket_of(int width, int height);

}  // namespace atelier::jobs
