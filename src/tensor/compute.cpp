// SPDX-License-Identifier: Apache-2.0
#include "atelier/tensor/compute.hpp"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <malloc.h>
#include <torch/version.h>

#include <cstdlib>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "tensor/kernels/instruction_set.hpp"
#include "tensor/parallel.hpp"

namespace atelier::tensor {
namespace {

/// OpenBLAS keeps a thread count of its own; torch does not know of it.
void set_blas_threads(int threads) {
  using Setter = void (*)(int);
  if (auto set = reinterpret_cast<Setter>(::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) {
    set(threads);
  }
}

/// Every step allocates and frees the same sizes: kept by the process they are not cleared by the
/// system each time, which would take a tenth of a step.
void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int most_kept = 32 << 20;
  ::mallopt(M_MMAP_THRESHOLD, most_kept);
  ::mallopt(M_TRIM_THRESHOLD, 2 * most_kept);
#endif
}

at::Device choose_device(const std::string& name) {
  const bool cuda = at::globalContext().hasCUDA() && at::detail::getCUDAHooks().hasCUDA();
  if (name == "cpu" || (name == "auto" && !cuda)) return at::kCPU;
  if (!cuda) {
    fail(ErrorKind::missing_capability,
         "device {} is not there: this machine or this build of torch has no CUDA; use --device "
         "cpu.",
         name);
  }
  if (name == "auto") return {at::kCUDA, 0};
  const at::Device device(name);
  const int count = at::detail::getCUDAHooks().getNumGPUs();
  if (device.has_index() && device.index() >= count) {
    fail(ErrorKind::missing_capability, "device {} is not there: there are {}; use --device cuda.",
         name, count);
  }
  return {at::kCUDA, device.has_index() ? device.index() : at::DeviceIndex{0}};
}

}  // namespace

Compute set_up(const std::string& device, int threads) {
  keep_freed_memory();
  const char* limit = std::getenv("ATELIER_INSTRUCTION_SET");
  limit_instruction_set(limit ? limit : "");
  Compute compute;
  compute.threads = threads > 0 ? threads : processor_count();
  at::set_num_threads(compute.threads);
  set_worker_count(compute.threads);
  set_blas_threads(compute.threads);
  at::globalContext().setFlushDenormal(true);
  at::globalContext().setDeterministicAlgorithms(true, /*warn_only=*/true);
#if TORCH_VERSION_MAJOR >= 2
  at::globalContext().setDeterministicFillUninitializedMemory(false);  // nothing reads it
#endif
  at::globalContext().setBenchmarkCuDNN(false);
  compute.device = choose_device(device);
  return compute;
}

OneThreadedTorch::OneThreadedTorch() : torch_threads_(at::get_num_threads()) {
  if (torch_threads_ == 1)
    return;  // changing it makes torch start threads anew, which spin at first
  at::set_num_threads(1);
  set_blas_threads(1);
}

OneThreadedTorch::~OneThreadedTorch() {
  if (torch_threads_ == 1) return;
  at::set_num_threads(torch_threads_);
  set_blas_threads(torch_threads_);
}

}  // namespace atelier::tensor
