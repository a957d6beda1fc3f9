// SPDX-License-Identifier: Apache-2.0
#include "style/compatibility/prediction.hpp"

#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"

namespace atelier::style {
namespace {

constexpr double least_figure = 1e-8;

double figure_named(std::string_view name,
                    const std::vector<std::pair<std::string, double>>& figures) {
  for (const auto& [known, value] : figures) {
    if (known == name) return std::max(value, least_figure);
  }
  fail(ErrorKind::internal, "the model of compatibility asks for '{}', which is not measured.",
       name);
}

}  // namespace

Foretold foretold(const Model& model, const std::vector<std::pair<std::string, double>>& figures) {
  double logarithm = model.constant;
  for (const auto& [figure, weight] : model.coefficients) {
    logarithm += weight * std::log(figure_named(figure, figures));
  }
  return {std::exp(logarithm), std::exp(logarithm - model.error),
          std::exp(logarithm + model.error)};
}

double score_of(const Model& model, double loss) {
  const double off = (std::log(loss) - model.mean) / model.deviation;
  return 50 * std::erfc(off / std::sqrt(2.0));
}

void foretell(Compatibility& result) {
  for (const Model& model : models()) {
    const Foretold loss = foretold(model, result.figures);
    if (model.loss == "content") {
      result.content = loss;
    } else if (model.loss == "style") {
      result.style = loss;
    } else {
      result.total = loss;
      result.score = {score_of(model, loss.value), score_of(model, loss.high),
                      score_of(model, loss.low)};
    }
  }
}

}  // namespace atelier::style
