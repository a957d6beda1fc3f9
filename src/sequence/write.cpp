// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/sequence/pen.hpp"
#include "atelier/sequence/writing.hpp"

namespace atelier::sequence {
namespace {

void check(const WritingOptions& options) {
  ChoiceOptions checked;
  choice_option_table().update(checked, choice_option_table().to_json(options.choice));
  if (options.length < 1 || options.drafts < 1) {
    fail(ErrorKind::invalid_argument, "a length of {} in {} drafts is below 1.", options.length,
         options.drafts);
  }
}

double log_of_sum(std::span<const float> logits) {
  const float greatest = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (const float logit : logits) {
    if (logit > -std::numeric_limits<float>::infinity()) sum += std::exp(logit - greatest);
  }
  return std::log(sum) + greatest;
}

/// Nats: a draft that was forced by no more is good enough, and no other is drawn.
constexpr double free_enough = 1;

/// Tokens that stay or go together.
struct Stretch {
  std::vector<Token> tokens;
  double nats = 0;    // by which the model was surprised
  double forced = 0;  // of a draft: nats of what constraints took away; grows token by token
  std::optional<Writing::End> end;
};

class Stretches {
 public:
  Stretches(Decoder& decoder, std::span<const Token> prompt, const WritingOptions& options,
            const WritingListeners& listeners, std::stop_token stop)
      : options_(options),
        listeners_(listeners),
        stop_(std::move(stop)),
        chance_(options.seed, "writing"),
        pen_(decoder, prompt),
        left_(options.length) {}

  /// The next one; none is left behind one with an end.
  Stretch next() {
    Stretch best;
    if (options_.drafts == 1) {
      best = drawn();
    } else {
      pen_.mark();
      if (listeners_.mark) listeners_.mark();
      best = drawn();
      for (int draft = 1; draft < options_.drafts && best.forced > free_enough; ++draft) {
        go_back();
        Stretch other = drawn(best.forced);
        if (other.forced < best.forced) best = std::move(other);
      }
      go_back();
      for (const Token token : best.tokens) pen_.append(token);
    }
    left_ -= static_cast<std::int64_t>(best.tokens.size());
    if (!best.end && left_ == 0) best.end = Writing::End::length;
    return best;
  }

 private:
  void go_back() {
    pen_.back();
    if (listeners_.back) listeners_.back();
  }

  [[nodiscard]] bool goes_on(const Stretch& stretch) const {
    if (options_.drafts == 1 || !listeners_.ends_stretch) return false;
    return static_cast<std::int64_t>(stretch.tokens.size()) < left_ &&
           !listeners_.ends_stretch(pen_.all());
  }

  /// Returns by how many nats less likely all is together that is left.
  double constrain(std::span<const Token> before, std::span<float> logits) const {
    if (listeners_.lean) listeners_.lean(before, logits);
    if (!listeners_.constrain) return 0;
    const double whole = options_.drafts > 1 ? log_of_sum(logits) : 0;
    listeners_.constrain(before, logits);
    return options_.drafts > 1 ? whole - log_of_sum(logits) : 0;
  }

  /// Ends early where it is forced as much as another one.
  Stretch drawn(double most = std::numeric_limits<double>::infinity()) {
    double forced = 0;
    const auto all = [&](std::span<const Token> before, std::span<float> logits) {
      forced = constrain(before, logits);
    };
    Stretch stretch;
    do {
      if (stop_.stop_requested()) {
        stretch.end = Writing::End::request;
        break;
      }
      const Token token = pen_.drawn(options_.choice, chance_, all);
      stretch.nats += pen_.surprise(token);
      stretch.forced += forced;
      if (stretch.forced >= most) break;
      if (std::find(options_.stops.begin(), options_.stops.end(), token) != options_.stops.end()) {
        stretch.end = Writing::End::stop_token;
        break;
      }
      stretch.tokens.push_back(token);
      pen_.append(token);
    } while (goes_on(stretch));
    return stretch;
  }

  const WritingOptions& options_;
  const WritingListeners& listeners_;
  std::stop_token stop_;
  RandomStream chance_;
  Pen pen_;
  std::int64_t left_;  // tokens
};

}  // namespace

Writing write(Decoder& decoder, std::span<const Token> prompt, const WritingOptions& options,
              const WritingListeners& listeners, std::stop_token stop) {
  check(options);
  Stretches stretches(decoder, prompt, options, listeners, std::move(stop));
  Writing writing;
  for (;;) {
    const Stretch stretch = stretches.next();
    writing.nats += stretch.nats;
    for (const Token token : stretch.tokens) {
      writing.tokens.push_back(token);
      if (!listeners.on_token || listeners.on_token(token)) continue;
      writing.end = Writing::End::listener;
      return writing;
    }
    if (!stretch.end) continue;
    writing.end = *stretch.end;
    return writing;
  }
}

}  // namespace atelier::sequence
