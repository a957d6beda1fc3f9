// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/document.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <ranges>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/sequence/copy_guard.hpp"
#include "sequence/cast.hpp"
#include "sequence/chapters.hpp"

namespace atelier::sequence {
namespace {

constexpr std::int64_t longest_heading = 64;  // tokens of a line

using Tokens = std::vector<Token>;

Tokens encoded(const Tokenizer& tokenizer, const std::string& text, const char* what) {
  Tokens tokens = tokenizer.encode(text);
  const auto at = std::find(tokens.begin(), tokens.end(), Tokenizer::unknown);
  if (at == tokens.end()) return tokens;
  const auto known =
      std::span<const Token>(tokens).first(static_cast<std::size_t>(at - tokens.begin()));
  std::string_view rest = std::string_view(text).substr(tokenizer.decode(known).size());
  std::string character;
  append_utf8(take_code_point(rest, rest), character);
  fail(ErrorKind::invalid_argument, "the model does not know the character '{}' of {}.", character,
       what);
}

/// A line end, which must be a token of its own.
Token line_end(const Tokenizer& tokenizer) {
  const Tokens tokens = tokenizer.encode("\n");
  if (tokens.size() != 1 || tokens[0] == Tokenizer::unknown) {
    fail(ErrorKind::bad_input, "the model knows no line ends, but headings; train it anew.");
  }
  return tokens[0];
}

/// Tokens that are never written: what stands for unknown characters, and parts of characters.
Tokens unwritten(const Tokenizer& tokenizer) {
  Tokens tokens{Tokenizer::unknown};
  for (int t = 2; t < tokenizer.vocabulary(); ++t) {
    std::string_view rest = tokenizer.bytes_of(static_cast<Token>(t));
    while (const auto point = first_code_point(rest)) rest.remove_prefix(point->bytes);
    if (!rest.empty()) tokens.push_back(static_cast<Token>(t));
  }
  return tokens;
}

/// A topic that was said leans less: what was said counts by this much less with each token since.
constexpr double topic_memory = 0.98;
constexpr std::size_t topic_reach = 200;  // tokens, the farthest of which count for little

/// By how many nats the end of a text in a form is less likely within a sentence. Where the form
/// ends, this is what makes drafts that end with a sentence the less forced ones.
constexpr float unfinished = 6;

/// By how many nats each token is likelier for the topic's sake; empty: there is none. What is
/// used like anything counts for nothing.
std::vector<float> leaning(const TextModel& model, const DocumentRequest& request) {
  if (request.topic.empty() || request.topic_weight == 0) return {};
  // Pieces of words begin with the blank before them.
  const std::string blank = model.tokenizer().kind() == "pieces" ? " " : "";
  std::vector<float> nats =
      model.nearness(encoded(model.tokenizer(), blank + request.topic, "the topic"));
  for (float& nat : nats) nat = std::max(0.0F, nat) * static_cast<float>(request.topic_weight);
  return nats;
}

class Writer {
 public:
  Writer(const TextModel& model, Decoder& decoder, const DocumentRequest& request,
         std::stop_token stop)
      : tokenizer_(model.tokenizer()),
        decoder_(decoder),
        request_(request),
        stop_(std::move(stop)),
        all_(model.beginning().begin(), model.beginning().end()) {}

  /// Lines before the text. Returns the first.
  std::string head(int lines) {
    if (lines == 0) {
      if (request_.title.empty()) return {};
      fail(ErrorKind::invalid_argument,
           "this model knows no titles; say how the text begins instead.");
    }
    const Token line = line_end(tokenizer_);
    std::string title;
    for (int i = 0; i < lines; ++i) {
      if (i == 0 && !request_.title.empty()) {
        title = request_.title;
        append(encoded(tokenizer_, title, "the title"));
      } else {
        WritingOptions options{request_.choice,
                               longest_heading,
                               {line, Tokenizer::end},
                               request_.seed + static_cast<std::uint64_t>(i)};
        const Tokens written = go_on(options, {}).tokens;
        if (i == 0) title = tokenizer_.decode(written);
        append(written);
      }
      all_.push_back(line);
    }
    return title;
  }

  void append(const Tokens& tokens) { all_.insert(all_.end(), tokens.begin(), tokens.end()); }
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] std::span<const Token> behind(std::size_t place) const {
    return std::span<const Token>(all_).subspan(place);
  }

  Writing go_on(const WritingOptions& options, const WritingListeners& listeners) {
    Writing writing = write(decoder_, all_, options, listeners, stop_);
    if (writing.end == Writing::End::request) fail(ErrorKind::cancelled, "interrupted.");
    return writing;
  }

