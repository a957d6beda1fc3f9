// SPDX-License-Identifier: Apache-2.0
#include "jobs/inputs.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "atelier/base/error.hpp"
#include "atelier/base/file_search.hpp"
#include "atelier/fast/stylize.hpp"
#include "image/formats.hpp"
#include "jobs/one_pass.hpp"
#include "jobs/output_paths.hpp"

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
  std::vector<std::filesystem::path> found;
  if (is_pattern(folder.string())) {
    found = files_named(folder.string()).files;
  } else {
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
      std::error_code unknown;  // what cannot be looked at is reported when it is opened
      if (!at->is_directory(unknown)) found.push_back(at->path());
    }
    if (error) {
      fail(ErrorKind::bad_input, "the folder {} cannot be read ({}).", folder.string(),
           error.message());
    }
  }
  std::erase_if(found, [](const std::filesystem::path& path) {
    return path.filename().string().starts_with('.') || !image::format_of_suffix(path);
  });
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::filesystem::path> pictures_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found = files_in(folder).files;
  std::erase_if(found,
                [](const std::filesystem::path& path) { return !image::format_of_suffix(path); });
  return found;
}

namespace {

std::filesystem::path same_file(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::weakly_canonical(path, error);
  return error ? path : whole;
}

/// Whether a folder or a pattern was named, not a picture.
bool is_many(const std::filesystem::path& named) {
  return is_pattern(named.string()) || std::filesystem::is_directory(named);
}

int style_edge(const style::StylizeOptions& options, image::Size content) {
  constexpr int min_edge = 16;  // px, of every picture
  const double edge = std::max(content.width, content.height) * options.style_scale;
  return std::max(min_edge, static_cast<int>(std::lround(edge)));
}

}  // namespace

std::vector<AskedPicture> asked_pictures(const std::vector<std::filesystem::path>& named,
                                         const std::vector<std::filesystem::path>& leave_out) {
  std::vector<AskedPicture> all;
  std::set<std::filesystem::path> known;
  const auto add = [&](const std::filesystem::path& path, bool itself) {
    const std::filesystem::path file = same_file(path);
    if (known.insert(file).second) all.push_back({path, itself, file});
  };
  for (const std::filesystem::path& path : named) {
    if (!is_many(path)) add(path, true);
  }
  for (const std::filesystem::path& path : leave_out) known.insert(same_file(path));
  for (const std::filesystem::path& path : named) {
    if (!is_many(path)) continue;
    for (const std::filesystem::path& picture : pictures_in(path)) add(picture, false);
  }
  return all;
}

style::StylizePictures load_pictures_for(const StylizeRequest& request, image::Size size) {
  const style::StylizeOptions& options = request.options;
  style::StylizePictures pictures;
  // Styles are read at the size they are used at: a large scan never stands in memory whole.
  const int edge =
      in_one_pass(options) ? fast::style_edge(options, size) : style_edge(options, size);
  for (const std::filesystem::path& style : request.styles)
    pictures.styles.push_back(load_picture(style, edge));
  if (init_is_file(request.options)) pictures.init = load_picture(request.options.init, size);
  if (!request.options.texture.empty()) {
    pictures.texture = load_picture(request.options.texture, edge);
  }
  return pictures;
}

nets::FeatureNet load_backbone(const style::StylizeOptions& options) {
  return nets::FeatureNet::load(
      options.backbone,
      {.pooling = options.pooling == "average" ? nets::Pooling::average : nets::Pooling::max,
       .padding = options.padding == "zero" ? nets::Padding::zero : nets::Padding::replicate,
       .strides = options.strides == "smooth" ? nets::Strides::smooth : nets::Strides::trained});
}

}  // namespace atelier::jobs
