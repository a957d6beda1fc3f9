// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gan/discriminator.hpp"
#include "gan/generator.hpp"

namespace atelier::gan {

/// The plain generator that others are compared with: transposed convolutions with normalisation
/// between them. Its style is chance itself, and the one level takes it.
/// Source: Radford, Metz, Chintala, "Unsupervised representation learning with deep convolutional
/// generative adversarial networks", ICLR 2016.
class DcganGenerator final : public Generator {
 public:
  DcganGenerator(const GeneratorForm& form, const train::Parameters& parameters,
                 std::optional<at::ScalarType> precision)
      : Generator(form, parameters, precision) {}

  [[nodiscard]] static std::vector<train::ParameterSpec> specs(const GeneratorForm& form);

  [[nodiscard]] std::int64_t levels() const override { return 1; }
  [[nodiscard]] std::int64_t style_size() const override { return form_.latent; }
  [[nodiscard]] at::Tensor style(const at::Tensor& chance, const at::Tensor&) const override {
    return chance;
  }
  [[nodiscard]] at::Tensor paint(const at::Tensor& styles,
                                 const Normaliser& normalise) const override;
  [[nodiscard]] at::Tensor reading() const override;
};

/// Its adversary looks at the pixels themselves, by convolutions that halve the resolution.
class DcganDiscriminator final : public Discriminator {
 public:
  DcganDiscriminator(const GeneratorForm& form, const train::Parameters& parameters,
                     std::optional<at::ScalarType> precision);

  [[nodiscard]] static std::vector<train::ParameterSpec> specs(const GeneratorForm& form);

  [[nodiscard]] std::vector<at::Tensor> look(const at::Tensor& rgb) const override;
  [[nodiscard]] std::vector<at::Tensor> judge(const std::vector<at::Tensor>& seen,
                                              const at::Tensor& classes,
                                              const Normaliser& normalise) const override;

 private:
  const GeneratorForm form_;
  const train::Parameters& parameters_;
  const std::optional<at::ScalarType> precision_;
};

}  // namespace atelier::gan
