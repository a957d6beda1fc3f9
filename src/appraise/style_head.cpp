// SPDX-License-Identifier: Apache-2.0
#include "appraise/style_head.hpp"

#include <ATen/ATen.h>

#include <array>
#include <vector>

#include "appraise/calibration.hpp"

namespace atelier::appraise {
namespace {

constexpr std::array<double, 3> penalties{1e-3, 3e-4, 1e-4};

/// One over the number of works of each work's class.
at::Tensor balance(const at::Tensor& classes, std::int64_t count) {
  const at::Tensor works = at::bincount(classes, {}, count).to(at::kDouble).clamp_min(1);
  return (1 / works).index_select(0, classes);
}

/// Logits of all works, each by a head that never saw its part.
at::Tensor left_out_logits(const ClassedRows& works, const at::Tensor& coordinates, double penalty,
                           const std::function<void()>& check) {
  at::Tensor logits = at::zeros({works.rows.size(0), works.count}, coordinates.options());
  for (std::int64_t part = 0; part <= works.parts.max().item<std::int64_t>(); ++part) {
    check();
    const at::Tensor out = (works.parts == part).nonzero().squeeze(1),
                     in = (works.parts != part).nonzero().squeeze(1);
    if (out.size(0) == 0 || in.size(0) == 0) continue;
    const at::Tensor classes = works.classes.index_select(0, in);
    const Linear head = fit_logistic(coordinates.index_select(0, in), classes, works.count,
                                     balance(classes, works.count), penalty);
    logits.index_copy_(0, out, head(coordinates.index_select(0, out)));
  }
  return logits;
}

/// Mean of -log of the true class's probability at the best temperature, all classes alike.
double balanced_loss(const at::Tensor& logits, const at::Tensor& classes, std::int64_t count) {
  const at::Tensor logs = at::log_softmax(logits / fit_temperature(logits, classes), 1)
                              .gather(1, classes.unsqueeze(1))
                              .squeeze(1);
  const at::Tensor weights = balance(classes, count);
  return -((logs * weights).sum() / weights.sum()).item<double>();
}

}  // namespace

ClassedRows ClassedRows::where(const at::Tensor& mask) const {
  const at::Tensor places = mask.nonzero().squeeze(1);
  return {rows.index_select(0, places), classes.index_select(0, places),
          parts.index_select(0, places), count};
}

StyleHead learn_style(const ClassedRows& works, const std::function<void()>& check) {
  StyleHead style{standard_of(works.rows), {}, 0, 1, {}};
  const Span span = span_of(style.standard(works.rows));
  double least = 0;
  for (const double penalty : penalties) {
    const at::Tensor logits = left_out_logits(works, span.coordinates, penalty, check);
    const double loss = balanced_loss(logits, works.classes, works.count);
    if (style.penalty == 0 || loss < least) {
      least = loss;
      style.penalty = penalty;
      style.held_out = logits;
    }
  }
  style.temperature = fit_temperature(style.held_out, works.classes);
  style.head = on_rows(fit_logistic(span.coordinates, works.classes, works.count,
                                    balance(works.classes, works.count), style.penalty),
                       span);
  return style;
}

at::Tensor logits_of(const StyleHead& style, const at::Tensor& rows) {
  return style.head(style.standard(rows));
}

}  // namespace atelier::appraise
