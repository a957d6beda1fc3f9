// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "atelier/base/options.hpp"
#include "atelier/image/colour_difference.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/score.hpp"

namespace atelier::jobs {

/// How a score looks at its pictures.
struct ScoreExtras {
  std::string channel = "all";  ///< "luminance": every picture turned to grey of the same lightness
};
[[nodiscard]] const OptionTable<ScoreExtras>& score_extras_table();

/// A result of any program, to be measured against the photograph and the painting it came from.
struct ScoreRequest {
  std::filesystem::path content, style, result;
  std::filesystem::path mask;  ///< scores only what is white there; empty: everything
  int size = 0;                ///< long edge, px; 0: the result's own
  style::StylizeOptions
      options;  ///< of these: backbone, pooling, padding, weights, device, threads
  ScoreExtras extras;
};

struct ScoreReport {
  style::Score score;
  double total_gram = 0;  ///< content_weight * content + style_weight * gram + tv_weight * tv
  double total_wasserstein = 0;     ///< the same with wasserstein
  image::ChromaError chroma_error;  ///< of the result to the content, whatever the channel
  std::string channel;
  double content_weight = 0, style_weight = 0, tv_weight = 0;
  int width = 0, height = 0;  ///< px, that the pictures were compared at
  std::string model, device;
};

[[nodiscard]] nlohmann::json to_json(const ScoreReport& report);

/// Brings content and result to one size, the style to the same long edge, and measures.
/// Throws Error invalid_argument when content and result differ in shape by more than a pixel, and
/// as image::load, nets::FeatureNet::load and style::score.
[[nodiscard]] ScoreReport score(const ScoreRequest& request);

}  // namespace atelier::jobs
