// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <filesystem>

#include "translate/form.hpp"
#include "translate/model.hpp"

namespace atelier::translate {

/// Writes a translator that never learnt, but paints something; returns its file.
inline std::filesystem::path untrained_translator(const std::filesystem::path& folder) {
  const auto path = folder / "translator.safetensors";
  const auto parameters = [](std::uint64_t seed) {
    train::Parameters chance(fast::parameter_specs(architecture_of(8)), seed, at::kCPU);
    const at::Tensor last = chance["leave.weight"].detach();
    last.copy_(0.05 * at::randn(last.sizes(), at::detail::createCPUGenerator(seed)));
    return chance;
  };
  save_model(path, 8, parameters(1), parameters(2), 0);
  return path;
}

}  // namespace atelier::translate
