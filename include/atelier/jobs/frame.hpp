// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "atelier/assist/composition.hpp"
#include "atelier/assist/crops.hpp"
#include "atelier/assist/scene.hpp"
#include "atelier/base/options.hpp"

namespace atelier::jobs {

/// How a composition is looked at. Ranges and help stand in frame_option_table().
struct FrameOptions {
  std::vector<std::string> aspect{"original", "1:1", "4:5", "16:9"};
  int each = 1;              ///< crops of every shape
  std::string values = "3";  ///< or "5"
};
[[nodiscard]] const OptionTable<FrameOptions>& frame_option_table();

/// The composition of a picture, and crops of it.
struct FrameRequest {
  std::filesystem::path photo;
  std::filesystem::path output = {};  ///< a sheet of overlays; empty: none
  std::filesystem::path crop = {};    ///< the best crop at full resolution; empty: none
  bool straighten = false;            ///< level the picture first, where its tilt is certain
  FrameOptions options;
};

struct FrameReport {
  std::filesystem::path photo;
  image::Size size;      ///< px, of what crops are cut from: the picture, or its level part
  double turned = 0;     ///< degrees that it was turned clockwise
  assist::Level before;  ///< as the picture was, when straightening was asked for
  assist::Scene scene;
  assist::Composition composition;
  std::vector<assist::Proposal> proposals;
  std::optional<std::size_t> best;  ///< of the proposals, whose first crop is sure and scores most
  std::filesystem::path output, crop;
  bool straighten = false;
  int threads = 1;
  double seconds = 0;
  std::int64_t peak_rss_bytes = 0;
};
[[nodiscard]] nlohmann::json to_json(const FrameReport& report);

/// Looks at the picture with a long edge of 1024 px, finds faces, text and straight edges in it,
/// and things where the weights of EfficientNet-Lite0 are at hand (appraise/things.hpp), measures
/// its composition, proposes crops and writes what was asked for. The crop is cut from the picture
/// itself, upright, in strips of rows: pictures of any size; with the alpha and the depth of the
/// picture, tagged sRGB, with its recipe. To be levelled, a picture is held in memory whole.
///
/// Throws Error bad_input for what cannot be read, and where a crop is asked for and no shape has
/// one that cuts nothing; invalid_argument for options and for outputs that are the picture or each
/// other; io where nothing can be written; missing_capability where the detector of faces or a font
/// is absent. Outputs appear whole or not at all.
[[nodiscard]] FrameReport frame(const FrameRequest& request);

}  // namespace atelier::jobs
