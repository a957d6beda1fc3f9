// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/write.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/sequence/document.hpp"
#include "jobs/chinese_script.hpp"
#include "jobs/own_model.hpp"
#include "jobs/poem_form.hpp"
#include "jobs/precision.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

/// The model of stories that comes along for the language in which something is asked.
std::string model_for_story(const WriteRequest& request) {
  const WriteOptions& options = request.options;
  return has_chinese(request.opening + options.title + options.topic) ? "stories_zh" : "stories_en";
}

/// The model that was named, or that comes along for what is asked.
fs::path model_of(const WriteRequest& request) {
  const WriteOptions& options = request.options;
  if (!options.model.empty()) return options.model;
  const std::string name =
      options.form.empty() ? model_for_story(request) : model_for_form(options.form);
  return own_model(name, "name a model that `atelier train text` made with --model");
}

/// The same text as `write` prints it.
std::string shown(const WrittenText& text) {
  return text.title.empty() ? text.text : text.title + "\n\n" + text.text;
}

class Run {
 public:
  Run(const WriteRequest& request, const std::function<void(std::string_view)>& on_text,
      std::stop_token stop)
      : request_(request),
        on_text_(on_text),
        stop_(std::move(stop)),
        file_(model_of(request)),
        model_(sequence::TextModel::load(file_)),
        decoder_(model_.decoder(precision_of(request.options.precision))),
        script_(request.options.script, model_.tokenizer()),
        verse_(request.verse) {
    const auto take = [this](std::string& text) { text = script_.taken(text); };
    take(asked_.opening = request.opening);
    take(asked_.title = request.options.title);
    take(asked_.topic = request.options.topic);
    if (request.options.form.empty()) return;
    if (request.options.chapters > 1) {
      fail(ErrorKind::invalid_argument, "a poem in a form has no chapters; leave --chapters out.");
    }
    take(verse_.first_line);
    take(verse_.acrostic);
    if (verse_.first_line.empty()) verse_.first_line = asked_.opening;
    asked_.opening = verse_.first_line;
    form_ = std::make_unique<PoemForm>(request.options.form, verse_, model_);
  }

  void write(WriteReport& report) {
    const Stopwatch watch(report.seconds);
    for (int i = 0; i < request_.options.count; ++i) {
      if (i > 0) tell("\n\n\n");
      report.texts.push_back(text(request_.options.seed + static_cast<std::uint64_t>(i)));
    }
    report.output = request_.output;
    report.model = file_;
    report.model_sha256 = model_.digest();
    report.peak_rss_bytes = peak_rss_bytes();
  }

 private:
  void tell(std::string_view text) {
    if (on_text_) on_text_(script_.told(text));
  }

  [[nodiscard]] int copy_limit() const {
    if (request_.options.copy_limit >= 0) return request_.options.copy_limit;
    int run = 0;
    for (const sequence::SeenRuns& seen : model_.seen()) run = std::max(run, seen.run());
    return 3 * run;
  }

  WrittenText text(std::uint64_t seed) {
    sequence::DocumentRequest asked = asked_;
    asked.topic_weight = request_.options.topic_weight;
    asked.length = request_.options.length;
    asked.chapters = request_.options.chapters;
    asked.seed = seed;
    asked.choice = request_.choice;
    asked.copy_limit = copy_limit();
    asked.drafts = request_.options.drafts;
    sequence::DocumentListeners listeners;
    listeners.on_title = [&](std::string_view title) {
      if (!title.empty()) tell(std::string(title) + "\n\n");
    };
    listeners.on_text = [&](std::string_view text) { tell(text); };
    listeners.form = form_.get();
    const sequence::Document document =
        sequence::write_document(model_, *decoder_, asked, listeners, stop_);
    if (asked.copy_limit > 0 && document.copied > asked.copy_limit) {
      fail(ErrorKind::bad_input,
           "seed {} repeats {} tokens of what the model learned from, '{}'; choose another --seed, "
           "or allow it with --copy-limit any.",
           seed, document.copied, document.copied_text);
    }
    WrittenText text;
    text.seed = seed;
    text.title = script_.told(document.title);
    text.text = script_.told(document.text);
    text.tokens = document.tokens;
    text.bits = document.bits;
    text.complete = document.complete;
    text.copied = document.copied;
    text.copied_text = script_.told(document.copied_text);
    for (const std::string& name : document.names) text.names.push_back(script_.told(name));
    if (form_) text.form = form_->check(document.text);
    return text;
  }

