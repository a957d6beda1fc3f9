// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/bench.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  GivenOptions bench, options;
  bool json = false;
};

void print_report(const jobs::BenchReport& report) {
  const style::StepTimes& times = report.times;
  print_line("{} x {} px on {} ({}, {} threads), {}", report.size, report.size, report.device,
             report.processor, report.threads,
             times.tiles == 1 ? "one tile" : std::to_string(times.tiles) + " tiles");
  print_line("engine       {}; the processor's peak is {:.0f} GFLOP/s", times.engine,
             times.peak_operations / 1e9);
  print_line("");
  if (!times.layers.empty()) {
    print_line("{:<10} {:>8} {:>22} {:>22}", "", "GFLOP", "forward", "backward");
    for (const auto& layer : times.layers) {
      print_line("{:<10} {:8.2f} {:8.1f} ms {:5.0f} GFLOP/s {:7.1f} ms {:5.0f} GFLOP/s", layer.name,
                 layer.operations / 1e9, 1e3 * layer.forward,
                 layer.operations / layer.forward / 1e9, 1e3 * layer.backward,
                 layer.operations / layer.backward / 1e9);
    }
    print_line(
        "GFLOP are those of direct convolutions; Winograd's need fewer, and may pass the peak.");
    print_line("");
  }
  print_line("forward      {:.3f} s", times.forward);
  print_line("backward     {:.3f} s", times.backward);
  if (report.bench.what == "stylize") {
    print_line("losses       {:.3f} s", times.losses);
    print_line("optimizer    {:.3f} s", times.optimizer);
    print_line("whole step   {:.3f} s", times.step);
  }
  print_line("peak memory  {:.0f} MiB", static_cast<double>(report.peak_rss_bytes) / (1 << 20));
}

int bench(const Given& given) {
  jobs::BenchRequest request;
  apply_options(jobs::bench_option_table(), given.bench, request.bench);
  apply_options(style::stylize_option_table(), given.options, request.options);
  if (request.options.size == 0) request.options.size = style::StylizeOptions().size;
  const jobs::BenchReport report = jobs::bench(request);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_report(report);
  }
  return 0;
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("bench", "measure how fast this machine paints");
  const auto given = std::make_shared<Given>();
  command->add_flag("--json", given->json, "print one JSON object");
  add_table_options(*command, given->bench, jobs::bench_option_table(), {});
  add_table_options(*command, given->options, style::stylize_option_table(),
                    {"size", "loss", "backbone", "pooling", "padding", "optimizer", "tile",
                     "engine", "device", "threads"});
  command->callback([given, &action] { action = [given] { return bench(*given); }; });
}

}  // namespace atelier::cli
