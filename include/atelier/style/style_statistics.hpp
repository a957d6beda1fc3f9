// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

namespace atelier::style {

/// What a network saw of styles, kept from one painting to the next: mean and covariance of every
/// layer at every size. They are found again by the SHA-256 of the very pixels that the network is
/// shown, and by all that decides what it sees of them (weights, pooling, padding, layers, engine,
/// tiles, device), so that a painting is the same byte for byte with and without. Layers' features
/// as such are not kept: they are large.
///
/// One painting at a time may use it.
class StyleStatistics {
 public:
  /// Beyond so many bytes what was used longest ago is forgotten. One style at three sizes takes
  /// 14 MB with the default layers of VGG-19.
  explicit StyleStatistics(std::size_t most_bytes = std::size_t{256} << 20);
  ~StyleStatistics();
  StyleStatistics(const StyleStatistics&) = delete;
  StyleStatistics& operator=(const StyleStatistics&) = delete;

  /// How often statistics were asked for and were there already.
  [[nodiscard]] std::size_t found() const noexcept;

  class Held;  // src/style/held_statistics.hpp
  [[nodiscard]] Held& held() const noexcept { return *held_; }

 private:
  std::unique_ptr<Held> held_;
};

}  // namespace atelier::style
