// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::jobs {

/// Tells pictures of the same work apart from others, whatever their size, quality and slight
/// cropping: by the correlation of what is left of them at 16 x 16 px.
class LookAlike {
 public:
  /// `alike`: the correlation from which on two are the same. 0.9 finds crops and other scans; 0.98
  /// other sizes and qualities alone, where many works resemble each other.
  explicit LookAlike(float alike = 0.9F) : alike_(alike) {}

  void add(const image::Image& picture);
  /// Whether one that was added is the same.
  [[nodiscard]] bool knows(const image::Image& picture) const;

 private:
  using Thumbnail = std::array<float, 16 * 16 * 3>;  // mean 0, length 1
  [[nodiscard]] static Thumbnail thumbnail(const image::Image& picture);

  float alike_;
  std::vector<Thumbnail> known_;
};

}  // namespace atelier::jobs
