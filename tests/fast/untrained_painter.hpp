// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "atelier/fast/painter.hpp"
#include "chance_parameters.hpp"
#include "fast/model.hpp"
#include "random_vgg.hpp"

namespace atelier::fast {

/// Writes a network of this form that never learnt; returns its file.
inline std::filesystem::path untrained_model(const std::filesystem::path& folder,
                                             const char* form) {
  const auto path = folder / form;
  const Architecture a = architecture_of(form);
  const train::Parameters parameters = chance_parameters(a);
  save_model(path, form, parameters, {at::zeros({level_count()}), at::ones({level_count()})}, 0);
  return path;
}

/// A VGG-19 of random weights, made once.
inline const nets::FeatureNet& small_vgg() {
  static const nets::FeatureNet net = random_vgg();
  return net;
}

}  // namespace atelier::fast
