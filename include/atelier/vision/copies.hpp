// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "atelier/image/image.hpp"
#include "atelier/image/turn.hpp"

namespace atelier::vision {

/// How a picture shows what a work shows.
struct Copy {
  image::Part part;       ///< px of the work: what the picture has of it
  bool mirrored = false;  ///< the picture shows it the other way round
  int agreeing = 0;       ///< points that are the same in both and lie to each other as they did
};

/// Tells whether a picture and a work are one picture: cut, resized, turned, mirrored,
/// recompressed, recoloured, or the other way round. Works of one series, however alike, are not.
///
/// Source: points by SIFT (Lowe, "Distinctive image features from scale-invariant keypoints", IJCV
/// 2004) with the roots of their descriptors (Arandjelović, Zisserman, "Three things everyone
/// should know to improve object retrieval", CVPR 2012), paired where the nearest is clearly nearer
/// than the second; a similarity that 12 or more pairs at different places agree on (RANSAC,
/// Fischler, Bolles 1981), which span a twentieth of the picture's part.
///
/// Both are looked at with a long edge of 512 px. The same pictures give the same answer with any
/// number of threads. Flat pictures and those of less than 16 px an edge are never found.
class CopyFinder {
 public:
  explicit CopyFinder(const image::Image& picture);
  ~CopyFinder();
  CopyFinder(const CopyFinder&) = delete;
  CopyFinder& operator=(const CopyFinder&) = delete;

  [[nodiscard]] std::optional<Copy> in(const image::Image& work) const;

 private:
  struct Points;
  std::unique_ptr<const Points> picture_, mirrored_;
};

}  // namespace atelier::vision
