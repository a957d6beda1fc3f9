// SPDX-License-Identifier: Apache-2.0
#include "sequence/choice.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "atelier/base/error.hpp"

namespace atelier::sequence {

const OptionTable<ChoiceOptions>& choice_option_table() {
  using O = ChoiceOptions;
  static const OptionTable<O> table{
      {&O::temperature,
       {"temperature",
        "Choice",
        "how freely tokens are chosen; 0: always the likeliest",
        "",
        0,
        10,
        {},
        {}}},
      {&O::top_k,
       {"top-k", "Choice", "choose among so many likeliest; 0: all", "", 0, most_tokens, {}, {}}},
      {&O::top_p,
       {"top-p", "Choice", "choose among the likeliest of this sum", "", 0.001, 1, {}, {}}},
      {&O::repetition,
       {"repetition",
        "Choice",
        "how much what was written of late is discouraged; 1: not",
        "",
        1,
        10,
        {},
        {}}},
      {&O::repetition_window,
       {"repetition-window",
        "Choice",
        "how far back that is looked for",
        "tokens",
        1,
        100'000,
        {},
        {}}},
  };
  return table;
}

void discourage(std::span<const Token> recent, double penalty, std::span<float> logits) {
  std::vector<Token> different(recent.begin(), recent.end());
  std::sort(different.begin(), different.end());
  different.erase(std::unique(different.begin(), different.end()), different.end());
  for (const Token token : different) {
    const double logit = logits[token];
    logits[token] = static_cast<float>(logit > 0 ? logit / penalty : logit * penalty);
  }
}

std::vector<double> distribution(std::span<const float> logits, const ChoiceOptions& options) {
  std::vector<std::size_t> order;
  order.reserve(logits.size());
  for (std::size_t token = 0; token < logits.size(); ++token) {
    if (logits[token] > -std::numeric_limits<float>::infinity()) order.push_back(token);
  }
  if (order.empty()) {
    fail(ErrorKind::invalid_argument, "every token is forbidden here; loosen what is asked for.");
  }
  const auto likelier = [&](std::size_t a, std::size_t b) {
    return logits[a] != logits[b] ? logits[a] > logits[b] : a < b;
  };
  std::size_t kept = options.temperature == 0 ? 1 : order.size();
  if (options.top_k > 0) kept = std::min(kept, static_cast<std::size_t>(options.top_k));
  if (kept < order.size()) {
    std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept) - 1,
                     order.end(), likelier);
    order.resize(kept);
  }
  const float greatest = logits[*std::min_element(order.begin(), order.end(), likelier)];
  std::vector<double> chances(logits.size(), 0.0);
  double sum = 0;
  const double slope = options.temperature == 0 ? 1 : 1 / options.temperature;
  for (const std::size_t token : order) {
    sum += chances[token] = std::exp((double{logits[token]} - greatest) * slope);
  }
  if (options.top_p < 1) {
    // The likeliest come off a heap one by one; most stay in it and are not sorted.
    const auto less_likely = [&](std::size_t a, std::size_t b) { return likelier(b, a); };
    std::make_heap(order.begin(), order.end(), less_likely);
    auto left = order.end();
    double reached = 0;
    while (left != order.begin() && reached < options.top_p * sum) {
      std::pop_heap(order.begin(), left--, less_likely);
      reached += chances[*left];
    }
    std::for_each(order.begin(), left, [&](std::size_t token) { chances[token] = 0; });
    sum = reached;
  }
  for (double& chance : chances) chance /= sum;
  return chances;
}

Token drawn(std::span<const double> distribution, RandomStream& chance) {
  double left = chance.uniform();
  std::size_t last = 0;
  for (std::size_t token = 0; token < distribution.size(); ++token) {
    if (distribution[token] <= 0) continue;
    last = token;
    left -= distribution[token];
    if (left < 0) break;
  }
  return static_cast<Token>(last);
}

}  // namespace atelier::sequence
