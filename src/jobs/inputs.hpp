// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "atelier/image/file.hpp"
#include "atelier/jobs/stylize.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/style/options.hpp"

namespace atelier::jobs {

/// The picture with this long edge (0: its own). A picture of which either edge is shorter than 16
/// px in the file is refused too: blown up, it would be a patch of one colour.
[[nodiscard]] image::Image load_picture(const std::filesystem::path& path, int long_edge);

/// The picture at exactly this size.
[[nodiscard]] image::Image load_picture(const std::filesystem::path& path, image::Size size);

/// The pictures that lie in a folder itself, or that a pattern names (base/file_search.hpp),
/// sorted: files with a suffix of PNG, JPEG, TIFF or WebP, hidden ones left out. Throws Error
/// bad_input when it cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> pictures_in(const std::filesystem::path& folder);

/// The same of a folder and the folders within.
[[nodiscard]] std::vector<std::filesystem::path> pictures_below(
    const std::filesystem::path& folder);

/// A picture that was asked about.
struct AskedPicture {
  std::filesystem::path path;
  bool named = false;          ///< itself, not its folder or a pattern
  std::filesystem::path file;  ///< what it is however it is named: absolute, links followed
};

/// What was named: pictures themselves first, then those that lie in named folders or that patterns
/// name; each file once, and none of `leave_out` but by its own name. Throws as pictures_in().
[[nodiscard]] std::vector<AskedPicture> asked_pictures(
    const std::vector<std::filesystem::path>& named,
    const std::vector<std::filesystem::path>& leave_out = {});

/// All but the content that a request's pictures are, for a content of this size.
[[nodiscard]] style::StylizePictures load_pictures_for(const StylizeRequest& request,
                                                       image::Size size);

/// The backbone that the options name, with their pooling and padding.
[[nodiscard]] nets::FeatureNet load_backbone(const style::StylizeOptions& options);

}  // namespace atelier::jobs
