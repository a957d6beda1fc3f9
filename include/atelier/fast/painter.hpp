// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "atelier/fast/look.hpp"
#include "atelier/image/image.hpp"

namespace atelier::nets {
class FeatureNet;
}

namespace atelier::fast {

/// A painting as the one-pass network knows it; cheap to copy and to keep.
class Style {
 public:
  struct Content;
  explicit Style(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  [[nodiscard]] const Content& content() const noexcept { return *content_; }

 private:
  std::shared_ptr<const Content> content_;
};

/// A style and its share in a blend.
struct BlendedStyle {
  Style style;
  double weight = 1;  ///< not negative; weights are made to sum to 1
};

struct PaintOptions {
  double strength = 1;      ///< 0..1: from the photograph in its own style to the painting's
  int tile = fitting_tile;  ///< as Look::paint() takes it
};

/// Paints any photograph in any style in one pass of a trained network (src/fast/network.hpp).
/// Immutable; safe to use from several threads.
class Painter {
 public:
  /// `model`: a file that training wrote. `vgg`: VGG-19, by which styles are told.
  /// Throws Error missing_weights when there is no such file, bad_input when it is damaged.
  Painter(const std::filesystem::path& model, const nets::FeatureNet& vgg,
          const std::string& device = "cpu");
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  /// Looks at a painting, at the size at which its texture shall be painted. The last few are
  /// remembered, so that a film's frames ask for nothing.
  /// Throws Error invalid_argument when an edge is below 16 px.
  [[nodiscard]] Style study(const image::Image& painting) const;

  /// The photograph painted, of its size. Alpha passes through. Throws Error invalid_argument when
  /// an edge is below 16 px, an option is out of its range, or no style has weight.
  [[nodiscard]] image::Image paint(const image::Image& photo,
                                   const std::vector<BlendedStyle>& styles,
                                   const PaintOptions& options = {}) const;

  /// What paint() works out before it paints: `like` looked at as a whole, and the styles.
  [[nodiscard]] Look look(const image::Image& like, const std::vector<BlendedStyle>& styles,
                          double strength = 1) const;

  /// SHA-256 of the weights.
  [[nodiscard]] const std::string& digest() const noexcept;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace atelier::fast
