// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/bench.hpp"

#include "atelier/base/resources.hpp"
#include "jobs/compute.hpp"
#include "jobs/inputs.hpp"

namespace atelier::jobs {

const OptionTable<BenchOptions>& bench_option_table() {
  using O = BenchOptions;
  static const OptionTable<BenchOptions> table{
      {&O::what,
       {"what",
        "Main",
        "engine: the network forward and back; stylize: a whole step",
        "",
        {},
        {},
        {"stylize", "engine"},
        {}}},
      {&O::steps, {"steps", "Main", "steps to take the median of", "", 1, 1000, {}, {}}},
  };
  return table;
}

BenchReport bench(const BenchRequest& request) {
  style::StylizeOptions options = request.options;
  BenchReport report;
  report.bench = request.bench;
  const ComputeNames compute = set_up_compute(options.device, options.threads);
  report.device = compute.device;
  report.threads = compute.threads;
  report.processor = processor().name;
  report.size = options.size;
  report.times = style::measure_step(load_backbone(options), options, request.bench.steps);
  report.peak_rss_bytes = peak_rss_bytes();
  return report;
}

nlohmann::json to_json(const BenchReport& report) {
  const style::StepTimes& times = report.times;
  nlohmann::json seconds = {{"forward", times.forward}, {"backward", times.backward}};
  double operations = 0;
  nlohmann::json layers = nlohmann::json::array();
  for (const auto& layer : times.layers) {
    operations += 2 * layer.operations;
    layers.push_back({{"layer", layer.name},
                      {"gflop", layer.operations / 1e9},
                      {"forward_seconds", layer.forward},
                      {"backward_seconds", layer.backward},
                      {"forward_gflops", layer.operations / layer.forward / 1e9},
                      {"backward_gflops", layer.operations / layer.backward / 1e9}});
  }
  if (report.bench.what == "stylize") {
    seconds["losses"] = times.losses;
    seconds["optimizer"] = times.optimizer;
    seconds["step"] = times.step;
  }
  nlohmann::json json = {{"what", report.bench.what},
                         {"size", report.size},
                         {"tiles", times.tiles},
                         {"device", report.device},
                         {"processor", report.processor},
                         {"threads", report.threads},
                         {"engine", times.engine},
                         {"steps", report.bench.steps},
                         {"seconds", seconds},
                         {"peak_gflops", times.peak_operations / 1e9},
                         {"peak_rss_bytes", report.peak_rss_bytes},
                         {"layers", layers}};
  if (operations > 0) {
    json["gflops"] = operations / (times.forward + times.backward) / 1e9;
  }
  return json;
}

}  // namespace atelier::jobs
