// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sequence/sequence_judge.hpp"
#include "sequence/training_task.hpp"

namespace atelier::sequence {

/// A trained model's further training against a judge that learns to tell its continuations from
/// works. The writer learns, beside the cross-entropy of works, to be taken for one:
///   L = cross-entropy - w mean_t A_t log p(token t | those before it),
/// over continuations of works' first halves, where the reward of token t is r_t = 2 s(v_t) - 1
/// with the judge's verdict v_t and the logistic function s, what a token leads to is
/// G_t = (1 - g) sum_k g^k r_{t+k}, and A_t is G_t less its mean over the batch, in standard
/// deviations. In the warm-up only the judge learns, five times as fast as the writer.
///
/// Sources: Yu, Zhang, Wang, Yu, "SeqGAN", AAAI 2017; de Masson d'Autume et al., "Training language
/// GANs from scratch", NeurIPS 2019 (rewards a token, discounts); Williams, "Simple statistical
/// gradient-following algorithms for connectionist reinforcement learning", 1992. Differs: real
/// halves are gone on with, which leaves the judge less to say of what chance decides, and the
/// cross-entropy stays.
class AdversarialTask final : public TrainingTask {
 public:
  /// As TrainingTask.
  AdversarialTask(const Corpus& corpus, const SequenceTraining& training, at::Device device);

  std::vector<train::Learner*> learners() override { return {&writer(), &critic_}; }
  train::Figures step(std::int64_t step, train::Group& group) override;
  /// Those of TrainingTask, and "told": how well a judge trained afresh tells what is written
  /// (blind_judge.hpp).
  train::Figures held_out() override;

 private:
  [[nodiscard]] at::Tensor advantages(const at::Tensor& verdicts, train::Group& group) const;

  train::Learner critic_;
  SequenceJudge judge_;
};

}  // namespace atelier::sequence
