// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "atelier/gan/latent.hpp"
#include "atelier/image/image.hpp"

namespace atelier::gan {

/// Paints pictures from nothing by a trained generator (src/gan/generator.hpp). Immutable; safe to
/// use from several threads. The same latent gives the same bytes, whatever else is painted.
class Painter {
 public:
  /// `model`: a file that training wrote. Throws Error missing_weights when there is no such file,
  /// bad_input when it is damaged.
  explicit Painter(const std::filesystem::path& model, const std::string& device = "cpu");
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  /// Where it was read from.
  [[nodiscard]] const std::filesystem::path& file() const noexcept;
  /// px, edge of its pictures.
  [[nodiscard]] int size() const noexcept;
  /// SHA-256 of its tensors.
  [[nodiscard]] const std::string& digest() const noexcept;
  /// Names of the classes that it knows apart; may be empty.
  [[nodiscard]] const std::vector<std::string>& classes() const noexcept;
  /// The place of a class in classes(). Throws Error invalid_argument which lists those it knows.
  [[nodiscard]] int class_named(const std::string& name) const;
  /// Resolutions that take a style of their own, coarse to fine.
  [[nodiscard]] int levels() const noexcept;

  /// What grows from a seed, of a class: a place in classes(), -1 for one by chance.
  /// `truncation`: 1 leaves it; below, it is pulled to the mean of its class, where pictures are
  /// better and less different; 0 is the mean itself. Source: Karras et al., 2019.
  [[nodiscard]] Latent from_seed(std::uint64_t seed, double truncation = 1,
                                 int of_class = -1) const;

  /// The mean of a class, of all for -1.
  [[nodiscard]] Latent mean(int of_class = -1) const;

  /// Throws Error invalid_argument when the latent is another generator's.
  [[nodiscard]] image::Image paint(const Latent& latent) const;

  /// Principal components of what the generator's layers first make of styles, the one along which
  /// that differs most first, each as long as styles deviate along it: adding one moves every
  /// picture the same way. Sources: Härkönen et al., "GANSpace", NeurIPS 2020; Shen, Zhou,
  /// "Closed-form factorization of latent semantics in GANs", CVPR 2021. At most `count`.
  [[nodiscard]] std::vector<Direction> directions(int count) const;

  struct Content;  // src/gan/painter_content.hpp
  [[nodiscard]] const Content& content() const noexcept { return *content_; }

 private:
  std::unique_ptr<const Content> content_;
};

}  // namespace atelier::gan
