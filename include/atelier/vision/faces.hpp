// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/image/mask.hpp"

namespace atelier::vision {

/// Where a face looks, as the viewer of the picture sees it.
enum class Facing { viewer, left, right };

/// A face: the square from about the brows to the chin and from ear to ear.
struct Face {
  double x = 0, y = 0;           ///< of its upper left corner, px; may lie just outside the picture
  double width = 0, height = 0;  ///< px
  double confidence = 0;  ///< 0..1, to rank by; made of the evidence below, not a probability
  Facing facing = Facing::viewer;  ///< left or right: seen from the side
};

struct FaceOptions {
  double min_size = 0.06;            ///< of a face, as share of the picture's short edge; 0..1
  double max_size = 1;               ///< the same; at least min_size
  double min_confidence = 0.65;      ///< 0..1; with the second cascade alone, from five windows on
  std::filesystem::path cascades{};  ///< folder of the detectors' data; empty: cascade_folder()
};

/// The folder with OpenCV's Haar cascades: ATELIER_CASCADES when set, else where OpenCV's packages
/// put them (/usr/share/opencv4/haarcascades and the like). Throws Error missing_capability with
/// the command that brings them when there is none.
[[nodiscard]] std::filesystem::path cascade_folder();

/// Finds faces, the surest first.
///
/// Source: Viola and Jones, "Rapid object detection using a boosted cascade of simple features",
/// CVPR 2001; Lienhart and Maydt, "An extended set of Haar-like features", ICIP 2002; both in
/// OpenCV, with the trained cascades of its data package.
///
/// The picture's luma is brought to a long edge of at most 1024 px and its histogram made even. The
/// cascade frontalface_alt2 proposes frontal faces, profileface those that look to the left and, in
/// the mirror, to the right. A cascade alone takes many a bush for a face, so each proposal needs a
/// witness: a second cascade (frontalface_default) that finds a face there too, or an eye
/// (eye_tree_eyeglasses) in its upper half. With n the windows around it that were proposed too,
///   confidence = 1 - 10 / (10 + n) * (1/2 when the second cascade agrees) * 0.7^(eyes, at most 2).
/// The parts were chosen by looking at what was found in 750 photographs.
///
/// The same picture gives the same faces with any number of threads. Upright faces only: heads
/// tilted beyond 20 degrees or so are missed, and so are most that are painted.
///
/// Throws Error invalid_argument for sizes outside their range and missing_capability when the data
/// is absent or damaged.
[[nodiscard]] std::vector<Face> find_faces(const image::Image& picture,
                                           const FaceOptions& options = {});

/// Soft ellipses over faces, from forehead to chin: 1 within, falling smoothly to 0 at 1.4 times
/// their size; where several reach, v of all is 1 - (1 - v1)(1 - v2)...
[[nodiscard]] image::Mask face_mask(image::Size size, const std::vector<Face>& faces);

/// face_mask() of find_faces(): all 0 when there are none.
[[nodiscard]] image::Mask face_mask(const image::Image& picture);

}  // namespace atelier::vision
