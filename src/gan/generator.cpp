// SPDX-License-Identifier: Apache-2.0
#include "gan/generator.hpp"

#include <ATen/ATen.h>

#include <utility>

#include "atelier/base/error.hpp"
#include "gan/dcgan.hpp"
#include "gan/skip_generator.hpp"

namespace atelier::gan {

Generator::Generator(GeneratorForm form, const train::Parameters& parameters,
                     std::optional<at::ScalarType> precision)
    : form_(std::move(form)), parameters_(parameters), precision_(precision) {}

at::Tensor Generator::everywhere(const at::Tensor& style) const {
  return style.unsqueeze(1).expand({-1, levels(), -1});
}

std::vector<train::ParameterSpec> generator_specs(const GeneratorForm& form) {
  return form.architecture == "dcgan" ? DcganGenerator::specs(form) : SkipGenerator::specs(form);
}

std::unique_ptr<Generator> make_generator(const GeneratorForm& form,
                                          const train::Parameters& parameters,
                                          std::optional<at::ScalarType> precision) {
  if (form.architecture == "dcgan") {
    return std::make_unique<DcganGenerator>(form, parameters, precision);
  }
  if (form.architecture == "skip") {
    return std::make_unique<SkipGenerator>(form, parameters, precision);
  }
  fail(ErrorKind::invalid_argument, "there is no generator of the form {}.", form.architecture);
}

}  // namespace atelier::gan
