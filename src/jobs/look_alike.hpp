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
  void add(const image::Image& picture);
  /// Whether one that was added correlates with it by 0.9 at least.
  [[nodiscard]] bool knows(const image::Image& picture) const;

 private:
  using Thumbnail = std::array<float, 16 * 16 * 3>;  // mean 0, length 1
  [[nodiscard]] static Thumbnail thumbnail(const image::Image& picture);

  std::vector<Thumbnail> known_;
};

}  // namespace atelier::jobs
