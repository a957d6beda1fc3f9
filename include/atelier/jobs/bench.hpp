// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "atelier/base/options.hpp"
#include "atelier/style/options.hpp"
#include "atelier/style/step_times.hpp"

namespace atelier::jobs {

/// What to measure. Ranges and help stand in bench_option_table().
struct BenchOptions {
  std::string what = "stylize";  ///< engine: the network alone; stylize: a whole step
  int steps = 5;                 ///< measured, after one that is not
};

[[nodiscard]] const OptionTable<BenchOptions>& bench_option_table();

struct BenchRequest {
  BenchOptions bench;
  style::StylizeOptions
      options;  ///< of these: size, loss, layers, optimizer, tile, engine, device, ...
};

struct BenchReport {
  BenchOptions bench;
  style::StepTimes times;
  int size = 0;  ///< px, both edges
  int threads = 0;
  std::string device, processor;
  std::int64_t peak_rss_bytes = 0;
};

[[nodiscard]] nlohmann::json to_json(const BenchReport& report);

/// Measures how fast this machine paints, on synthetic pictures. Throws Error as style::stylize and
/// nets::FeatureNet::load.
[[nodiscard]] BenchReport bench(const BenchRequest& request);

}  // namespace atelier::jobs
