// SPDX-License-Identifier: Apache-2.0
#include "translate/side.hpp"

#include <ATen/ATen.h>

#include "fast/grain.hpp"
#include "train/settings.hpp"
#include "translate/form.hpp"

namespace atelier::translate {
namespace {

train::LearnerOptions learner_options(const TranslateTraining& training, bool averages) {
  train::LearnerOptions learner = train::learner_options(training.train);
  learner.beta1 = 0.5;
  if (!averages) learner.average = 0;
  return learner;
}

}  // namespace

Side::Side(const std::string& name, const nets::Network& eyes, const TranslateTraining& training,
           at::Device device)
    : form(architecture_of(training.translate.width)),
      seen_form{"skip", training.translate.size, training.translate.critic_width, 0, 0},
      painter(name, train::Parameters(fast::parameter_specs(form), training.train.seed, device),
              learner_options(training, true)),
      critic(name + "_critic",
             train::Parameters(gan::ProjectedDiscriminator::specs(seen_form), training.train.seed,
                               device),
             learner_options(training, false)),
      network(form, painter.parameters(), train::low_precision(training.train)),
      averaged(form, painter.average(), train::low_precision(training.train)),
      discriminator(eyes, seen_form, critic.parameters(), train::low_precision(training.train)),
      replay(training.translate.replay, training.train.seed, name) {}

at::Tensor Side::paint(const at::Tensor& pictures, const std::vector<fast::Place>& places) const {
  return network.paint(fast::with_grain(form, pictures, places), pictures,
                       constant_modulations(form, painter.parameters(), pictures.size(0)));
}

at::Tensor Side::paint_by_average(const at::Tensor& pictures) const {
  const at::NoGradGuard no_gradient;
  const std::vector<fast::Place> places(static_cast<std::size_t>(pictures.size(0)));
  return averaged
      .paint(fast::with_grain(form, pictures, places), pictures,
             constant_modulations(form, painter.average(), pictures.size(0)))
      .clamp(0, 1);
}

}  // namespace atelier::translate
