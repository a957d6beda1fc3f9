// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "atelier/sequence/copy_guard.hpp"
#include "atelier/sequence/pen.hpp"
#include "atelier/sequence/text_model.hpp"
#include "jobs/music/plan.hpp"

namespace atelier::jobs {

/// A piece as it was composed.
struct Composition {
  std::vector<int> piece;      ///< ids behind START, what is given among them; no END
  std::size_t given = 0;       ///< how many of them a primer gave
  double nats = 0;             ///< by which the model was surprised by the others and END, in all
  bool complete = false;       ///< the model ended it, where it could have gone on
  int drafts = 0;              ///< stretches that were drawn
  sequence::Stretch copied{};  ///< the longest run known from what was learned, behind the primer
};

/// Composes bar by bar: a bar is drafted until one breaks no rule of the plan, and of several that
/// do the least bad one stays.
///
/// Where voices are given, a draft costs, besides its faults, what they surprise the model with, in
/// it and in the quarter behind it: of bars drawn without regard to what the melody does next,
/// those are kept that lead there (as particle filters do with an observation; Gordon, Salmond,
/// Smith, "Novel approach to nonlinear/non-Gaussian Bayesian state estimation", 1993). The bar that
/// ends a piece is drafted more often, for its cadence.
class Composer {
 public:
  /// All must outlive this. `copy_limit`, `drafts`: as ComposeOptions has them.
  Composer(const sequence::TextModel& model, sequence::Decoder& decoder, const MusicPlan& plan,
           const sequence::ChoiceOptions& choice, int copy_limit, int drafts);

  /// The same seed gives the same piece. Throws Error invalid_argument where no opening in the key
  /// that is asked for was found; cancelled.
  [[nodiscard]] Composition compose(std::uint64_t seed, const std::stop_token& stop) const;

 private:
  struct Draft;
  struct State;
  [[nodiscard]] Draft drawn(State& state, bool opening, const std::stop_token& stop) const;
  [[nodiscard]] Draft best_draft(State& state, const std::stop_token& stop) const;
  void keep(const Draft& draft, State& state) const;

  const sequence::TextModel& model_;
  sequence::Decoder& decoder_;
  const MusicPlan& plan_;
  const sequence::ChoiceOptions& choice_;
  int copy_limit_, drafts_;
};

}  // namespace atelier::jobs
