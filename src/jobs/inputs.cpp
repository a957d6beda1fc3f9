// SPDX-License-Identifier: Apache-2.0
#include "jobs/inputs.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string_view>

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

std::vector<std::filesystem::path> pictures_in(const std::filesystem::path& folder) {
  static constexpr std::string_view suffixes[] = {".png", ".jpg",  ".jpeg",
                                                  ".tif", ".tiff", ".webp"};
  std::vector<std::filesystem::path> found;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::filesystem::path& path = at->path();
    std::string suffix = path.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool picture =
        std::find(std::begin(suffixes), std::end(suffixes), suffix) != std::end(suffixes);
    std::error_code unknown;  // what cannot be looked at is reported when it is opened
    if (!picture || path.filename().string().starts_with('.') || at->is_directory(unknown))
      continue;
    found.push_back(path);
  }
  if (error) {
    fail(ErrorKind::bad_input, "the folder {} cannot be read ({}).", folder.string(),
         error.message());
  }
  std::sort(found.begin(), found.end());
  return found;
}

nets::FeatureNet load_backbone(const style::StylizeOptions& options) {
  return nets::FeatureNet::load(
      options.backbone,
      {.pooling = options.pooling == "average" ? nets::Pooling::average : nets::Pooling::max,
       .padding = options.padding == "zero" ? nets::Padding::zero : nets::Padding::replicate,
       .strides = options.strides == "smooth" ? nets::Strides::smooth : nets::Strides::trained});
}

}  // namespace atelier::jobs
