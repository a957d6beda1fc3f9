// SPDX-License-Identifier: Apache-2.0
#include "sequence/blind_judge.hpp"

#include <ATen/ATen.h>

#include "sequence/continuation.hpp"
#include "sequence/sequence_judge.hpp"
#include "sequence/windows.hpp"
#include "train/learner.hpp"

namespace atelier::sequence {
namespace {

constexpr std::uint64_t judge_seed = 0x6a75646765;

/// What the writer makes of each stretch's first half.
at::Tensor rewritten(const SequenceModel& writer, const at::Tensor& stretches, std::int64_t first) {
  const std::int64_t given = given_tokens(stretches.size(1) - 1);
  return continued(writer, stretches.narrow(1, 0, given), stretches.size(1) - given, judge_seed,
                   first);
}

at::Tensor mean_verdicts(const SequenceJudge& judge, const at::Tensor& stretches) {
  const std::int64_t written = stretches.size(1) - given_tokens(stretches.size(1) - 1);
  return judge.verdicts(stretches, written).mean(1);
}

}  // namespace

double told_apart(const SequenceModel& writer, const BlindTrial& trial, at::Device device) {
  train::LearnerOptions options;
  options.schedule = {trial.rate, /*warm_up=*/10, trial.steps, /*last=*/0.05};
  options.orthogonal = true;
  options.average = 0;
  train::Learner learner(
      "judge", train::Parameters(SequenceJudge::specs(writer.form()), judge_seed, device), options);
  const SequenceJudge judge(writer.form(), learner.parameters());
  const Windows windows(trial.works, writer.form().context, judge_seed);
  const auto alone = train::Group::alone();
  for (std::int64_t step = 0; step < trial.steps; ++step) {
    const std::int64_t first = step * trial.batch;
    const at::Tensor works = windows.at(first, trial.batch).to(device);
    const std::int64_t written = works.size(1) - given_tokens(writer.form().context);
    const at::Tensor loss = judge_loss(judge.verdicts(works, written),
                                       judge.verdicts(rewritten(writer, works, first), written));
    train::add_gradients(loss, {&learner.parameters()});
    learner.step(step, *alone);
  }
  const at::NoGradGuard no_gradient;
  const at::Tensor works = mean_verdicts(judge, trial.held_out);
  const at::Tensor written =
      mean_verdicts(judge, rewritten(writer, trial.held_out, trial.steps * trial.batch));
  const at::Tensor difference = works.unsqueeze(1) - written.unsqueeze(0);
  return ((difference.sign() + 1) / 2).mean().item<double>();
}

}  // namespace atelier::sequence
