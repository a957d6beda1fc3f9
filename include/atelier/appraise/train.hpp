// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/nets/feature_net.hpp"

namespace atelier::appraise {

/// Options of a training. Ranges, units and help stand once, in appraisal_option_table().
struct AppraisalOptions {
  int splits = 5;
  std::string split = "artists";
  std::string viewers = "ImageOnly: ";
  std::uint64_t seed = 0;
  int threads = 0;
};
[[nodiscard]] const OptionTable<AppraisalOptions>& appraisal_option_table();

/// What is learned from. Every part but the styles may be left out.
struct AppraisalTraining {
  std::filesystem::path folder;  ///< what was seen, the figures and the model; made when missing
  std::vector<std::filesystem::path> styles;  ///< folders with a folder for each class, in which
                                              ///< pictures are named ARTIST_TITLE
  std::filesystem::path emotions;             ///< a folder of pictures named ID ...
  std::filesystem::path
      shares;  ///< ... and a table of viewers' shares (src/appraise/collection.hpp)
  std::filesystem::path
      content;                ///< a picture of each of ImageNet's classes, named SYNSET_NAME ...
  std::filesystem::path top;  ///< ... and EfficientNet-Lite0's weights with their classifier
  /// Pictures by kinds of machine and by people (src/appraise/machine_head.hpp).
  std::filesystem::path machines;
  AppraisalOptions options;
};

struct AppraisalTrained {
  std::filesystem::path model;      ///< model.safetensors
  std::filesystem::path figures;    ///< figures.json
  std::filesystem::path confusion;  ///< confusion.png
  nlohmann::ordered_json of;        ///< what figures.json holds
  double seconds = 0;
};

/// Learns the heads of an appraisal and measures them on artists never seen.
///
/// Classes of the same name in several folders are one class. Works are joined into groups that no
/// split tears apart: by artist and by likeness (src/appraise/artists.hpp); groups are divided into
/// `splits` parts, and each part is judged by heads that saw none of it
/// (src/appraise/style_head.hpp). Then all is learned from, and shipped. With `split` "works",
/// artists are torn apart, as in figures that others publish: for comparison alone.
///
/// The folder keeps what was seen of each picture: a run that was interrupted goes on, and one that
/// is repeated gives the same bytes, on the same processor with the same number of threads.
///
/// Throws Error bad_input for folders and tables that hold no such data, invalid_argument when of
/// emotions and shares, or of content and top, one is missing, cancelled when `stop` was requested
/// (what was seen is kept). `eyes`: load_eyes() of appraiser.hpp.
AppraisalTrained train_appraisal(nets::FeatureNet eyes, const AppraisalTraining& training,
                                 const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace atelier::appraise
