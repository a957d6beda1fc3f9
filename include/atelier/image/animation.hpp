// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::image {

/// What an animated picture declares.
struct AnimationInfo {
  Size size;
  std::int64_t frames = 0;
  std::vector<int> delays;  ///< ms that each frame is shown; 0 where the file says none
  int loops = 0;            ///< times it is played; 0 for ever
  bool alpha = false;
};

/// The frames of an animated WebP, one after the other, each whole as it is seen: laid over those
/// before as the file asks. Decoded as they are asked for, in the memory of one.
///
/// Throws Error bad_input when the file is missing, of another type, damaged, not animated, or has
/// more frames than libvips can hold one below the other (10 million rows).
class Animation {
 public:
  explicit Animation(const std::filesystem::path& path);
  ~Animation();
  Animation(Animation&&) noexcept;
  Animation& operator=(Animation&&) noexcept;

  [[nodiscard]] const AnimationInfo& info() const noexcept;

  /// The next frame; at most info().frames times.
  [[nodiscard]] Image next();
  /// next() will give the first frame.
  void rewind();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace atelier::image
