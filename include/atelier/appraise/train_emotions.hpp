// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"

namespace atelier::appraise {

/// Ranges and help stand in emotion_option_table().
struct EmotionOptions {
  int parts = 16;
  std::uint64_t seed = 0;
  int threads = 0;
};
[[nodiscard]] const OptionTable<EmotionOptions>& emotion_option_table();

struct EmotionTraining {
  std::filesystem::path folder;  ///< the figures and the model; made when missing
  std::filesystem::path poems;   ///< many English poems, as verse::read_english_poems() reads them
  std::filesystem::path labels;  ///< poems that readers labelled, a row a line
                                 ///< (src/appraise/text/labelled_poems.hpp)
  EmotionOptions options;
};

struct EmotionsTrained {
  std::filesystem::path model;    ///< emotions.safetensors
  std::filesystem::path figures;  ///< figures.json
  nlohmann::ordered_json of;      ///< what figures.json holds
  double seconds = 0;
};

/// Learns what readers feel in English poems, from vectors of words (src/appraise/text/
/// word_vectors.hpp) and a ridge regression of readers' shares over pieces of four lines, and
/// measures it on poems left out (src/appraise/text/text_head.hpp). Only emotions that are told
/// better than by "the average of all poems" go into the model.
///
/// The same files, seed and number of threads give the same bytes on the same processor. Throws
/// Error bad_input for files that hold no such data, invalid_argument for fewer than two poems a
/// part, cancelled when `stop` was requested.
[[nodiscard]] EmotionsTrained train_emotions(const EmotionTraining& training,
                                             const OnProgress& on_progress = {},
                                             std::stop_token stop = {});

}  // namespace atelier::appraise
