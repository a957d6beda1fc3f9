// SPDX-License-Identifier: Apache-2.0
#include "tensor/blas_kernels.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>

namespace atelier::tensor {
namespace {

/// What OpenBLAS's names for processors without AVX2 are, as far as it falls back to them.
constexpr std::array<std::string_view, 8> old_kernels{
    "Generic", "Katmai", "Core2", "Penryn", "Prescott", "Nehalem", "Barcelona", "Sandybridge"};

}  // namespace

std::string_view blas_kernels() {
  using Name = const char* (*)();
  const auto name = reinterpret_cast<Name>(::dlsym(RTLD_DEFAULT, "openblas_get_corename"));
  return name ? name() : std::string_view();
}

std::string_view better_blas_kernels(std::string_view taken, std::string_view instruction_set) {
  if (std::find(old_kernels.begin(), old_kernels.end(), taken) == old_kernels.end()) return {};
  if (instruction_set == "AVX-512") return "SkylakeX";
  if (instruction_set == "AVX2") return "Haswell";
  return {};
}

}  // namespace atelier::tensor
