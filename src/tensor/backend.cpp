// SPDX-License-Identifier: Apache-2.0
#include <ATen/Context.h>
#include <ATen/Version.h>
#include <dlfcn.h>
#include <torch/version.h>

#include <array>
#include <fstream>
#include <string_view>

#include "atelier/tensor/compute.hpp"
#include "tensor/blas_kernels.hpp"
#include "tensor/kernels/bf16_convolution.hpp"
#include "tensor/kernels/instruction_set.hpp"

namespace atelier::tensor {
namespace {

/// The file that the matrix product of the running process comes from, or empty.
std::string matrix_product_library() {
  void* symbol = ::dlsym(RTLD_DEFAULT, "sgemm_");
  Dl_info info{};
  if (!symbol || ::dladdr(symbol, &info) == 0 || !info.dli_fname) return {};
  return info.dli_fname;
}

/// Whether a library whose file name contains `part` is loaded.
bool is_loaded(std::string_view part) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    if (line.find(part) != std::string::npos) return true;
  }
  return false;
}

void find_blas(Backend& backend) {
  backend.blas_path = matrix_product_library();
  if (at::hasMKL()) {
    backend.blas = "MKL";
  } else if (::dlsym(RTLD_DEFAULT, "openblas_set_num_threads")) {
    backend.blas = "OpenBLAS";
    backend.blas_kernels = blas_kernels();
  } else if (is_loaded("libblis")) {
    backend.blas = "BLIS";
  } else if (backend.blas_path.empty()) {
    backend.blas = "built into torch";
  } else {
    backend.blas = "reference";
    backend.reference_blas = true;
  }
}

}  // namespace

Backend backend() {
  Backend result;
  result.torch_version = TORCH_VERSION;
  const std::string capability = "CPU capability usage: ";
  const std::string config = at::show_config();
  if (const auto at = config.find(capability); at != std::string::npos) {
    const auto begin = at + capability.size();
    result.cpu_capability = config.substr(begin, config.find('\n', begin) - begin);
  }
  find_blas(result);
  result.kernels = instruction_set();
  switch (bf16_units()) {
    case Bf16Units::not_built:
      result.bf16 = "not built";
      break;
    case Bf16Units::none:
      result.bf16 = "none";
      break;
    case Bf16Units::avx512_bf16:
      result.bf16 = "AVX512_BF16";
      break;
    case Bf16Units::amx:
      result.bf16 = "AMX";
      break;
  }
  result.onednn = at::hasMKLDNN();
  result.cuda_built = config.find("USE_CUDA=ON") != std::string::npos ||
                      config.find("USE_CUDA=1") != std::string::npos;
  if (at::globalContext().hasCUDA() && at::detail::getCUDAHooks().hasCUDA()) {
    const int count = at::detail::getCUDAHooks().getNumGPUs();
    for (int i = 0; i < count; ++i) result.cuda_devices.push_back("cuda:" + std::to_string(i));
  }
  return result;
}

}  // namespace atelier::tensor
