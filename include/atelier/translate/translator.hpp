// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "atelier/fast/look.hpp"
#include "atelier/image/image.hpp"

namespace atelier::translate {

enum class Direction {
  there,  ///< from the first collection to the second: photographs into a painter's hand
  back,
};

/// Paints pictures of one collection like another, at any size, in one pass of a trained network.
/// Immutable; safe to use from several threads.
class Translator {
 public:
  /// `model`: a file that training wrote. Throws Error missing_weights when there is no such file,
  /// bad_input when it is damaged.
  explicit Translator(const std::filesystem::path& model, const std::string& device = "cpu");
  ~Translator();
  Translator(const Translator&) = delete;
  Translator& operator=(const Translator&) = delete;

  /// What is worked out of a picture as a whole; `like`: the picture, or a smaller copy of it.
  /// Throws Error invalid_argument when an edge is below 16 px.
  [[nodiscard]] fast::Look look(const image::Image& like, Direction direction) const;

  /// SHA-256 of the weights.
  [[nodiscard]] const std::string& digest() const noexcept;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace atelier::translate
