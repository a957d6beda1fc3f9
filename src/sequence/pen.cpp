// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/pen.hpp"

#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"
#include "sequence/choice.hpp"

namespace atelier::sequence {

Pen::Pen(Decoder& decoder, std::span<const Token> prompt)
    : decoder_(decoder), all_(prompt.begin(), prompt.end()), fresh_(prompt.size()) {
  if (prompt.empty()) {
    fail(ErrorKind::invalid_argument, "there is nothing to write behind; begin with something.");
  }
  for (const Token token : prompt) {
    if (token >= decoder.vocabulary()) {
      fail(ErrorKind::invalid_argument, "the prompt's token {} is outside 0..{}.", token,
           decoder.vocabulary() - 1);
    }
  }
  decoder_.restart();
}

void Pen::append(Token token) {
  all_.push_back(token);
  ++fresh_;
}

std::span<const float> Pen::foretold() {
  if (fresh_ == 0) return logits_;
  const auto capacity = static_cast<std::size_t>(decoder_.capacity());
  if (capacity > 0 && held_ + fresh_ > capacity) {
    decoder_.restart();
    marked_.restarted = true;
    held_ = 0;
    fresh_ = std::min(all_.size(), (capacity + 1) / 2);
  }
  const std::span<const float> read = decoder_.read(std::span<const Token>(all_).last(fresh_));
  logits_.assign(read.begin(), read.end());
  held_ += fresh_;
  fresh_ = 0;
  return logits_;
}

Token Pen::drawn(const ChoiceOptions& choice, RandomStream& chance, const Constrain& constrain) {
  const std::span<const float> next = foretold();
  std::vector<float> logits(next.begin(), next.end());
  if (choice.repetition > 1) {
    const std::size_t back =
        std::min(all_.size(), static_cast<std::size_t>(choice.repetition_window));
    discourage(all().last(back), choice.repetition, logits);
  }
  if (constrain) constrain(all_, logits);
  return sequence::drawn(distribution(logits, choice), chance);
}

double Pen::surprise(Token token) {
  const std::span<const float> logits = foretold();
  const double greatest = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (const float logit : logits) sum += std::exp(double{logit} - greatest);
  return std::log(sum) + greatest - logits[token];
}

void Pen::mark() {
  static_cast<void>(foretold());
  decoder_.mark();
  marked_ = {all_.size(), held_, logits_, false};
}

void Pen::back() {
  all_.resize(marked_.size);
  logits_ = marked_.logits;
  held_ = marked_.held;
  fresh_ = 0;
  if (!marked_.restarted) return decoder_.back();
  decoder_.restart();
  static_cast<void>(decoder_.read(all().last(held_)));
  decoder_.mark();
  marked_.restarted = false;
}

}  // namespace atelier::sequence
