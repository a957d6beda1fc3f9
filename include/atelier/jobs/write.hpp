// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/sequence/writing.hpp"
#include "atelier/verse/options.hpp"

namespace atelier::jobs {

/// What is written. Ranges and help stand in write_option_table().
struct WriteOptions {
  std::string model;
  std::string form;
  std::string title;
  std::string topic;
  double topic_weight = 4;
  std::uint64_t seed = 0;
  int count = 1;
  int length = 500;
  int chapters = 1;
  int drafts = 12;
  int copy_limit = -1;  ///< tokens; 0: any number, -1: three times what the model takes for a run
  std::string script = "auto";
  std::string precision = "fp16";
};
[[nodiscard]] const OptionTable<WriteOptions>& write_option_table();

/// Texts that a model writes: seed, seed + 1, ...
struct WriteRequest {
  std::string opening;           ///< how each begins, unless verse.first_line says it
  std::filesystem::path output;  ///< a text file; empty: none
  WriteOptions options;
  sequence::ChoiceOptions choice;
  verse::VerseOptions verse;  ///< of poems in a form
};

struct WrittenText {
  std::uint64_t seed = 0;
  std::string title, text;
  std::int64_t tokens = 0;  ///< that were written
  double bits = 0;          ///< by which the model was surprised, a character
  bool complete = false;    ///< ended by the model or the form, not by the length
  std::int64_t copied = 0;  ///< tokens of the longest run known from what was learned; 0: none
  std::string copied_text;
  std::vector<std::string> names;  ///< of people whom its chapters call again
  nlohmann::ordered_json form;     ///< what was asked and kept (verse/check.hpp); null: no form
};

struct WriteReport {
  std::filesystem::path output;
  std::vector<WrittenText> texts;
  double seconds = 0;  ///< of writing, without loading
  std::filesystem::path model;
  std::string model_sha256;
  std::int64_t peak_rss_bytes = 0;
};
[[nodiscard]] nlohmann::ordered_json to_json(const WriteReport& report);

/// The texts as one: each its title, a blank line and its lines; three line ends between two.
[[nodiscard]] std::string as_text(const WriteReport& report);

/// Writes them. `on_text`: told what is written as it is written, in whole characters. The same
/// request gives the same bytes on one kind of processor.
///
/// Throws Error missing_weights when there is no such model; bad_input when it is no model or what
/// was written repeats more of what was learned than `copy_limit`; invalid_argument for an option
/// out of range, a form that cannot be kept or is asked for in chapters, and characters that the
/// model does not know; cancelled when stopped, with nothing written to `output`.
[[nodiscard]] WriteReport write(const WriteRequest& request,
                                const std::function<void(std::string_view)>& on_text = {},
                                std::stop_token stop = {});

}  // namespace atelier::jobs
