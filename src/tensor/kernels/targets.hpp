// SPDX-License-Identifier: Apache-2.0
#pragma once

// Instruction sets that kernels are compiled for, one of which is chosen when the program runs: the
// compiler's baseline, SSE4, AVX2 and AVX-512 on x86, NEON on Arm. Include before any header of
// Highway. Left out: sets that bring these kernels nothing (SSSE3, the newer AVX-512 families), and
// those with vectors of unknown length, of which C++ can make no arrays.
#define HWY_DISABLED_TARGETS \
  (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
