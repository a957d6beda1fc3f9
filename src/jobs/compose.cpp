// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/compose.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/jobs/version.hpp"
#include "jobs/music/composer.hpp"
#include "jobs/music/save_music.hpp"
#include "jobs/own_model.hpp"
#include "jobs/precision.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

/// The model that was named, or that comes along for a kind.
fs::path model_of(const ComposeOptions& options, const MusicKind& kind) {
  if (!options.model.empty()) return options.model;
  return own_model(
      kind.name, fmt::format("name a model that `atelier train music --kind {}` made with --model",
                             kind.name));
}

sequence::TextModel opened(const fs::path& file, const MusicKind& kind) {
  sequence::TextModel model = sequence::TextModel::load(file);
  if (model.tokenizer().kind() != "events" ||
      model.tokenizer().vocabulary() != event_count(kind.vocabulary)) {
    fail(ErrorKind::bad_input,
         "{} is no model of {}; name one that `atelier train music --kind {}` made.", file.string(),
         kind.name, kind.name);
  }
  return model;
}

class Run {
 public:
  Run(const ComposeRequest& request, std::stop_token stop)
      : request_(request),
        stop_(std::move(stop)),
        kind_(music_kind(request.options.kind)),
        plan_(make_plan(kind_, request.options)),
        file_(model_of(request.options, kind_)),
        model_(opened(file_, kind_)),
        decoder_(model_.decoder(precision_of(request.options.precision))) {}

  ComposeReport pieces(const OnProgress& on_progress) {
    ComposeReport report;
    {
      const Stopwatch watch(report.seconds);
      for (int i = 0; i < request_.options.count; ++i) {
        if (on_progress) {
          Progress progress;
          progress.stage = kind_.name;
          progress.done = i;
          progress.total = request_.options.count;
          on_progress(progress);
        }
        report.pieces.push_back(piece(i));
      }
    }
    report.model = file_;
    report.model_sha256 = model_.digest();
    report.peak_rss_bytes = peak_rss_bytes();
    return report;
  }

 private:
  [[nodiscard]] int copy_limit() const {
    return request_.options.copy_limit < 0 ? kind_.copy_limit : request_.options.copy_limit;
  }

