// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/appraise/appraiser.hpp"
#include "atelier/appraise/parts.hpp"
#include "atelier/appraise/text_emotions.hpp"
#include "atelier/base/options.hpp"
#include "atelier/base/progress.hpp"
#include "atelier/verse/portrait.hpp"

namespace atelier::jobs {

/// Ranges and help stand in appraise_option_table().
struct AppraiseOptions {
  int top = 5;        ///< how many classes of each kind, and texts that are alike, are told
  std::string model;  ///< a file that `train appraisal` made; empty: the one that comes along
  int threads = 0;    ///< 0: all
};

[[nodiscard]] const OptionTable<AppraiseOptions>& appraise_option_table();

/// What are these works?
struct AppraiseRequest {
  /// Pictures and texts (.txt), folders of them, patterns; of a folder that holds both, the
  /// pictures.
  std::vector<std::filesystem::path> works;
  std::vector<std::filesystem::path> reference;  ///< works by one painter, or texts, to compare
                                                 ///< with, the same
  std::filesystem::path page;        ///< an HTML page with all of it and pictures; empty: none
  std::filesystem::path text_model;  ///< what `train emotions` made; empty: what comes along
  bool origin = true;                ///< look for what the files say of how works came about
  AppraiseOptions options;
};

/// Whether a work was made by a machine, as far as its file tells. Nothing is said of a picture
/// that tells nothing.
struct Origin {
  enum class Maker { unknown, person, machine };
  Maker maker = Maker::unknown;
  std::vector<std::string> evidence;  ///< sentences, without capitals and full stops
};

struct AppraisedWork {
  std::filesystem::path path;
  int width = 0, height = 0;  ///< px
  appraise::Appraisal appraisal;
  std::optional<appraise::Attribution> attribution;  ///< where there is a reference
  std::vector<appraise::PartLikeness> parts;         ///< the same, unless the work is too small
  std::optional<Origin> origin;                      ///< where it was asked for
  double seconds = 0;                                ///< reading it and looking at it
};

/// A text of the reference that is like another.
struct NearText {
  std::filesystem::path path;
  double likeness = 0;              ///< 0..1, appraise::TextLikeness
  std::vector<std::string> shared;  ///< words or characters that make it so
};

/// A poem, or any other text in lines.
struct AppraisedText {
  std::filesystem::path path;
  std::string title, text;  ///< the text without its title
  verse::Portrait portrait;
  std::optional<appraise::FeltText> felt;  ///< of English texts
  std::vector<NearText> nearest;           ///< of the reference, the likest first
  double seconds = 0;
};

/// A work of a folder that could not be read, and why.
struct SkippedWork {
  std::filesystem::path path;
  std::string reason;
};

struct AppraiseReport {
  std::vector<AppraisedWork> works;
  std::vector<AppraisedText> texts;
  std::vector<SkippedWork> skipped;
  int top = 0;
  double seconds = 0;                       ///< loading the model included
  std::filesystem::path model, text_model;  ///< those that were needed
  std::string model_sha256, text_model_sha256, device;
  int threads = 0;
  std::int64_t peak_rss_bytes = 0;
};

[[nodiscard]] nlohmann::json to_json(const AppraiseReport& report);

/// "14 of 14 lines in metre, 6 of 7 rhymes": what a poem keeps of the form nearest to it; empty
/// where there is none.
[[nodiscard]] std::string kept_words(const verse::Portrait& portrait);

/// "like what networks of Atelier's paint, as 1 % of people's works are": empty where the model
/// knows nothing of that.
[[nodiscard]] std::string machine_words(const appraise::Appraisal& appraisal);

/// Appraises each work by itself, in the order they were named in, and writes the page.
///
/// A work that was named and cannot be read ends it; one that lies in a named folder is skipped
/// and reported. A file that is named twice counts once. A work that is itself in the reference is
/// compared with the rest of it. Pictures are compared with the reference's pictures, texts with
/// its texts. Throws Error bad_input when no work is left, or no reference of a kind that is asked
/// about, cancelled when `stop` was requested, and as appraise::Appraiser and appraise::load_eyes()
/// (for pictures), appraise::TextEmotions and verse's sounds (for texts).
[[nodiscard]] AppraiseReport appraise_works(const AppraiseRequest& request,
                                            const OnProgress& on_progress = {},
                                            std::stop_token stop = {});

}  // namespace atelier::jobs
