// SPDX-License-Identifier: Apache-2.0
#include "appraise/emotion_head.hpp"

#include <ATen/ATen.h>

#include <array>

namespace atelier::appraise {
namespace {

constexpr std::array<double, 5> penalties{1e-1, 3e-2, 1e-2, 3e-3, 1e-3};

/// Calls `use(in, out)` with the places of each part's works and of all others.
template <class Use>
void leave_out_each(const at::Tensor& parts, const Use& use) {
  for (std::int64_t part = 0; part <= parts.max().item<std::int64_t>(); ++part) {
    const at::Tensor out = (parts == part).nonzero().squeeze(1),
                     in = (parts != part).nonzero().squeeze(1);
    if (out.size(0) > 0 && in.size(0) > 0) use(in, out);
  }
}

/// The penalty that foretells parts left out best.
double best_penalty(const at::Tensor& coordinates, const at::Tensor& shares,
                    const at::Tensor& parts) {
  const at::Tensor variance = shares.var(0, /*unbiased=*/false).clamp_min(1e-6);
  double best = 0, least = 0;
  for (const double penalty : penalties) {
    double error = 0;
    leave_out_each(parts, [&](const at::Tensor& in, const at::Tensor& out) {
      const Linear head =
          fit_ridge(coordinates.index_select(0, in), shares.index_select(0, in), penalty);
      const at::Tensor off = head(coordinates.index_select(0, out)) - shares.index_select(0, out);
      error += (off.square() / variance).sum().item<double>();
    });
    if (best == 0 || error < least) {
      least = error;
      best = penalty;
    }
  }
  return best;
}

struct Fitted {
  Standard standard;
  Linear head;
  double penalty;
};

Fitted fit(const at::Tensor& rows, const at::Tensor& shares, const at::Tensor& parts) {
  const Standard standard = standard_of(rows);
  const Span span = span_of(standard(rows));
  const double penalty = best_penalty(span.coordinates, shares, parts);
  return {standard, on_rows(fit_ridge(span.coordinates, shares, penalty), span), penalty};
}

}  // namespace

EmotionHead learn_emotions(const FeltRows& works, const std::vector<std::string>& names,
                           std::span<const std::size_t> groups, std::uint64_t seed,
                           const std::function<void()>& check) {
  at::Tensor foretold = at::zeros_like(works.shares), control = at::zeros_like(works.shares);
  leave_out_each(works.parts, [&](const at::Tensor& in, const at::Tensor& out) {
    check();
    const at::Tensor shares = works.shares.index_select(0, in);
    const Fitted fitted =
        fit(works.rows.index_select(0, in), shares, works.parts.index_select(0, in));
    const at::Tensor rows = fitted.standard(works.rows.index_select(0, out));
    foretold.index_copy_(0, out, fitted.head(rows).clamp(0, 1));
    control.index_copy_(0, out, shares.mean(0).expand({out.size(0), -1}).contiguous());
  });
  const Fitted whole = fit(works.rows, works.shares, works.parts);
  return {whole.standard, whole.head, whole.penalty,
          judge_feelings(names, works.shares, foretold, control, groups, seed)};
}

}  // namespace atelier::appraise
