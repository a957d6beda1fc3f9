// SPDX-License-Identifier: Apache-2.0
#include "fast/training_task.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "fast/grain.hpp"
#include "nets/image_tensor.hpp"
#include "train/settings.hpp"

namespace atelier::fast {
namespace {

constexpr std::size_t held_out_pairs_count = 12, preview_pairs = 6;
constexpr std::uint64_t standard_styles = 64;
/// Pull of painted values beyond 0..1 back to it, by the square of how far they are off, in the
/// mean.
constexpr double range_weight = 5;

std::unique_ptr<PaintingLoss> make_loss(const nets::Network& vgg, const FastTraining& training,
                                        at::Device device) {
  const PaintingWeights weights{training.fast.content_weight, training.fast.style_weight,
                                training.fast.tv_weight};
  const auto low = train::low_precision(training.train);
  if (device.is_cpu()) return engine_loss(vgg, weights);  // which knows its own precision
  return batched_loss(vgg, weights, low.value_or(at::kFloat));
}

}  // namespace

TrainingTask::TrainingTask(const nets::Network& vgg, const Samples& samples,
                           const FastTraining& training, at::Device device)
    : samples_(samples),
      training_(training),
      device_(device),
      architecture_(architecture_of(training.fast.architecture)),
      loss_(make_loss(vgg, training, device)),
      learner_("network",
               train::Parameters(parameter_specs(architecture_), training.train.seed, device),
               train::learner_options(training.train)),
      network_(architecture_, learner_.parameters(), train::low_precision(training.train)),
      averaged_(architecture_, learner_.average(), train::low_precision(training.train)) {
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
      levels.push_back(loss_->statistics(samples_.painting(turn).to(device_), {}).levels);
    }
    const at::Tensor all = at::stack(levels).to(at::kCPU);
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

std::unique_ptr<StyleTarget> TrainingTask::target_of(const at::Tensor& painting) {
  return loss_->target(painting.to(device_), colours_of(painting));
}

const StyleTarget& TrainingTask::standing(std::int64_t step, std::int64_t slot,
                                          const at::Tensor& next) {
  const std::uint64_t turn = samples_.painting_turn(step, slot);
  const auto found = standing_.find(slot);
  if (found == standing_.end() || found->second.turn != turn) {
    standing_.insert_or_assign(
        slot, Standing{turn, target_of(next.defined() ? next : samples_.painting(turn))});
  }
  return *standing_.at(slot).target;
}

namespace {

/// What the plain form adapts to, of paintings of several sizes: as many at once as share one.
Modulations adapted(const Network& network, const std::vector<const StyleTarget*>& styles) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::int64_t>> of_size;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const at::Tensor& painting = styles[i]->painting;
    of_size[{painting.size(2), painting.size(3)}].push_back(static_cast<std::int64_t>(i));
  }
  std::vector<std::int64_t> order;
  std::map<std::string, std::pair<std::vector<at::Tensor>, std::vector<at::Tensor>>> parts;
  for (const auto& [size, which] : of_size) {
    std::vector<at::Tensor> paintings;
    for (const std::int64_t i : which) {
      paintings.push_back(styles[static_cast<std::size_t>(i)]->painting);
    }
    order.insert(order.end(), which.begin(), which.end());
    for (const auto& [layer, modulation] : network.adapted_modulations(
             at::cat(paintings).contiguous(at::MemoryFormat::ChannelsLast))) {
      parts[layer].first.push_back(modulation.scale);
      parts[layer].second.push_back(modulation.shift);
    }
  }
  const at::Tensor back = at::argsort(at::tensor(order)).to(styles.front()->painting.device());
  const auto joined = [&](const std::vector<at::Tensor>& rows) {
    return at::cat(rows).index_select(0, back);
  };
  Modulations all;
  for (const auto& [layer, rows] : parts)
    all[layer] = {joined(rows.first), joined(rows.second), {}};
  return all;
}

}  // namespace

at::Tensor TrainingTask::paint(const Network& network, const at::Tensor& photos,
                               const std::vector<Place>& places,
                               const std::vector<Colours>& colours,
                               const std::vector<const StyleTarget*>& styles) {
  if (!architecture_.modulated) {
    return network.paint(photos, photos, adapted(network, styles));
  }
  std::vector<ColourMap> maps;
  std::vector<const StyleStatistics*> statistics;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    statistics.push_back(&styles[i]->statistics);
    maps.push_back(colour_map(colours[i], styles[i]->statistics.colours));
  }
  const StyleBatch batch = style_batch(statistics, standard(), device_);
  return network.paint(with_grain(architecture_, photos, places), apply_each(maps, photos),
                       network.modulations(network.code(batch.levels, batch.correlations)));
}

