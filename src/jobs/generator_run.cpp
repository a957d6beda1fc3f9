// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/generator_run.hpp"

#include "jobs/open_generator.hpp"

namespace atelier::jobs {

const OptionTable<GeneratorRun>& generator_run_table() {
  using R = GeneratorRun;
  static const OptionTable<R> table{
      {&R::model,
       {"model",
        "Generator",
        "the file of a generator, as train gan wrote it",
        "",
        {},
        {},
        {},
        {}}},
      {&R::device, {"device", "Run", "auto, cpu, cuda or cuda:N", "", {}, {}, {}, {}}},
      {&R::threads,
       {"threads", "Run", "processors to use; 0: all that there are", "", 0, 1024, {}, {}}},
  };
  return table;
}

std::unique_ptr<gan::Painter> open_generator(const GeneratorRun& run, const ComputeNames& compute) {
  if (run.model.empty()) {
    fail(
        ErrorKind::missing_weights,
        "no generator comes with Atelier yet; train one with: atelier train gan, and name its file "
        "with --model.");
  }
  return std::make_unique<gan::Painter>(run.model, compute.device);
}

}  // namespace atelier::jobs
