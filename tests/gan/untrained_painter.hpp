// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gan/model.hpp"
#include "gan/samples.hpp"

namespace atelier::gan {

/// Writes a generator of this form that never learnt; returns its file.
inline std::filesystem::path untrained_model(const std::filesystem::path& folder,
                                             const GeneratorForm& form) {
  const auto path = folder / "untrained.safetensors";
  const train::Parameters parameters(generator_specs(form), 6, at::kCPU);
  const auto generator = make_generator(form, parameters);
  const at::NoGradGuard no_gradient;
  NormSums sums;
  const at::Tensor labels =
      form.classes > 0 ? at::arange(16, at::kLong).remainder(form.classes) : at::Tensor();
  static_cast<void>(generator->paint(
      generator->everywhere(generator->style(chance_rows(0, "norms", 0, 16, form.latent), labels)),
      {16, nullptr, &sums}));
  std::vector<std::string> classes;
  for (int i = 0; i < form.classes; ++i) classes.push_back("class " + std::to_string(i));
  save_model(path, form, classes, parameters, sums.norms(), 0);
  return path;
}

}  // namespace atelier::gan
