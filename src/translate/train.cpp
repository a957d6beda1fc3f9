// SPDX-License-Identifier: Apache-2.0
#include "atelier/translate/train.hpp"

#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/tensor/compute.hpp"
#include "train/settings.hpp"
#include "translate/model.hpp"
#include "translate/samples.hpp"
#include "translate/training_task.hpp"

namespace atelier::translate {
namespace {

void check(const TranslateTraining& training, int processes) {
  const TranslateOptions& options = training.translate;
  if ((options.size & (options.size - 1)) != 0) {
    fail(ErrorKind::invalid_argument, "--size {} must be 64, 128 or 256.", options.size);
  }
  if (training.train.batch % (options.group * processes) != 0) {
    fail(ErrorKind::invalid_argument,
         "a batch of {} cannot be shared by {} processes in groups of {}; choose a multiple of {}.",
         training.train.batch, processes, options.group, options.group * processes);
  }
  if (training.initial.empty() || train::is_run(training.initial)) return;
  const int width = load_model(training.initial, at::kCPU).width;
  if (width != options.width) {
    fail(ErrorKind::invalid_argument, "{} is a translator of --width {}; give the same.",
         training.initial.string(), width);
  }
}

/// All that decides the result.
std::string recipe_of(const TranslateTraining& training, const nets::FeatureNet& eyes,
                      const nets::FeatureNet& judge, const train::PictureSet& from,
                      const train::PictureSet& to) {
  nlohmann::json options = train::deciding(training.train);
  options.update(translate_option_table().to_json(training.translate));
  const std::string initial = train::digest_of_initial(
      training.initial, [](const auto& model) { return load_model(model, at::kCPU).digest; });
  return nlohmann::json{{"train", "translate"},  {"initial", initial},      {"options", options},
                        {"eyes", eyes.digest()}, {"judge", judge.digest()}, {"from", from.digest()},
                        {"to", to.digest()}}
      .dump();
}

}  // namespace

train::RunReport train_translator(const nets::FeatureNet& eyes, const nets::FeatureNet& judge,
                                  const train::PictureSet& from, const train::PictureSet& to,
                                  const TranslateTraining& training,
                                  const train::RunListeners& listeners, std::stop_token stop) {
  const tensor::Compute compute = tensor::set_up(training.train.device, training.train.threads);
  const auto group = train::Group::from_environment(compute.device);
  check(training, group->size());
  const Samples of_from(from, training, "from"), of_to(to, training, "to");
  TrainingTask task(eyes.network(), judge.network(), of_from, of_to, training, compute.device);
  return train::run(task, training.train,
                    {training.folder, recipe_of(training, eyes, judge, from, to),
                     train::is_run(training.initial) ? training.initial : ""},
                    *group, listeners, std::move(stop));
}

}  // namespace atelier::translate
