// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::image {

/// A picture, what stands below it, and the pictures that it comes from.
struct TreeNode {
  Image picture;
  std::string label;
  std::vector<TreeNode> parents;
};

/// Draws a family on white: the child below, its parents above it side by side, theirs above them,
/// joined by lines. `cell`: px, long edge of each picture. Throws Error invalid_argument when the
/// sheet would pass 30,000 px an edge; missing_capability where the image library draws no text.
[[nodiscard]] Image tree_sheet(const TreeNode& child, int cell = 160);

}  // namespace atelier::image