train::Figures TrainingTask::step(std::int64_t step, train::Group& group) {
  const std::int64_t share = training_.train.batch / group.size();
  if (!coming_) {
    const std::int64_t first = group.rank() * share;
    coming_.emplace([this, share, first](
                        std::int64_t i) { return samples_.sample(i / share, first + i % share); },
                    train::sample_makers(), 2 * share);
  }
  std::vector<at::Tensor> pictures;
  std::vector<Place> places;
  std::vector<Colours> colours;
  std::vector<const StyleTarget*> styles;
  std::vector<std::unique_ptr<StyleTarget>> own;
  for (std::int64_t i = 0; i < share; ++i) {
    const Samples::Sample sample = coming_->take(step * share + i);
    const StyleTarget& stands = standing(step, group.rank() * share + i, sample.painting);
    if (sample.paints_own_style) {
      own.push_back(loss_->target(sample.photo.to(device_), sample.colours));
      styles.push_back(own.back().get());
    } else {
      styles.push_back(&stands);
    }
    pictures.push_back(sample.photo);
    places.push_back(sample.place);
    colours.push_back(sample.colours);
  }
  const at::Tensor photos =
      at::cat(pictures).to(device_).contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor painted = paint(network_, photos, places, colours, styles);
  const at::Tensor shown = painted.detach().clamp(0, 1);
  const at::Tensor off = painted.detach() - shown;  // beyond 0..1
  at::Tensor gradient = off * (2 * range_weight / static_cast<double>(off[0].numel()));
  const PaintingValues values = (*loss_)(shown, photos, styles, true);
  // A value at its bound whose gradient leads further out is held there.
  gradient.add_(values.gradient.where(off * values.gradient >= 0, at::zeros_like(gradient)));
  PaintingValue sum;
  for (const PaintingValue& value : values.values) add(sum, value, 1 / static_cast<double>(share));
  const train::Parameters& parameters = learner_.parameters();
  parameters.add_gradients(torch::autograd::grad({painted}, parameters.leaves(),
                                                 {gradient / static_cast<double>(share)},
                                                 /*retain_graph=*/false, /*create_graph=*/false,
                                                 /*allow_unused=*/true));
  const train::Learner::Report report = learner_.step(step, group);
  at::Tensor figures = at::tensor({sum.content, sum.style, sum.tv, sum.total}, at::kDouble);
  group.average(figures);
  const auto* f = figures.data_ptr<double>();
  return {{"content", f[0]}, {"style", f[1]},       {"tv", f[2]},
          {"total", f[3]},   {"rate", report.rate}, {"norm", report.norm}};
}

const std::vector<TrainingTask::HeldOut>& TrainingTask::held_out_pairs() {
  if (held_out_.empty()) {
    for (const Samples::Pair& pair : samples_.held_out(held_out_pairs_count)) {
      held_out_.push_back(
          {pair.photo.to(device_), colours_of(pair.photo), target_of(pair.painting)});
    }
  }
  return held_out_;
}

train::Figures TrainingTask::held_out() {
  const at::NoGradGuard no_gradient;
  PaintingValue sum;
  for (const HeldOut& one : held_out_pairs()) {
    const at::Tensor painted =
        paint(averaged_, one.photo, {Place{}}, {one.colours}, {one.target.get()}).clamp(0, 1);
    const PaintingValues values = (*loss_)(painted, one.photo, {one.target.get()}, false);
    add(sum, values.values.front(), 1.0 / held_out_pairs_count);
  }
  return {{"content", sum.content}, {"style", sum.style}, {"tv", sum.tv}, {"total", sum.total}};
}

at::Tensor TrainingTask::preview() {
  const at::NoGradGuard no_gradient;
  std::vector<at::Tensor> rows;
  const auto& pairs = held_out_pairs();
  for (std::size_t i = 0; i < std::min(preview_pairs, pairs.size()); ++i) {
    const HeldOut& one = pairs[i];
    const at::Tensor painted =
        paint(averaged_, one.photo, {Place{}}, {one.colours}, {one.target.get()});
    const image::Size cell{static_cast<int>(one.photo.size(3)),
                           static_cast<int>(one.photo.size(2))};
    const at::Tensor painting = nets::resize(one.target->painting.to(at::kCPU), cell);
    rows.push_back(
        at::cat({one.photo.to(at::kCPU), painting, painted.clamp(0, 1).to(at::kCPU)}, 3));
  }
  return at::cat(rows, 2);
}

void TrainingTask::save_model(const std::filesystem::path& path, std::int64_t step) {
  fast::save_model(path, training_.fast.architecture, learner_.average(), standard(), step);
}

}  // namespace atelier::fast
