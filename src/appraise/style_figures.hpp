// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "appraise/collection.hpp"
#include "appraise/outside.hpp"
#include "appraise/style_head.hpp"
#include "atelier/appraise/train.hpp"

namespace atelier::appraise {

/// What was learned of styles, and how right it is.
struct StyleFigures {
  nlohmann::ordered_json of;         ///< for figures.json
  std::vector<std::string> classes;  ///< sorted
  at::Tensor confusion;              ///< C x C, of all parts
  StyleHead whole;                   ///< learned from everything: what is shipped
  Outside outside;                   ///< on rows that whole.standard made
};

/// Divides the works, judges each part by a head that saw none of it, and learns the head that is
/// shipped. `rows`: N x D float64. `groups`: of each work. `check`: called between fits; what it
/// throws ends it. Throws Error bad_input for a class whose works are all of one group.
[[nodiscard]] StyleFigures style_figures(const std::vector<Work>& works, const at::Tensor& rows,
                                         std::span<const std::size_t> groups,
                                         const AppraisalOptions& options,
                                         const std::function<void()>& check);

}  // namespace atelier::appraise
