// SPDX-License-Identifier: Apache-2.0
#include "sequence/adversarial_task.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "sequence/blind_judge.hpp"
#include "sequence/continuation.hpp"
#include "train/settings.hpp"

namespace atelier::sequence {
namespace {

constexpr double discount = 0.9, judge_rates = 5;
constexpr std::int64_t most_judged = 64;  // stretches that a blind judge is examined on

train::LearnerOptions critic_options(const train::TrainOptions& options) {
  train::LearnerOptions critic = train::learner_options(options, /*last=*/1);
  critic.schedule.rate *= judge_rates;
  critic.average = 0;
  return critic;
}

/// D, T x T, with which r D is what each token leads to, a row of r being a continuation's rewards.
at::Tensor discounts(std::int64_t length, const at::TensorOptions& options) {
  const at::Tensor at = at::arange(length, options);
  const at::Tensor ahead = at.unsqueeze(1) - at.unsqueeze(0);
  return at::where(ahead >= 0, (1 - discount) * at::pow(discount, ahead), at::zeros({}, options));
}

}  // namespace

AdversarialTask::AdversarialTask(const Corpus& corpus, const SequenceTraining& training,
                                 at::Device device)
    : TrainingTask(corpus, training, device),
      critic_("critic",
              train::Parameters(SequenceJudge::specs(form()), training.train.seed, device),
              critic_options(training.train)),
      judge_(form(), critic_.parameters(), train::low_precision(training.train)) {}

at::Tensor AdversarialTask::advantages(const at::Tensor& verdicts, train::Group& group) const {
  constexpr double least_deviation = 1e-6;
  const at::Tensor reward = 2 * at::sigmoid(verdicts.detach()) - 1;
  const at::Tensor led_to = reward.matmul(discounts(reward.size(1), reward.options()));
  const at::Tensor mean = led_to.mean(0);
  group.average(mean);
  const at::Tensor centred = led_to - mean;
  const at::Tensor variance = centred.square().mean();
  group.average(variance);
  return centred / (variance.sqrt() + least_deviation);
}

train::Figures AdversarialTask::step(std::int64_t step, train::Group& group) {
  const Share share = share_of(step, group);
  const at::Tensor works = stretches(share);
  const std::int64_t given = given_tokens(form().context), count = works.size(1) - given;
  const at::Tensor written =
      continued(model(), works.narrow(1, 0, given), count, training().train.seed, share.first);
  const at::Tensor of_written = judge_.verdicts(written, count);
  const at::Tensor of_judge = judge_loss(judge_.verdicts(works, count), of_written);
  const at::Tensor led_to = advantages(of_written, group);
  train::add_gradients(of_judge, {&critic_.parameters()});
  const train::Learner::Report critic = critic_.step(step, group);

  const at::Tensor likelihood = loss_on(works, share);
  train::Learner::Report report;
  if (step >= training().train.warm_up) {
    const at::Tensor foretold = model().logits(written.narrow(1, 0, written.size(1) - 1));
    const at::Tensor logarithms = at::log_softmax(foretold.narrow(1, given - 1, count), -1);
    const at::Tensor chosen =
        logarithms.gather(2, written.narrow(1, given, count).unsqueeze(-1)).squeeze(-1);
    const at::Tensor reward = (led_to * chosen).mean();
    train::add_gradients(likelihood - training().sequence.adversarial_weight * reward,
                         {&writer().parameters()});
    report = writer().step(step, group);
  }
  const at::Tensor figures =
      at::stack({likelihood.detach(), of_judge.detach(), at::sigmoid(of_written.detach()).mean()})
          .to(at::kCPU, at::kDouble);
  group.average(figures);
  const auto* f = figures.data_ptr<double>();
  return {{"loss", f[0]},
          {"judge", f[1]},
          {"taken_for_works", f[2]},
          {"norm", report.norm},
          {"judge_norm", critic.norm},
          {"rate", report.rate}};
}

train::Figures AdversarialTask::held_out() {
  train::Figures figures = TrainingTask::held_out();
  const at::Tensor examined = judged().narrow(0, 0, std::min(most_judged, judged().size(0)));
  figures.emplace_back("told", told_apart(averaged(),
                                          {corpus().trained, examined, /*steps=*/150,
                                           training().train.batch, /*rate=*/1e-3},
                                          examined.device()));
  return figures;
}

}  // namespace atelier::sequence
