// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "atelier/base/resources.hpp"
#include "atelier/jobs/models.hpp"

namespace atelier::jobs {

/// Something that is not as it should be, and the command or act that mends it.
struct Finding {
  bool blocking = false;  ///< the main job, stylize, cannot run until it is mended
  std::string what;
  std::string remedy;
};

/// What this machine offers and lacks.
struct DoctorReport {
  std::string version;
  Processor processor;
  int processors = 0;             ///< that this process may run on
  int threads = 0;                ///< that tensors are computed with
  std::int64_t memory_bytes = 0;  ///< available
  std::int64_t disk_bytes = 0;    ///< free where weights lie
  std::string torch_version, cpu_capability;
  std::string kernels;  ///< instruction set of our own kernels: "AVX-512"
  std::string bf16;     ///< what computes bf16: "AMX", "AVX512_BF16", "none" or "not built"
  std::string engine;   ///< that `--engine auto` comes to on the processor: "winograd"
  std::string blas, blas_path, blas_kernels;
  bool onednn = false;
  std::string openmp;                      ///< the library's file name, or "none"
  std::vector<std::string> devices;        ///< "cpu", "cuda:0 (NVIDIA H100 80GB, 79 GiB)"
  std::vector<std::string> image_formats;  ///< written and read back in this run
  ModelsReport models;
  std::vector<Finding> findings;

  /// Whether stylize can run.
  [[nodiscard]] bool ready() const noexcept;
};

[[nodiscard]] nlohmann::json to_json(const DoctorReport& report);

/// Looks at the machine; changes nothing but a temporary folder.
[[nodiscard]] DoctorReport doctor();

}  // namespace atelier::jobs
