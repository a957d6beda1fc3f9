// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/sequence/writing.hpp"
#include "sequence/choice.hpp"

namespace atelier::sequence {
namespace {

/// A decoder that never gets full.
class Reader {
 public:
  explicit Reader(Decoder& decoder) : decoder_(decoder) { decoder_.restart(); }

  /// `all`: what was read and, behind it, what is new.
  std::span<const float> read(std::span<const Token> all, std::size_t fresh) {
    const auto capacity = static_cast<std::size_t>(decoder_.capacity());
    if (capacity > 0 && held_ + fresh > capacity) {
      decoder_.restart();
      held_ = 0;
      fresh = std::min(all.size(), (capacity + 1) / 2);
    }
    held_ += fresh;
    return decoder_.read(all.last(fresh));
  }

 private:
  Decoder& decoder_;
  std::size_t held_ = 0;
};

void check(const WritingOptions& options, std::span<const Token> prompt, int vocabulary) {
  ChoiceOptions checked;
  choice_option_table().update(checked, choice_option_table().to_json(options.choice));
  if (options.length < 1) {
    fail(ErrorKind::invalid_argument, "a length of {} is below 1.", options.length);
  }
  if (prompt.empty()) {
    fail(ErrorKind::invalid_argument, "there is nothing to write behind; begin with something.");
  }
  for (const Token token : prompt) {
    if (token >= vocabulary) {
      fail(ErrorKind::invalid_argument, "the prompt's token {} is outside 0..{}.", token,
           vocabulary - 1);
    }
  }
}

/// -log p of `token`.
double surprise(std::span<const float> logits, Token token) {
  const double greatest = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (const float logit : logits) sum += std::exp(double{logit} - greatest);
  return std::log(sum) + greatest - logits[token];
}

}  // namespace

Writing write(Decoder& decoder, std::span<const Token> prompt, const WritingOptions& options,
              const WritingListeners& listeners, std::stop_token stop) {
  check(options, prompt, decoder.vocabulary());
  const ChoiceOptions& choice = options.choice;
  Writing writing;
  RandomStream chance(options.seed, "writing");
  Reader reader(decoder);
  std::vector<Token> all(prompt.begin(), prompt.end());
  std::vector<float> logits;
  std::span<const float> foretold = reader.read(all, all.size());
  while (static_cast<std::int64_t>(writing.tokens.size()) < options.length) {
    if (stop.stop_requested()) {
      writing.end = Writing::End::request;
      break;
    }
    logits.assign(foretold.begin(), foretold.end());
    if (choice.repetition > 1) {
      const std::size_t back =
          std::min(all.size(), static_cast<std::size_t>(choice.repetition_window));
      discourage(std::span<const Token>(all).last(back), choice.repetition, logits);
    }
    if (listeners.constrain) listeners.constrain(all, logits);
    const Token token = drawn(distribution(logits, choice), chance);
    writing.nats += surprise(foretold, token);
    if (std::find(options.stops.begin(), options.stops.end(), token) != options.stops.end()) {
      writing.end = Writing::End::stop_token;
      break;
    }
    writing.tokens.push_back(token);
    all.push_back(token);
    if (listeners.on_token && !listeners.on_token(token)) {
      writing.end = Writing::End::listener;
      break;
    }
    if (static_cast<std::int64_t>(writing.tokens.size()) < options.length) {
      foretold = reader.read(all, 1);
    }
  }
  return writing;
}

}  // namespace atelier::sequence
