// SPDX-License-Identifier: Apache-2.0
#include "jobs/music/plan.hpp"

#include "atelier/base/error.hpp"
#include "atelier/music/report.hpp"

namespace atelier::jobs {

double MusicPlan::faults(std::span<const int> piece, std::size_t from) const {
  static_cast<void>(piece);
  static_cast<void>(from);
  return 0;
}

nlohmann::json MusicPlan::measured(std::span<const int> piece) const {
  return music::report(score(piece));
}

namespace {

std::unique_ptr<MusicPlan> plan_of(const MusicKind& kind, const ComposeOptions& options) {
  if (kind.name == "chorales") return make_chorale_plan(options);
  if (kind.name == "folk") return make_folk_plan(options);
  return make_piano_plan(options);
}

}  // namespace

std::unique_ptr<MusicPlan> make_plan(const MusicKind& kind, const ComposeOptions& options) {
  if (!options.harmonise.empty() && kind.name != "chorales") {
    fail(ErrorKind::invalid_argument, "--harmonise writes chorales; give --kind chorales.");
  }
  if (!options.harmonise.empty() && !options.primer.empty()) {
    fail(ErrorKind::invalid_argument, "give either --harmonise or --primer.");
  }
  auto plan = plan_of(kind, options);
  const auto constraint = plan->constraint();
  for (const int id : plan->given()) {
    if (constraint->allowed()[static_cast<std::size_t>(id)] != 0) {
      constraint->accept(id);
      continue;
    }
    fail(ErrorKind::invalid_argument,
         "{} cannot be gone on from at its {}: bars must be full, but for a pickup, and no longer "
         "than --bars.",
         options.primer, kind.vocabulary.name(id));
  }
  return plan;
}

}  // namespace atelier::jobs
