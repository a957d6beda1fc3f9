// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/train.hpp"

#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/tensor/compute.hpp"
#include "gan/model.hpp"
#include "gan/samples.hpp"
#include "gan/training_task.hpp"
#include "train/settings.hpp"

namespace atelier::gan {
namespace {

void check(const GanTraining& training, int processes) {
  const GanOptions& gan = training.gan;
  if ((gan.size & (gan.size - 1)) != 0) {
    fail(ErrorKind::invalid_argument, "--size {} must be 32, 64, 128, 256 or 512.", gan.size);
  }
  if (training.train.batch % (gan.group * processes) != 0) {
    fail(ErrorKind::invalid_argument,
         "a batch of {} cannot be shared by {} processes in groups of {}; choose a multiple of {}.",
         training.train.batch, processes, gan.group, gan.group * processes);
  }
  if (training.initial.empty() || train::is_run(training.initial)) return;
  const GeneratorForm form = load_model(training.initial, at::kCPU).form;
  if (form.architecture != gan.architecture || form.size > gan.size || form.width != gan.width ||
      form.latent != gan.latent) {
    fail(
        ErrorKind::invalid_argument,
        "{} is a generator of --architecture {} --width {} --latent {} that paints {} px; give the "
        "same, and that --size or a larger one.",
        training.initial.string(), form.architecture, form.width, form.latent, form.size);
  }
}

/// All that decides the result.
std::string recipe_of(const GanTraining& training, const nets::FeatureNet& eyes,
                      const nets::FeatureNet& judge, const train::PictureSet& pictures) {
  nlohmann::json options = train::deciding(training.train);
  options.update(gan_option_table().to_json(training.gan));
  const std::string initial = train::digest_of_initial(
      training.initial, [](const auto& model) { return load_model(model, at::kCPU).digest; });
  return nlohmann::json{{"train", "gan"},          {"initial", initial},
                        {"options", options},      {"eyes", eyes.digest()},
                        {"judge", judge.digest()}, {"pictures", pictures.digest()}}
      .dump();
}

}  // namespace

nets::FeatureNet load_eyes() {
  nets::FeatureNetOptions options;
  options.strides = nets::Strides::trained;
  return nets::FeatureNet::load("efficientnet-lite0", options);
}

train::RunReport train_gan(const nets::FeatureNet& eyes, const nets::FeatureNet& judge,
                           const train::PictureSet& pictures, const GanTraining& training,
                           const train::RunListeners& listeners, std::stop_token stop) {
  const tensor::Compute compute = tensor::set_up(training.train.device, training.train.threads);
  const auto group = train::Group::from_environment(compute.device);
  check(training, group->size());
  const Samples samples(pictures, training);
  TrainingTask task(eyes.network(), judge.network(), samples, training, compute.device);
  return train::run(task, training.train,
                    {training.folder, recipe_of(training, eyes, judge, pictures),
                     train::is_run(training.initial) ? training.initial : ""},
                    *group, listeners, std::move(stop));
}

}  // namespace atelier::gan
