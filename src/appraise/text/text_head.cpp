// SPDX-License-Identifier: Apache-2.0
#include "appraise/text/text_head.hpp"

#include <ATen/ATen.h>

#include <array>
#include <numeric>
#include <utility>

#include "appraise/standard.hpp"
#include "atelier/base/random.hpp"

namespace atelier::appraise {
namespace {

constexpr std::array<double, 5> penalties{1e-1, 3e-2, 1e-2, 3e-3, 1e-3};
constexpr std::int64_t inner_parts = 8;

/// Dealt out by chance: N, int64, 0 .. parts - 1, each as often as the others or once less.
at::Tensor dealt(std::int64_t count, std::int64_t parts, std::uint64_t seed) {
  std::vector<std::int64_t> part(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < part.size(); ++i) part[i] = static_cast<std::int64_t>(i) % parts;
  RandomStream chance(seed, "parts of poems");
  for (std::size_t i = part.size(); i > 1; --i) {
    std::swap(part[i - 1],
              part[static_cast<std::size_t>(chance.uniform() * static_cast<double>(i))]);
  }
  return at::tensor(part);
}

at::Tensor places_of(const at::Tensor& mask) {
  return mask.nonzero().squeeze(1);
}

/// A head on plain rows from the pieces of the poems for which `known` (N, bool) is true.
Linear fit(const PoemRows& rows, const PoemShares& shares, const at::Tensor& known,
           double penalty) {
  const at::Tensor pieces = places_of(known.index_select(0, shares.poem));
  const at::Tensor of = rows.pieces.index_select(0, pieces);
  const Standard standard = standard_of(of);
  return on_plain(fit_ridge(standard(of), shares.pieces.index_select(0, pieces), penalty),
                  standard);
}

struct Choice {
  std::size_t kind = 0;
  double penalty = 0;
};

/// The choice that foretells poems of `known` best when they are left out.
Choice choose(const std::vector<PoemRows>& kinds, const PoemShares& shares, const at::Tensor& known,
              const at::Tensor& part) {
  const at::Tensor all = shares.poems.index_select(0, places_of(known));
  const at::Tensor variance = all.var(0, /*unbiased=*/false).clamp_min(1e-6);
  Choice best;
  double least = -1;
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    for (const double penalty : penalties) {
      double error = 0;
      for (std::int64_t out = 0; out < inner_parts; ++out) {
        const at::Tensor inside = known & (part != out), outside = places_of(known & (part == out));
        if (outside.size(0) == 0) continue;
        const Linear head = fit(kinds[kind], shares, inside, penalty);
        const at::Tensor off = head(kinds[kind].poems.index_select(0, outside)) -
                               shares.poems.index_select(0, outside);
        error += (off.square() / variance).sum().item<double>();
      }
      if (least < 0 || error < least) {
        least = error;
        best = {kind, penalty};
      }
    }
  }
  return best;
}

}  // namespace

TextHead learn_text_emotions(const std::vector<PoemRows>& kinds, const PoemShares& shares,
                             const std::vector<std::string>& names, std::int64_t parts,
                             std::uint64_t seed, const std::function<void()>& check) {
  const std::int64_t count = shares.poems.size(0);
  const at::Tensor part = dealt(count, parts, seed), inner = part.remainder(inner_parts);
  const at::Tensor foretold = at::zeros_like(shares.poems), control = at::zeros_like(shares.poems);
  for (std::int64_t out = 0; out < parts; ++out) {
    check();
    const at::Tensor known = part != out, left_out = places_of(part == out);
    const Choice choice = choose(kinds, shares, known, inner);
    const PoemRows& rows = kinds[choice.kind];
    const Linear head = fit(rows, shares, known, choice.penalty);
    foretold.index_copy_(0, left_out, head(rows.poems.index_select(0, left_out)).clamp(0, 1));
    const at::Tensor mean = shares.poems.index_select(0, places_of(known)).mean(0);
    control.index_copy_(0, left_out, mean.expand({left_out.size(0), -1}).contiguous());
  }
  const at::Tensor all = at::ones({count}, at::kBool);
  const Choice choice = choose(kinds, shares, all, inner);
  std::vector<std::size_t> each(static_cast<std::size_t>(count));
  std::iota(each.begin(), each.end(), std::size_t{0});
  return {choice.kind, fit(kinds[choice.kind], shares, all, choice.penalty), choice.penalty,
          judge_feelings(names, shares.poems, foretold, control, each, seed)};
}

}  // namespace atelier::appraise
