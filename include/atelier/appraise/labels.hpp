// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "atelier/appraise/appraiser.hpp"

namespace atelier::appraise {

/// Names the things in a picture from what EfficientNet-Lite0's last layer shows of it, for whoever
/// looked already. Immutable.
class Labels {
 public:
  /// `model`: as Appraiser's. Throws Error missing_weights when it is not there, bad_input when it
  /// is damaged or names no things.
  explicit Labels(const std::filesystem::path& model);
  ~Labels();
  Labels(Labels&&) noexcept;
  Labels& operator=(Labels&&) noexcept;

  /// `means`: of the channels of the last layer over positions, 1,280 numbers. Likeliest first.
  /// Throws Error invalid_argument for another number of them.
  [[nodiscard]] std::vector<Guess> operator()(std::span<const float> means) const;
  /// SHA-256 of the model's tensors.
  [[nodiscard]] const std::string& digest() const noexcept;

 private:
  struct Content;

  std::unique_ptr<Content> content_;
};

}  // namespace atelier::appraise
