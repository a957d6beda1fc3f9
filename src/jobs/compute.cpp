// SPDX-License-Identifier: Apache-2.0
#include "jobs/compute.hpp"

#include <dlfcn.h>

#include <filesystem>

#include "atelier/tensor/compute.hpp"

namespace atelier::jobs {
namespace {

/// The OpenMP runtime that is loaded: torch brings one or none.
std::string openmp_library() {
  Dl_info info{};
  const void* function = dlsym(RTLD_DEFAULT, "omp_get_max_threads");
  if (!function || !dladdr(function, &info) || !info.dli_fname) return "none";
  return std::filesystem::path(info.dli_fname).filename().string();
}

}  // namespace

ComputeNames set_up_compute(const std::string& device, int threads) {
  const tensor::Compute compute = tensor::set_up(device, threads);
  return {compute.device.str(), compute.threads};
}

void describe_compute(DoctorReport& report) {
  report.threads = tensor::set_up("cpu", 0).threads;
  const tensor::Backend backend = tensor::backend();
  report.torch_version = backend.torch_version;
  report.cpu_capability = backend.cpu_capability;
  report.blas = backend.blas;
  report.blas_path = backend.blas_path;
  report.onednn = backend.onednn;
  report.openmp = openmp_library();
  report.devices.push_back("cpu");
  for (std::size_t i = 0; i < backend.cuda_devices.size(); ++i) {
    report.devices.push_back(fmt::format("cuda:{} ({})", i, backend.cuda_devices[i]));
  }
  if (backend.reference_blas) {
    report.findings.push_back({false,
                               "matrix products run in the reference BLAS, many times slower",
                               "apt-get install libopenblas0-pthread"});
  }
  if (report.openmp == "none" && report.threads > 1) {
    report.findings.push_back({false, "torch has no OpenMP here and may use one thread",
                               "install a libtorch with OpenMP"});
  }
}

}  // namespace atelier::jobs
