// SPDX-License-Identifier: Apache-2.0
#include "atelier/fast/train.hpp"

#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/tensor/compute.hpp"
#include "fast/model.hpp"
#include "fast/samples.hpp"
#include "fast/training_task.hpp"
#include "train/settings.hpp"

namespace atelier::fast {
namespace {

/// All that decides the result.
std::string recipe_of(const FastTraining& training, const nets::FeatureNet& net,
                      const train::PictureSet& photos, const train::PictureSet& paintings) {
  nlohmann::json options = train::deciding(training.train);
  options.update(fast_option_table().to_json(training.fast));
  const std::string initial =
      training.initial.empty() ? "" : load_model(training.initial, at::kCPU).digest;
  return nlohmann::json{{"train", "fast"},
                        {"initial", initial},
                        {"options", options},
                        {"backbone", net.digest()},
                        {"photographs", photos.digest()},
                        {"paintings", paintings.digest()}}
      .dump();
}

}  // namespace

train::RunReport train_fast(const nets::FeatureNet& net, const train::PictureSet& photos,
                            const train::PictureSet& paintings, const FastTraining& training,
                            const train::RunListeners& listeners, std::stop_token stop) {
  const tensor::Compute compute = tensor::set_up(training.train.device, training.train.threads);
  const auto group = train::Group::from_environment(compute.device);
  if (training.train.batch % group->size() != 0) {
    fail(ErrorKind::invalid_argument,
         "a batch of {} cannot be shared alike by {} processes; choose a multiple of {}.",
         training.train.batch, group->size(), group->size());
  }
  if (training.fast.size % 8 != 0 || training.fast.style_size % 8 != 0) {
    fail(ErrorKind::invalid_argument, "--size {} and --style-size {} must be multiples of 8 px.",
         training.fast.size, training.fast.style_size);
  }
  const Samples samples(photos, paintings, training);
  TrainingTask task(net.network(), samples, training, compute.device);
  return train::run(task, training.train,
                    {training.folder, recipe_of(training, net, photos, paintings)}, *group,
                    listeners, std::move(stop));
}

}  // namespace atelier::fast
