// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "gan/discriminator.hpp"
#include "gan/generator.hpp"
#include "gan/spectral_norm.hpp"
#include "nets/network.hpp"
#include "train/parameters.hpp"

namespace atelier::gan {

/// Looks at pictures through a pretrained network at four resolutions, whose features are mixed by
/// chance, across channels and from coarse to fine, by weights that never change; small
/// discriminators learn what to make of each.
///
/// Source: Sauer, Chitta, Müller, Geiger, "Projected GANs converge faster", NeurIPS 2021.
/// Differs: the mixed features keep their resolution instead of being doubled, which takes three
/// quarters of the work away; each discriminator ends at 4 x 4 places; pictures are normalised in
/// groups (norms.hpp); classes enter as in Miyato, Koyama, "cGANs with projection discriminator",
/// ICLR 2018.
class ProjectedDiscriminator final : public Discriminator {
 public:
  /// `eyes`: EfficientNet-Lite0; `form`: of the generator, for size, width and classes. All must
  /// outlive this.
  ProjectedDiscriminator(const nets::Network& eyes, const GeneratorForm& form,
                         const train::Parameters& parameters,
                         std::optional<at::ScalarType> precision);

  [[nodiscard]] static std::vector<train::ParameterSpec> specs(const GeneratorForm& form);

  [[nodiscard]] std::vector<at::Tensor> look(const at::Tensor& rgb) const override;
  [[nodiscard]] std::vector<at::Tensor> judge(const std::vector<at::Tensor>& seen,
                                              const at::Tensor& classes,
                                              const Normaliser& normalise) const override;
  void prepare() override { spectral_.follow(); }
  [[nodiscard]] nets::TensorMap state() const override { return spectral_.state(); }
  void restore(const nets::TensorMap& state) override { spectral_.restore(state); }

 private:
  const nets::Network& eyes_;
  const GeneratorForm form_;
  const train::Parameters& parameters_;
  const std::optional<at::ScalarType> precision_;
  SpectralNorm spectral_;
  train::Parameters chance_;  // the mixing weights
};

}  // namespace atelier::gan
