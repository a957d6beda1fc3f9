// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <memory>
#include <string>

#include "fast/network.hpp"

namespace atelier::fast {

/// How levels of statistics are standardised before the code: (levels - mean) / deviation.
struct Standard {
  at::Tensor mean, deviation;  ///< level_count() each
};

/// The statistics of several styles as a batch, standardised, for Network::code().
struct StyleBatch {
  at::Tensor levels;                               ///< N x level_count()
  std::map<std::string, at::Tensor> correlations;  ///< N x C x C
};
[[nodiscard]] StyleBatch style_batch(const std::vector<const StyleStatistics*>& styles,
                                     const Standard& standard, at::Device device);

/// A form by its name: "modulated", or "plain" without mixing matrices.
[[nodiscard]] Architecture architecture_of(const std::string& name);

}  // namespace atelier::fast
