// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/blas.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tensor/blas_kernels.hpp"
#include "tensor/kernels/instruction_set.hpp"

namespace atelier::jobs {

void restart_with_fitting_blas(char** argv) {
  constexpr const char* variable = "OPENBLAS_CORETYPE";
  if (std::getenv(variable)) return;
  const std::string_view better =
      tensor::better_blas_kernels(tensor::blas_kernels(), tensor::instruction_set());
  if (better.empty() || ::setenv(variable, std::string(better).c_str(), 0) != 0) return;
  ::execv("/proc/self/exe", argv);
}

}  // namespace atelier::jobs
