// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <memory>

#include "atelier/base/error.hpp"
#include "atelier/jobs/doctor.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace atelier::cli {
namespace {

double gibibytes(std::int64_t bytes) {
  return static_cast<double>(bytes) / (1 << 30);
}

void print_report(const jobs::DoctorReport& report) {
  print_line("atelier      {}", report.version);
  print_line("processor    {} ({})", report.processor.name,
             fmt::join(report.processor.features, " "));
  print_line("threads      {} of {} processors", report.threads, report.processors);
  print_line("memory       {:.1f} GiB available", gibibytes(report.memory_bytes));
  print_line("disk         {:.1f} GiB free for weights", gibibytes(report.disk_bytes));
  print_line("torch        {} ({}{})", report.torch_version, report.cpu_capability,
             report.onednn ? ", oneDNN" : "");
  print_line("kernels      {} (fp32 by {}, bf16 by {})", report.engine, report.kernels,
             report.bf16);
  print_line("blas         {}{}{}", report.blas,
             report.blas_kernels.empty() ? "" : ", " + report.blas_kernels,
             report.blas_path.empty() ? "" : " (" + report.blas_path + ")");
  print_line("openmp       {}", report.openmp);
  print_line("devices      {}", fmt::join(report.devices, ", "));
  print_line("pictures     {}", fmt::join(report.image_formats, ", "));
  print_line("weights      {}", report.models.folder.string());
  for (const jobs::ModelReport& model : report.models.models) {
    const nets::ModelState& state = model.state;
    print_line("  {:<18} {}", model.info.name,
               !state.present   ? "not here"
               : state.verified ? "ready, SHA-256 " + state.sha256
                                : "damaged");
  }
  print_line("");
  for (const jobs::Finding& finding : report.findings) {
    print_line("{}: {}; {}", finding.blocking ? "MISSING" : "warning", finding.what,
               finding.remedy);
  }
  print_line("{}", report.ready() ? "Ready to paint." : "Not ready to paint yet.");
}

}  // namespace

void add_doctor(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("doctor", "show what this machine offers and what is missing");
  const auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "print one JSON object");
  command->callback([json, &action] {
    action = [json] {
      const jobs::DoctorReport report = jobs::doctor();
      if (*json) {
        print_json(jobs::to_json(report));
      } else {
        print_report(report);
      }
      return report.ready() ? 0 : exit_code(ErrorKind::missing_capability);
    };
  });
}

}  // namespace atelier::cli
