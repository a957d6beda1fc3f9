// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace atelier::tensor {

/// Where and how tensors are computed.
struct Compute {
  at::Device device = at::kCPU;
  int threads = 1;
};

/// Chooses a device and sets torch and its BLAS up for it: thread count, deterministic algorithms,
/// denormals flushed. `device`: auto (CUDA when there is one), cpu, cuda or cuda:N. `threads`: 0
/// takes the processors this process may run on. Throws Error missing_capability when the device is
/// not there.
[[nodiscard]] Compute set_up(const std::string& device, int threads);

/// While it lives, torch and its BLAS compute with one thread wherever they are called from, and
/// leave the cores to parallel_for(): threads of two kinds would wait for each other. Ends with the
/// thread counts that it found.
class OneThreadedTorch {
 public:
  OneThreadedTorch();
  ~OneThreadedTorch();
  OneThreadedTorch(const OneThreadedTorch&) = delete;
  OneThreadedTorch& operator=(const OneThreadedTorch&) = delete;

 private:
  int torch_threads_;
};

/// What doctor shows of the numeric libraries.
struct Backend {
  std::string torch_version;   ///< "1.13.1"
  std::string cpu_capability;  ///< instruction set torch's own kernels use: "AVX2", "AVX512"
  std::string blas;       ///< library that matrix products run in: "OpenBLAS", "MKL", "reference"
  std::string blas_path;  ///< the file, when it could be found
  std::string
      blas_kernels;  ///< of which processor OpenBLAS took the kernels: "Haswell", "SkylakeX"
  bool reference_blas = false;  ///< slow; the remedy is to install OpenBLAS
  bool onednn = false;
  std::string
      kernels;  ///< instruction set of our own kernels: "AVX-512", "AVX2", "SSE4", "NEON", "plain"
  std::string bf16;  ///< what computes bf16: "AMX", "AVX512_BF16", "none", or "not built"
  bool cuda_built = false;
  std::vector<std::string> cuda_devices;  ///< "cuda:0", ...
};
[[nodiscard]] Backend backend();

}  // namespace atelier::tensor
