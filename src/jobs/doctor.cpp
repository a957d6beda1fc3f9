// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/doctor.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/version.hpp"
#include "jobs/compute.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr const char* main_model = "vgg19";
constexpr std::int64_t least_memory = std::int64_t{2}
                                      << 30;  // bytes; a painting at 512 px with room to spare
constexpr std::int64_t least_disk = std::int64_t{200}
                                    << 20;  // bytes; the largest weights, packed and unpacked

/// Writes a small picture in each format and reads it back.
void try_image_formats(DoctorReport& report) {
  const TemporaryFolder folder;
  const image::Image grey{
      .width = 16, .height = 16, .rgb = std::vector<float>(16 * 16 * 3, 0.5F), .alpha = {}};
  for (const char* format : {"png", "jpeg", "tiff", "webp"}) {
    const fs::path file = folder.path() / fmt::format("grey.{}", format);
    try {
      image::save(grey, file);
      if (image::load(file).pixels() == grey.pixels()) report.image_formats.emplace_back(format);
    } catch (const Error& error) {
      const bool blocking = std::string_view(format) == "png";
      report.findings.push_back(
          {blocking,
           fmt::format("{} pictures cannot be read and written: {}", format, error.what()),
           "apt-get install libvips42"});
    }
  }
}

void look_at_models(DoctorReport& report) {
  report.models = models({.action = ModelsAction::list});
  for (const ModelReport& model : report.models.models) {
    const bool main = model.info.name == main_model;
    if (model.state.present && !model.state.verified) {
      report.findings.push_back({main,
                                 fmt::format("the weights of {} are damaged", model.info.name),
                                 nets::fetch_command(model.info)});
    } else if (!model.state.present && main) {
      report.findings.push_back({true,
                                 fmt::format("the weights of {} are not here", model.info.name),
                                 nets::fetch_command(model.info)});
    }
  }
}

void look_at_room(DoctorReport& report) {
  report.memory_bytes = available_memory_bytes();
  report.disk_bytes = free_disk_bytes(models_dir());
  if (report.memory_bytes < least_memory) {
    report.findings.push_back(
        {false, "less than 2 GiB of memory are free", "paint at a smaller --size"});
  }
  if (report.disk_bytes < least_disk) {
    report.findings.push_back({false, "less than 200 MiB are free where weights lie",
                               "free some space or set XDG_CACHE_HOME to another disk"});
  }
}

}  // namespace

DoctorReport doctor() {
  DoctorReport report;
  report.version = version();
  report.processor = processor();
  report.processors = processor_count();
  describe_compute(report);
  look_at_room(report);
  try_image_formats(report);
  look_at_models(report);
  return report;
}

bool DoctorReport::ready() const noexcept {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.blocking; });
}

nlohmann::json to_json(const DoctorReport& report) {
  nlohmann::json findings = nlohmann::json::array();
  for (const Finding& finding : report.findings) {
    findings.push_back(
        {{"blocking", finding.blocking}, {"what", finding.what}, {"remedy", finding.remedy}});
  }
  return {{"ready", report.ready()},
          {"version", report.version},
          {"processor", {{"name", report.processor.name}, {"features", report.processor.features}}},
          {"processors", report.processors},
          {"threads", report.threads},
          {"memory_available_bytes", report.memory_bytes},
          {"disk_free_bytes", report.disk_bytes},
          {"torch",
           {{"version", report.torch_version},
            {"cpu_capability", report.cpu_capability},
            {"onednn", report.onednn}}},
          {"kernels", {{"engine", report.engine}, {"fp32", report.kernels}, {"bf16", report.bf16}}},
          {"blas",
           {{"name", report.blas}, {"path", report.blas_path}, {"kernels", report.blas_kernels}}},
          {"openmp", report.openmp},
          {"devices", report.devices},
          {"image_formats", report.image_formats},
          {"weights", to_json(report.models)},
          {"findings", findings}};
}

}  // namespace atelier::jobs
