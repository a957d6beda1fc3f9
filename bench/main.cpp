// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/base/options.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/tensor/compute.hpp"
#include "check.hpp"

namespace {

/// Takes our own --threads=N out of the arguments; 0 when it is not there.
int take_threads(std::vector<std::string>& arguments) {
  const std::string_view flag = "--threads=";
  int threads = 0;
  for (auto it = arguments.begin(); it != arguments.end();) {
    if (!it->starts_with(flag)) {
      ++it;
      continue;
    }
    const atelier::OptionSpec spec{"threads", "", "", "", 0, 1024, {}, {}};
    threads =
        std::get<int>(atelier::parse_option(spec, 0, std::string_view(*it).substr(flag.size())));
    it = arguments.erase(it);
  }
  return threads;
}

/// Medians of five repetitions unless the caller's own flags, which come later, say otherwise.
std::vector<std::string> with_defaults(int argc, char** argv) {
  std::vector<std::string> arguments{argv[0], "--benchmark_repetitions=5",
                                     "--benchmark_report_aggregates_only=true"};
  arguments.insert(arguments.end(), argv + 1, argv + argc);
  return arguments;
}

void describe_machine(int threads) {
  const atelier::Processor processor = atelier::processor();
  const atelier::tensor::Backend backend = atelier::tensor::backend();
  benchmark::AddCustomContext(
      "processor", fmt::format("{} ({})", processor.name, fmt::join(processor.features, " ")));
  benchmark::AddCustomContext("threads", std::to_string(threads));
  benchmark::AddCustomContext(
      "torch", fmt::format("{}, kernels {}, matrix products by {}", backend.torch_version,
                           backend.cpu_capability, backend.blas));
  benchmark::AddCustomContext(
      "input", "pictures of sines, seeded normal activations; each line names its size");
}

int run(int argc, char** argv) {
  std::vector<std::string> arguments = with_defaults(argc, argv);
  const int asked = take_threads(arguments);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  int count = static_cast<int>(pointers.size());
  benchmark::Initialize(&count, pointers.data());
  if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) return 2;

  describe_machine(atelier::tensor::set_up("cpu", asked).threads);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return atelier::bench::all_right() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const atelier::Error& error) {
    fmt::print(stderr, "atelier_bench: {}\n", error.what());
    return atelier::exit_code(error.kind());
  }
}
