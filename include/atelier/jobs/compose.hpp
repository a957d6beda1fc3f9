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
#include "atelier/sequence/writing.hpp"

namespace atelier::jobs {

/// What is composed. Ranges and help stand in compose_option_table().
struct ComposeOptions {
  std::string kind;
  std::string model;
  std::string primer;
  std::string harmonise;
  std::string key;
  std::string metre;
  int tempo = 0;
  int bars = 0;
  std::vector<double> instruments;
  std::uint64_t seed = 0;
  int count = 1;
  int copy_limit = -1;
  int drafts = 8;
  std::string precision = "fp16";
};
[[nodiscard]] const OptionTable<ComposeOptions>& compose_option_table();

/// How a composer chooses, where nothing is said.
[[nodiscard]] sequence::ChoiceOptions compose_choice_defaults();

/// Pieces that a model composes: seed, seed + 1, ... Each is written in every form that `outputs`
/// name by suffix: .mid, .wav, .flac, .ogg, .abc, .musicxml, .svg, .pdf, .png (a piano roll). Of
/// several pieces, each gets -1, -2, ... before the suffix.
struct ComposeRequest {
  std::vector<std::filesystem::path> outputs;
  ComposeOptions options;
  sequence::ChoiceOptions choice = compose_choice_defaults();
};

struct ComposedPiece {
  std::uint64_t seed = 0;
  std::vector<std::filesystem::path> outputs;
  std::int64_t tokens = 0;  ///< that were composed
  double nats = 0;          ///< by which the model was surprised, a token, given voices included
  bool complete = false;    ///< ended by the model, not by its length
  std::string ending;       ///< a chorale's cadence (music/cadence.hpp); else "tonic" or "other"
  std::int64_t copied = 0;  ///< tokens of the longest run known from what was learned; 0: none
  std::int64_t copied_notes = 0;  ///< struck in it
  int drafts = 0;                 ///< stretches that were drawn, those that were kept among them
  nlohmann::json measured;        ///< as music/report.hpp says; of a chorale also "voice_leading"
};

struct ComposeReport {
  std::vector<ComposedPiece> pieces;
  double seconds = 0;  ///< of composing and writing, without loading
  std::filesystem::path model;
  std::string model_sha256;
  std::int64_t peak_rss_bytes = 0;
};
[[nodiscard]] nlohmann::ordered_json to_json(const ComposeReport& report);

/// Composes them. What a primer or a melody to be harmonised gives stays as it is. The same request
/// gives the same bytes on one kind of processor.
///
/// Throws Error missing_weights when there is no such model; bad_input when it is no model of this
/// kind, a file given is damaged, or a piece repeats more of what was learned than `copy_limit`;
/// invalid_argument for an option out of range or that the kind has no use for, and music that does
/// not fit its tokens; missing_capability where an output needs a sound font or an engraver that is
/// not here; io; cancelled when stopped.
[[nodiscard]] ComposeReport compose(const ComposeRequest& request,
                                    const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace atelier::jobs