  [[nodiscard]] std::string recipe(std::uint64_t seed) const {
    nlohmann::json options = compose_option_table().to_json(request_.options);
    options.update(sequence::choice_option_table().to_json(request_.choice));
    options["seed"] = seed;
    options.erase("count");
    return nlohmann::json{{"version", version()},
                          {"command", "compose"},
                          {"options", options},
                          {"model_sha256", model_.digest()}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  ComposedPiece piece(int number) {
    const std::uint64_t seed = request_.options.seed + static_cast<std::uint64_t>(number);
    const Composer composer(model_, *decoder_, *plan_, request_.choice, copy_limit(),
                            request_.options.drafts);
    const Composition made = composer.compose(seed, stop_);
    ComposedPiece piece;
    piece.seed = seed;
    piece.tokens = static_cast<std::int64_t>(made.piece.size() - made.given);
    piece.nats = made.nats / static_cast<double>(piece.tokens + 1);
    piece.complete = made.complete;
    piece.drafts = made.drafts;
    piece.copied = static_cast<std::int64_t>(made.copied.count);
    for (std::size_t i = 0; i < made.copied.count; ++i) {
      const int id = made.piece[made.given + made.copied.first + i];
      piece.copied_notes += kind_.strikes_note(id) ? 1 : 0;
    }
    if (copy_limit() > 0 && piece.copied > copy_limit()) {
      fail(ErrorKind::bad_input,
           "seed {} repeats {} tokens, {} notes, of a piece that the model learned from; choose "
           "another --seed, or allow it with --copy-limit 0.",
           seed, piece.copied, piece.copied_notes);
    }
    piece.ending = plan_->ending(made.piece);
    piece.measured = plan_->measured(made.piece);
    const music::Score score = plan_->score(made.piece);
    for (const fs::path& output : request_.outputs) {
      piece.outputs.push_back(numbered(output, number + 1, request_.options.count));
      save_music(score, piece.outputs.back(), recipe(seed), stop_);
    }
    return piece;
  }

  const ComposeRequest& request_;
  std::stop_token stop_;
  const MusicKind& kind_;
  std::unique_ptr<MusicPlan> plan_;
  fs::path file_;
  sequence::TextModel model_;
  std::unique_ptr<sequence::Decoder> decoder_;
};

}  // namespace

const OptionTable<ComposeOptions>& compose_option_table() {
  using O = ComposeOptions;
  static const OptionTable<O> table{
      {&O::kind, {"kind", "Piece", "what music it is", "", {}, {}, music_kind_names(), {}}},
      {&O::primer,
       {"primer",
        "Piece",
        "a .mid or .abc file to go on from; it stays as it is",
        "",
        {},
        {},
        {},
        {}}},
      {&O::harmonise,
       {"harmonise",
        "Piece",
        "a .mid or .abc file whose first voice becomes a chorale's soprano, as it is",
        "",
        {},
        {},
        {},
        {}}},
      {&O::key,
       {"key",
        "Piece",
        "such as G, F#m, 'Bb major', of folk tunes also 'D dorian'; none: any",
        "",
        {},
        {},
        {},
        {}}},
      {&O::metre,
       {"metre", "Piece", "such as 3/4; none: 4/4, of folk tunes any", "", {}, {}, {}, {}}},
      {&O::tempo, {"tempo", "Piece", "quarters a minute", "", 0, 400, {}, {{"usual", 0}}}},
      {&O::bars,
       {"bars",
        "Piece",
        "how many in all, a primer's among them, a pickup not; any: as the model ends it",
        "bars",
        0,
        250,
        {},
        {{"any", 0}}}},
      {&O::instruments,
       {"instruments",
        "Piece",
        "General MIDI's number of each voice's, counted from 0; none: the kind's",
        "",
        0,
        127,
        {},
        {}}},
      {&O::seed, {"seed", "Piece", "the first piece's number", "", {}, {}, {}, {}}},
      {&O::count, {"count", "Piece", "how many pieces", "", 1, 10'000, {}, {}}},
      {&O::copy_limit,
       {"copy-limit",
        "Piece",
        "tokens in a row that may be those of a piece that was learned from; 0: any number",
        "tokens",
        -1,
        1'000'000,
        {},
        {{"kind", -1}}}},
      {&O::drafts,
       {"drafts",
        "Choice",
        "how often a bar that breaks rules is drawn, to keep the best",
        "",
        1,
        1000,
        {},
        {}}},
      {&O::model,
       {"model", "Run", "the file of a model, as train music wrote it", "", {}, {}, {}, {}}},
      {&O::precision,
       {"precision",
        "Run",
        "what the model's numbers are: fp16 as in its file, int8 for less memory, fp32 by libtorch",
        "",
        {},
        {},
        {"fp16", "int8", "fp32"},
        {}}},
  };
  return table;
}

sequence::ChoiceOptions compose_choice_defaults() {
  sequence::ChoiceOptions choice;
  choice.temperature = 1;
  choice.top_p = 0.97;
  return choice;
}

nlohmann::ordered_json to_json(const ComposeReport& report) {
  nlohmann::ordered_json pieces = nlohmann::ordered_json::array();
  for (const ComposedPiece& piece : report.pieces) {
    nlohmann::ordered_json outputs = nlohmann::ordered_json::array();
    for (const fs::path& output : piece.outputs) outputs.push_back(output.string());
    nlohmann::ordered_json one{
        {"seed", piece.seed},
        {"output", outputs},
        {"tokens", piece.tokens},
        {"nats_per_token", piece.nats},
        {"complete", piece.complete},
        {"ending", piece.ending},
        {"copied", {{"tokens", piece.copied}, {"notes", piece.copied_notes}}},
        {"drafts", piece.drafts}};
    for (const auto& [name, value] : piece.measured.items()) one[name] = value;
    pieces.push_back(std::move(one));
  }
  return {{"pieces", pieces},
          {"seconds", report.seconds},
          {"model", report.model.string()},
          {"model_sha256", report.model_sha256},
          {"peak_rss_bytes", report.peak_rss_bytes}};
}

ComposeReport compose(const ComposeRequest& request, const OnProgress& on_progress,
                      std::stop_token stop) {
  static_cast<void>(music_kind(request.options.kind));
  check_music_outputs(request.outputs);
  return Run(request, std::move(stop)).pieces(on_progress);
}

}  // namespace atelier::jobs
