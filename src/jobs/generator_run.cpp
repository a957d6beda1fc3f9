// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/generator_run.hpp"

#include "jobs/open_generator.hpp"
#include "jobs/own_model.hpp"

namespace atelier::jobs {

const OptionTable<GeneratorRun>& generator_run_table() {
  using R = GeneratorRun;
  static const OptionTable<R> table{
      {&R::model,
       {"model",
        "Generator",
        "the file of a generator, as train gan wrote it; not given: Atelier's own, of landscapes",
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
  const std::filesystem::path model =
      run.model.empty()
          ? own_model("landscapes", "name a file that `atelier train gan` wrote with --model")
          : std::filesystem::path(run.model);
  return std::make_unique<gan::Painter>(model, compute.device);
}

std::string recorded_name(const GeneratorRun& run, const gan::Painter& painter) {
  return run.model.empty() ? painter.file().filename().string() : run.model;
}

}  // namespace atelier::jobs
