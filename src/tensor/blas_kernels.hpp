// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace atelier::tensor {

/// The kernels that OpenBLAS took, by its names for processors ("Haswell", "SkylakeX", ...); empty
/// where the BLAS is another.
[[nodiscard]] std::string_view blas_kernels();

/// The kernels that it should have taken: on a processor younger than itself it falls back to some
/// that know nothing of AVX. Empty where those that it took will do.
/// `taken`: as blas_kernels() says; `instruction_set`: as instruction_set() does.
[[nodiscard]] std::string_view better_blas_kernels(std::string_view taken,
                                                   std::string_view instruction_set);

}  // namespace atelier::tensor
