// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/studio/thumbnail.hpp"

namespace atelier::studio {

void write_thumbnail(const std::filesystem::path& picture, const std::filesystem::path& output,
                     int edge) {
  if (edge < 16 || edge > 4096)
    fail(ErrorKind::invalid_argument, "--edge takes 16..4096 px, not {}.", edge);
  const image::FileInfo info = image::probe(picture);
  const int own = std::max(info.size.width, info.size.height);
  const image::Image small =
      image::load(picture, {.long_edge = std::min(edge, own), .min_edge = 1});
  image::save(small, output, {.bits = 8, .quality = 85});
}

}  // namespace atelier::studio
