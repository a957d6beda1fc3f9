// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

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

/// A trained network with all that it needs, as it is shipped.
struct Model {
  std::string form;  ///< of architecture_of()
  Architecture architecture;
  std::unique_ptr<train::Parameters> parameters;
  Standard standard;
  std::int64_t step = 0;  ///< of its training
  std::string digest;     ///< SHA-256 of its tensors

  [[nodiscard]] Network network() const { return {architecture, *parameters}; }
};

/// Writes weights in half precision and what stands beside them in single, as safetensors; `form`:
/// the architecture's name. Throws Error io.
void save_model(const std::filesystem::path& path, const std::string& form,
                const train::Parameters& parameters, const Standard& standard, std::int64_t step);

/// Throws Error missing_weights when there is no such file, bad_input when it is no such model or
/// damaged.
[[nodiscard]] Model load_model(const std::filesystem::path& path, at::Device device);

}  // namespace atelier::fast
