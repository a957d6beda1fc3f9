// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gan/generator.hpp"

namespace atelier::gan {

/// A light generator for small collections: from 4 px, each resolution doubles the one below and
/// makes it finer by one or two gated convolutions; the coarse maps of 4, 8 and 16 px decide which
/// channels of those sixteen times as large are heard (skip-layer excitation).
///
/// Source: Liu, Zhu, Song, Elgammal, "Towards faster and stabilized GAN training for high-fidelity
/// few-shot image synthesis", ICLR 2021 (FastGAN).
/// Differs: each normalised layer's scale and shift depend on chance, too (Chen et al., "On self
/// modulation for generative adversarial networks", ICLR 2019), linearly and at each resolution, so
/// that styles can be mixed, moved and pulled to their mean; no noise is added, so that a style
/// alone decides the picture; fewer channels. A style is chance on the sphere, and a class beside
/// it, not what a mapping network makes of it (Karras et al., 2019): such styles have a mean other
/// than nothing, along which every layer's modulation grows, until all pictures differ in little
/// else.
class SkipGenerator final : public Generator {
 public:
  SkipGenerator(const GeneratorForm& form, const train::Parameters& parameters,
                std::optional<at::ScalarType> precision)
      : Generator(form, parameters, precision) {}

  [[nodiscard]] static std::vector<train::ParameterSpec> specs(const GeneratorForm& form);

  [[nodiscard]] std::int64_t levels() const override;
  [[nodiscard]] std::int64_t style_size() const override { return form_.latent + form_.classes; }
  [[nodiscard]] at::Tensor style(const at::Tensor& chance,
                                 const at::Tensor& classes) const override;
  [[nodiscard]] at::Tensor paint(const at::Tensor& styles,
                                 const Normaliser& normalise) const override;
  [[nodiscard]] at::Tensor reading() const override;

 private:
  /// Normalised, scaled and shifted as the style says, gated: half the channels.
  [[nodiscard]] at::Tensor styled(const std::string& layer, const at::Tensor& x,
                                  const at::Tensor& style, const Normaliser& normalise) const;
  /// How much of each channel of a map sixteen times as large is heard: N x C x 1 x 1.
  [[nodiscard]] at::Tensor gate(const std::string& layer, const at::Tensor& coarse) const;
};

}  // namespace atelier::gan
