// SPDX-License-Identifier: Apache-2.0
#include "jobs/inputs.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::jobs {

image::Image load_picture(const std::filesystem::path& path, int long_edge) {
  const image::LoadOptions options{.long_edge = long_edge};
  const image::Size size = image::probe(path).size;
  if (std::min(size.width, size.height) < options.min_edge) {
    fail(ErrorKind::bad_input, "{} is {} x {} px; each edge must have at least {} px.",
         path.string(), size.width, size.height, options.min_edge);
  }
  return image::load(path, options);
}

image::Image load_picture(const std::filesystem::path& path, image::Size size) {
  image::Image picture = load_picture(path, std::max(size.width, size.height));
  if (image::Size{picture.width, picture.height} == size) return picture;
  return image::resize(picture, size);
}

nets::FeatureNet load_backbone(const style::StylizeOptions& options) {
  return nets::FeatureNet::load(
      options.backbone,
      {.pooling = options.pooling == "average" ? nets::Pooling::average : nets::Pooling::max,
       .padding = options.padding == "zero" ? nets::Padding::zero : nets::Padding::replicate,
       .strides = options.strides == "smooth" ? nets::Strides::smooth : nets::Strides::trained});
}

}  // namespace atelier::jobs
