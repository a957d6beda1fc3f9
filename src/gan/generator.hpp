// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/ScalarType.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gan/norms.hpp"
#include "train/parameters.hpp"

namespace atelier::gan {

/// What a generator looks like.
struct GeneratorForm {
  std::string architecture = "skip";  ///< or "dcgan"
  int size = 128;                     ///< px, edge of its pictures; a power of two, 32..512
  int width = 32;                     ///< channels at half the size
  int latent = 128;                   ///< numbers that a picture grows from
  int classes = 0;                    ///< 0: it knows none
};

/// Paints pictures from chance.
///
/// Chance, one normal number each, is first made a style; every resolution, coarse to fine, then
/// takes a style of its own, so that styles can be mixed by resolution.
class Generator {
 public:
  virtual ~Generator() = default;

  [[nodiscard]] const GeneratorForm& form() const noexcept { return form_; }
  /// How many styles a picture takes, coarse to fine: one for 4 px, one for 8 px, ...
  [[nodiscard]] virtual std::int64_t levels() const = 0;
  /// Numbers in a style.
  [[nodiscard]] virtual std::int64_t style_size() const = 0;

  /// `chance`: N x latent, normal; `classes`: N whole numbers, undefined where it knows none.
  /// Returns N x style_size().
  [[nodiscard]] virtual at::Tensor style(const at::Tensor& chance,
                                         const at::Tensor& classes) const = 0;

  /// `styles`: N x levels() x style_size(). Returns N x 3 x size x size, sRGB, 0..1.
  [[nodiscard]] virtual at::Tensor paint(const at::Tensor& styles,
                                         const Normaliser& normalise) const = 0;

  /// What its layers first make of a style, which is linear: rows x style_size(), each layer's norm
  /// the same.
  [[nodiscard]] virtual at::Tensor reading() const = 0;

  /// The same style at every level.
  [[nodiscard]] at::Tensor everywhere(const at::Tensor& style) const;

 protected:
  Generator(GeneratorForm form, const train::Parameters& parameters,
            std::optional<at::ScalarType> precision);

  const GeneratorForm form_;
  const train::Parameters& parameters_;
  const std::optional<at::ScalarType> precision_;
};

/// The trainable numbers of a form.
[[nodiscard]] std::vector<train::ParameterSpec> generator_specs(const GeneratorForm& form);

/// Views of `parameters`, which must outlive it. `precision`: that convolutions are computed in,
/// nullopt for the parameters' own. Throws Error invalid_argument when there is no such form.
[[nodiscard]] std::unique_ptr<Generator> make_generator(
    const GeneratorForm& form, const train::Parameters& parameters,
    std::optional<at::ScalarType> precision = std::nullopt);

}  // namespace atelier::gan