  const WriteRequest& request_;
  const std::function<void(std::string_view)>& on_text_;
  std::stop_token stop_;
  fs::path file_;
  sequence::TextModel model_;
  std::unique_ptr<sequence::Decoder> decoder_;
  ChineseScript script_;
  verse::VerseOptions verse_;
  sequence::DocumentRequest asked_;  // of all texts
  std::unique_ptr<PoemForm> form_;
};

}  // namespace

const OptionTable<WriteOptions>& write_option_table() {
  using O = WriteOptions;
  static const OptionTable<O> table{
      {&O::model,
       {"model", "Text", "the file of a model, as train text wrote it", "", {}, {}, {}, {}}},
      {&O::form, {"form", "Text", "the form of a poem; none: free text", "", {}, {}, {}, {}}},
      {&O::title, {"title", "Text", "its title, for models that know titles", "", {}, {}, {}, {}}},
      {&O::topic, {"topic", "Text", "words that it is to be about", "", {}, {}, {}, {}}},
      {&O::topic_weight,
       {"topic-weight",
        "Text",
        "how much likelier what means the topic is",
        "nats",
        0,
        20,
        {},
        {}}},
      {&O::seed, {"seed", "Text", "the first text's number", "", {}, {}, {}, {}}},
      {&O::count, {"count", "Text", "how many texts", "", 1, 10'000, {}, {}}},
      {&O::length,
       {"length",
        "Text",
        "how long a text, or each of its chapters, may become",
        "tokens",
        1,
        1'000'000,
        {},
        {}}},
      {&O::chapters,
       {"chapters",
        "Text",
        "chapters of a story, which call again whom those before called",
        "",
        1,
        99,
        {},
        {}}},
      {&O::drafts,
       {"drafts",
        "Text",
        "how often each line of a form is written, at most; the one that the form forced least "
        "stays",
        "",
        1,
        64,
        {},
        {}}},
      {&O::copy_limit,
       {"copy-limit",
        "Text",
        "tokens in a row that may be those of a text that was learned from; auto: three times what "
        "the model takes for a run",
        "tokens",
        1,
        1'000'000,
        {},
        {{"auto", -1}, {"any", 0}}}},
      {&O::script,
       {"script",
        "Text",
        "Chinese characters to write; auto: as the model or, where you ask in the other, as you",
        "",
        {},
        {},
        {"auto", "simplified", "traditional"},
        {}}},
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

nlohmann::ordered_json to_json(const WriteReport& report) {
  nlohmann::ordered_json texts = nlohmann::ordered_json::array();
  for (const WrittenText& text : report.texts) {
    nlohmann::ordered_json one{{"seed", text.seed},
                               {"title", text.title},
                               {"text", text.text},
                               {"tokens", text.tokens},
                               {"bits_per_character", text.bits},
                               {"complete", text.complete},
                               {"copied", {{"tokens", text.copied}, {"text", text.copied_text}}}};
    if (!text.names.empty()) one["names"] = text.names;
    if (!text.form.is_null()) one["form"] = text.form;
    texts.push_back(std::move(one));
  }
  return {{"output", report.output.string()},    {"texts", texts},
          {"seconds", report.seconds},           {"model", report.model.string()},
          {"model_sha256", report.model_sha256}, {"peak_rss_bytes", report.peak_rss_bytes}};
}

std::string as_text(const WriteReport& report) {
  std::string all;
  for (const WrittenText& text : report.texts) {
    if (!all.empty()) all += "\n\n\n";
    all += shown(text);
  }
  return all + "\n";
}

WriteReport write(const WriteRequest& request, const std::function<void(std::string_view)>& on_text,
                  std::stop_token stop) {
  WriteReport report;
  Run(request, on_text, std::move(stop)).write(report);
  if (!request.output.empty()) write_file(request.output, as_text(report));
  return report;
}

}  // namespace atelier::jobs
