// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/sequence/pen.hpp"
#include "atelier/sequence/writing.hpp"

namespace atelier::sequence {
namespace {

void check(const WritingOptions& options) {
  ChoiceOptions checked;
  choice_option_table().update(checked, choice_option_table().to_json(options.choice));
  if (options.length < 1) {
    fail(ErrorKind::invalid_argument, "a length of {} is below 1.", options.length);
  }
}

}  // namespace

Writing write(Decoder& decoder, std::span<const Token> prompt, const WritingOptions& options,
              const WritingListeners& listeners, std::stop_token stop) {
  check(options);
  Writing writing;
  RandomStream chance(options.seed, "writing");
  Pen pen(decoder, prompt);
  while (static_cast<std::int64_t>(writing.tokens.size()) < options.length) {
    if (stop.stop_requested()) {
      writing.end = Writing::End::request;
      break;
    }
    const Token token = pen.drawn(options.choice, chance, listeners.constrain);
    writing.nats += pen.surprise(token);
    if (std::find(options.stops.begin(), options.stops.end(), token) != options.stops.end()) {
      writing.end = Writing::End::stop_token;
      break;
    }
    writing.tokens.push_back(token);
    pen.append(token);
    if (listeners.on_token && !listeners.on_token(token)) {
      writing.end = Writing::End::listener;
      break;
    }
  }
  return writing;
}

}  // namespace atelier::sequence
