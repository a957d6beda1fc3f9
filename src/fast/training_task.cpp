// SPDX-License-Identifier: Apache-2.0
#include "fast/training_task.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <optional>
#include "atelier/base/error.hpp"
#include "nets/image_tensor.hpp"

namespace atelier::fast {
namespace {

constexpr std::size_t held_out_pairs_count = 12, preview_pairs = 6;
constexpr std::uint64_t standard_styles = 64;
/// Pull of painted values beyond 0..1 back to it, by the square of how far they are off, in the
/// mean.
constexpr double range_weight = 5;

train::LearnerOptions learner_options(const train::TrainOptions& options) {
  train::LearnerOptions learner;
  learner.schedule = {options.learning_rate, options.warm_up, options.steps, 0.01};
  learner.weight_decay = options.weight_decay;
  learner.clip = options.clip;
  learner.average = options.average;
  return learner;
}

std::optional<at::ScalarType> low_precision(const train::TrainOptions& options) {
  if (options.precision == "bf16") return at::kBFloat16;
  return std::nullopt;
}

std::unique_ptr<PaintingLoss> make_loss(const nets::Network& vgg, const FastTraining& training,
                                        at::Device device) {
  const PaintingWeights weights{training.fast.content_weight, training.fast.style_weight,
                                training.fast.tv_weight};
  const auto low = low_precision(training.train);
  if (device.is_cpu() && !low) return engine_loss(vgg, weights);
  return batched_loss(vgg, weights, device, low.value_or(at::kFloat));
}

}  // namespace

TrainingTask::TrainingTask(const nets::Network& vgg, Samples& samples, const FastTraining& training,
                           at::Device device)
    : samples_(samples),
      training_(training),
      device_(device),
      architecture_(architecture_of(training.fast.architecture)),
      loss_(make_loss(vgg, training, device)),
      learner_("network",
               train::Parameters(parameter_specs(architecture_), training.train.seed, device),
               learner_options(training.train)),
      network_(architecture_, learner_.parameters(), low_precision(training.train)),
      averaged_(architecture_, learner_.average(), low_precision(training.train)) {
  if (training.initial.empty()) return;
  const Model model = load_model(training.initial, at::kCPU);
  if (model.form != training.fast.architecture) {
    fail(ErrorKind::invalid_argument, "{} is a network of the form {}, not {}.",
         training.initial.string(), model.form, training.fast.architecture);
  }
  learner_.begin_from(model.parameters->tensors());
  standard_ = model.standard;
}

const Standard& TrainingTask::standard() {
  if (!standard_.mean.defined()) {
    std::vector<at::Tensor> levels;
    for (std::uint64_t turn = 0; turn < standard_styles; ++turn) {
      levels.push_back(loss_->statistics(samples_.painting(turn).to(device_)).levels);
    }
    const at::Tensor all = at::stack(levels);
    standard_ = {all.mean(0), all.std(0, /*unbiased=*/false).clamp_min(0.05)};
  }
  return standard_;
}

nets::TensorMap TrainingTask::state() {
  return {{"standard.mean", standard().mean}, {"standard.deviation", standard().deviation}};
}

void TrainingTask::restore(const nets::TensorMap& state) {
  const auto mean = state.find("standard.mean"), deviation = state.find("standard.deviation");
  if (mean == state.end() || deviation == state.end()) {
    fail(ErrorKind::bad_input,
         "the checkpoint has no standard of styles; train into another folder.");
  }
  standard_ = {mean->second, deviation->second};
}

const StyleTarget& TrainingTask::standing(std::int64_t step, std::int64_t slot) {
  const std::uint64_t turn = samples_.painting_turn(step, slot);
  const auto found = standing_.find(slot);
  if (found == standing_.end() || found->second.turn != turn) {
    standing_.insert_or_assign(slot,
                               Standing{turn, loss_->target(samples_.painting(turn).to(device_))});
  }
  return standing_.at(slot).target;
}

at::Tensor TrainingTask::paint(const Network& network, const std::vector<at::Tensor>& photos,
                               const std::vector<const StyleTarget*>& styles) {
  std::vector<at::Tensor> moved;
  std::vector<const StyleStatistics*> statistics;
  for (std::size_t i = 0; i < photos.size(); ++i) {
    statistics.push_back(&styles[i]->statistics);
    moved.push_back(
        apply(colour_map(colours_of(photos[i]), styles[i]->statistics.colours), photos[i]));
  }
  const auto format = at::MemoryFormat::ChannelsLast;
  const at::Tensor seen = at::cat(photos).contiguous(format);
  if (!architecture_.modulated) {
    std::vector<at::Tensor> paintings;
    for (const StyleTarget* style : styles) paintings.push_back(style->painting);
    const at::Tensor all = at::cat(paintings).contiguous(format);
    return network.paint(seen, seen, network.adapted_modulations(all));
  }
  const StyleBatch batch = style_batch(statistics, standard(), device_);
  return network.paint(seen, at::cat(moved).contiguous(format),
                       network.modulations(network.code(batch.levels, batch.correlations)));
}

train::Figures TrainingTask::step(std::int64_t step, train::Group& group) {
  const std::int64_t share = training_.train.batch / group.size();
  std::vector<at::Tensor> photos;
  std::vector<const StyleTarget*> styles;
  std::vector<std::unique_ptr<StyleTarget>> own;
  for (std::int64_t i = 0; i < share; ++i) {
    const std::int64_t slot = group.rank() * share + i;
    photos.push_back(samples_.photo(step, slot).to(device_));
    if (samples_.paints_own_style(step, slot)) {
      own.push_back(std::make_unique<StyleTarget>(loss_->target(photos.back())));
      styles.push_back(own.back().get());
    } else {
      styles.push_back(&standing(step, slot));
    }
  }
  const at::Tensor painted = paint(network_, photos, styles);
  const at::Tensor shown = painted.detach().clamp(0, 1);
  const at::Tensor off = painted.detach() - shown;  // beyond 0..1
  at::Tensor gradient = off * (2 * range_weight / static_cast<double>(off[0].numel()));
  const PaintingValues values = (*loss_)(shown, at::cat(photos), styles, true);
  // A value at its bound whose gradient leads further out is held there.
  gradient.add_(values.gradient.where(off * values.gradient >= 0, at::zeros_like(gradient)));
  PaintingValue sum;
  for (const PaintingValue& value : values.values) add(sum, value, 1 / static_cast<double>(share));
  painted.backward(gradient / static_cast<double>(share));
  const train::Learner::Report report = learner_.step(step, group);
  at::Tensor figures = at::tensor({sum.content, sum.style, sum.tv, sum.total}, at::kDouble);
  group.average(figures);
  const auto* f = figures.data_ptr<double>();
  return {{"content", f[0]}, {"style", f[1]},       {"tv", f[2]},
          {"total", f[3]},   {"rate", report.rate}, {"norm", report.norm}};
}

const std::vector<TrainingTask::HeldOut>& TrainingTask::held_out_pairs() {
  if (held_out_.empty()) {
    for (Samples::Pair& pair : samples_.held_out(held_out_pairs_count)) {
      pair.photo = pair.photo.to(device_);
      pair.painting = pair.painting.to(device_);
      StyleTarget target = loss_->target(pair.painting);
      held_out_.push_back({std::move(pair), std::move(target)});
    }
  }
  return held_out_;
}

train::Figures TrainingTask::held_out() {
  const at::NoGradGuard no_gradient;
  PaintingValue sum;
  for (const HeldOut& one : held_out_pairs()) {
    const at::Tensor painted = paint(averaged_, {one.pair.photo}, {&one.target}).clamp(0, 1);
    const PaintingValues values = (*loss_)(painted, one.pair.photo, {&one.target}, false);
    add(sum, values.values.front(), 1.0 / held_out_pairs_count);
  }
  return {{"content", sum.content}, {"style", sum.style}, {"tv", sum.tv}, {"total", sum.total}};
}

at::Tensor TrainingTask::preview() {
  const at::NoGradGuard no_gradient;
  std::vector<at::Tensor> rows;
  const auto& pairs = held_out_pairs();
  for (std::size_t i = 0; i < std::min(preview_pairs, pairs.size()); ++i) {
    const at::Tensor painted = paint(averaged_, {pairs[i].pair.photo}, {&pairs[i].target});
    const at::Tensor& photo = pairs[i].pair.photo;
    const image::Size cell{static_cast<int>(photo.size(3)), static_cast<int>(photo.size(2))};
    rows.push_back(
        at::cat({photo, nets::resize(pairs[i].pair.painting, cell), painted.clamp(0, 1)}, 3));
  }
  return at::cat(rows, 2);
}

void TrainingTask::save_model(const std::filesystem::path& path, std::int64_t step) {
  fast::save_model(path, training_.fast.architecture, learner_.average(), standard(), step);
}

}  // namespace atelier::fast
