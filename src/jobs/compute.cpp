// SPDX-License-Identifier: Apache-2.0
#include "jobs/compute.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/tensor/compute.hpp"
#include "nets/passes/make_pass.hpp"

namespace atelier::jobs {
namespace {

/// The OpenMP runtime that is loaded: torch brings one or none.
std::string openmp_library() {
  Dl_info info{};
  const void* function = dlsym(RTLD_DEFAULT, "omp_get_max_threads");
  if (!function || !dladdr(function, &info) || !info.dli_fname) return "none";
  return std::filesystem::path(info.dli_fname).filename().string();
}

/// auto, cpu, cuda or cuda:N with N of at most two digits.
bool is_device_name(std::string_view name) {
  if (name == "auto" || name == "cpu" || name == "cuda") return true;
  if (!name.starts_with("cuda:") || name.size() < 6 || name.size() > 7) return false;
  return name.find_first_not_of("0123456789", 5) == name.npos;
}

}  // namespace

ComputeNames set_up_compute(const std::string& device, int threads) {
  if (!is_device_name(device)) {
    fail(ErrorKind::invalid_argument,
         "--device does not take '{}'; allowed: auto, cpu, cuda, cuda:N.", device);
  }
  const tensor::Compute compute = tensor::set_up(device, threads);
  return {compute.device.str(), compute.threads};
}

void describe_compute(DoctorReport& report) {
  report.threads = tensor::set_up("cpu", 0).threads;
  const tensor::Backend backend = tensor::backend();
  report.torch_version = backend.torch_version;
  report.cpu_capability = backend.cpu_capability;
  report.kernels = backend.kernels;
  report.bf16 = backend.bf16;
  report.engine = nets::fastest_engine();
  report.blas = backend.blas;
  report.blas_path = backend.blas_path;
  report.blas_kernels = backend.blas_kernels;
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