 private:
  const Tokenizer& tokenizer_;
  Decoder& decoder_;
  const DocumentRequest& request_;
  std::stop_token stop_;
  Tokens all_;
};

/// The text behind the heading, chapter by chapter.
class Body {
 public:
  Body(const TextModel& model, const DocumentRequest& request, const DocumentListeners& listeners,
       Writer& writer)
      : tokenizer_(model.tokenizer()),
        request_(request),
        listeners_(listeners),
        writer_(writer),
        before_(writer.size()),
        now_{CopyGuard(model.seen(), request.copy_limit)},
        marked_(now_),
        cast_(tokenizer_),
        never_(unwritten(tokenizer_)),
        topic_(leaning(model, request)) {
    if (!topic_.empty() || request.chapters > 1) {
      taking_part_.lean = [this](std::span<const Token> all, std::span<float> logits) {
        lean(all.subspan(before_), logits);
      };
    }
    taking_part_.constrain = [this](std::span<const Token> all, std::span<float> logits) {
      constrain(all.subspan(before_), logits);
    };
    if (!listeners_.form) return;
    taking_part_.ends_stretch = [this](std::span<const Token> all) {
      return listeners_.form->ends_line(all.subspan(before_));
    };
    taking_part_.mark = [this] {
      marked_ = now_;
      listeners_.form->mark();
    };
    taking_part_.back = [this] {
      now_ = marked_;
      listeners_.form->back();
    };
  }

  Document written() {
    for (int chapter = 1; chapter <= request_.chapters; ++chapter) {
      if (request_.chapters > 1) {
        if (chapter > 1) {
          tell("\n\n");
          Tokens blank_line = tokenizer_.encode("\n\n");
          std::erase(blank_line, Tokenizer::unknown);
          writer_.append(blank_line);
        }
        tell(chapter_line(chapter, tokenizer_) + "\n\n");
        cast_.begin_chapter(document_.text);
      }
      if (chapter == 1) {
        tell(request_.opening);
        writer_.append(encoded(tokenizer_, request_.opening, "the opening"));
        if (listeners_.form) listeners_.form->begin(writer_.behind(before_));
      }
      write_chapter(chapter);
    }
    document_.names = cast_.names();
    document_.bits = nats_ / std::numbers::ln2 / std::max(1.0, static_cast<double>(characters_));
    follow(writer_.behind(before_));
    const Stretch run = now_.guard.longest();
    document_.copied = static_cast<std::int64_t>(run.count);
    document_.copied_text =
        tokenizer_.decode(writer_.behind(before_).subspan(run.first, run.count));
    return std::move(document_);
  }

 private:
  void tell(std::string_view text) {
    document_.text += text;
    if (listeners_.on_text) listeners_.on_text(text);
  }

  /// Lets the guard read what of the body it has not.
  void follow(std::span<const Token> body) {
    for (; now_.followed < body.size(); ++now_.followed) now_.guard.append(body[now_.followed]);
  }

  void lean(std::span<const Token> body, std::span<float> logits) const {
    cast_.lean(logits);
    if (topic_.empty()) return;
    double said = 0, share = 1;  // in nats, of what was likelier for the topic's sake
    for (const Token token : body.last(std::min(body.size(), topic_reach)) | std::views::reverse) {
      said += share * topic_[token];
      share *= topic_memory;
    }
    const auto left = static_cast<float>(std::exp(-said / request_.topic_weight));
    for (std::size_t token = 0; token < topic_.size(); ++token) {
      logits[token] += left * topic_[token];
    }
  }

  void constrain(std::span<const Token> body, std::span<float> logits) {
    follow(body);
    for (const Token token : never_) logits[token] = -std::numeric_limits<float>::infinity();
    if (listeners_.form) {
      listeners_.form->constrain(body, logits);
      float& end = logits[Tokenizer::end];
      if (end > -std::numeric_limits<float>::infinity() &&
          !ends_sentence(tokenizer_.decode(body))) {
        end -= unfinished;
      }
    }
    now_.guard.constrain(logits);
  }

  void write_chapter(int number) {
    const std::size_t begins = document_.text.size();
    std::int64_t count = 0;
    taking_part_.on_token = [&](Token token) {
      cast_.append(token);
      tell(tokenizer_.bytes_of(token));
      const bool long_enough = 4 * ++count > 3 * request_.length && !listeners_.form;
      return !long_enough || !ends_sentence(std::string_view(document_.text).substr(begins));
    };
    const std::uint64_t seed = request_.seed + (static_cast<std::uint64_t>(number - 1) << 32U);
    const int drafts = listeners_.form ? request_.drafts : 1;
    const Writing writing = writer_.go_on(
        {request_.choice, request_.length, {Tokenizer::end}, seed, drafts}, taking_part_);
    writer_.append(writing.tokens);
    nats_ += writing.nats;
    characters_ += count_code_points(tokenizer_.decode(writing.tokens));
    document_.tokens += static_cast<std::int64_t>(writing.tokens.size());
    document_.complete = writing.end == Writing::End::stop_token;
  }

  const Tokenizer& tokenizer_;
  const DocumentRequest& request_;
  const DocumentListeners& listeners_;
  Writer& writer_;
  std::size_t before_;  // tokens of the heading
  struct Place {
    CopyGuard guard;
    std::size_t followed = 0;  // tokens of the body
  } now_, marked_;
  Cast cast_;
  Tokens never_;
  std::vector<float> topic_;
  WritingListeners taking_part_;
  Document document_;
  double nats_ = 0;
  std::size_t characters_ = 0;
};

}  // namespace

Document write_document(const TextModel& model, Decoder& decoder, const DocumentRequest& request,
                        const DocumentListeners& listeners, std::stop_token stop) {
  Writer writer(model, decoder, request, std::move(stop));
  const std::string title = writer.head(model.heading());
  if (listeners.on_title) listeners.on_title(title);
  Document document = Body(model, request, listeners, writer).written();
  document.title = title;
  return document;
}

}  // namespace atelier::sequence
