// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/document.hpp"

#include <algorithm>
#include <limits>
#include <numbers>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/sequence/copy_guard.hpp"

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

/// By how many nats each token is likelier for the topic's sake; empty: there is none. What is
/// used like anything counts for nothing.
std::vector<float> leaning(const TextModel& model, const DocumentRequest& request) {
  if (request.topic.empty()) return {};
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

}  // namespace

Document write_document(const TextModel& model, Decoder& decoder, const DocumentRequest& request,
                        const DocumentListeners& listeners, std::stop_token stop) {
  const Tokenizer& tokenizer = model.tokenizer();
  Writer writer(model, decoder, request, std::move(stop));
  Document document;
  document.title = writer.head(model.heading());
  if (listeners.on_title) listeners.on_title(document.title);
  const std::size_t before = writer.size();
  const Tokens opening = encoded(tokenizer, request.opening, "the opening");
  writer.append(opening);
  CopyGuard guard(model.seen(), request.copy_limit);
  for (const Token token : opening) guard.append(token);
  const Tokens never = unwritten(tokenizer);
  const std::vector<float> topic = leaning(model, request);
  if (listeners.on_text) listeners.on_text(request.opening);

  WritingListeners taking_part;
  taking_part.constrain = [&](std::span<const Token> all, std::span<float> logits) {
    for (std::size_t token = 0; token < topic.size(); ++token) logits[token] += topic[token];
    for (const Token token : never) logits[token] = -std::numeric_limits<float>::infinity();
    if (listeners.constrain) listeners.constrain(all.subspan(before), logits);
    guard.constrain(logits);
  };
  taking_part.on_token = [&](Token token) {
    guard.append(token);
    if (listeners.on_text) listeners.on_text(tokenizer.bytes_of(token));
    return true;
  };
  const Writing writing =
      writer.go_on({request.choice, request.length, {Tokenizer::end}, request.seed}, taking_part);

  const std::string written = tokenizer.decode(writing.tokens);
  document.text = request.opening + written;
  document.tokens = static_cast<std::int64_t>(writing.tokens.size());
  document.bits = writing.nats / std::numbers::ln2 /
                  std::max(1.0, static_cast<double>(count_code_points(written)));
  const Stretch run = guard.longest();
  Tokens body = opening;
  body.insert(body.end(), writing.tokens.begin(), writing.tokens.end());
  document.copied = static_cast<std::int64_t>(run.count);
  document.copied_text =
      tokenizer.decode(std::span<const Token>(body).subspan(run.first, run.count));
  document.complete = writing.end == Writing::End::stop_token;
  return document;
}

}  // namespace atelier::sequence
