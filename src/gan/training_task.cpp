// SPDX-License-Identifier: Apache-2.0
#include "gan/training_task.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "gan/dcgan.hpp"
#include "gan/losses.hpp"
#include "gan/model.hpp"
#include "gan/projected_discriminator.hpp"
#include "train/settings.hpp"

namespace atelier::gan {
namespace {

constexpr std::int64_t norm_groups = 24;  // groups of pictures that norms are measured on
constexpr int preview_rows = 4, preview_columns = 6;
constexpr double copies = 0.5, collapse = 0.5;
constexpr std::uint64_t judged_seed = 1;

GeneratorForm form_of(const GanOptions& options, std::size_t classes) {
  return {options.architecture, options.size, options.width, options.latent,
          options.architecture == "skip" ? static_cast<int>(classes) : 0};
}

/// What discriminators are built by. A DCGAN's two networks are as wide as each other.
GeneratorForm critic_form(const GanOptions& options, std::size_t classes) {
  GeneratorForm form = form_of(options, classes);
  if (form.architecture == "skip") form.width = options.critic_width;
  return form;
}

train::LearnerOptions learner_options(const GanTraining& training, bool averages) {
  train::LearnerOptions learner = train::learner_options(training.train, /*last=*/1);
  learner.beta1 = training.gan.architecture == "dcgan" ? 0.5 : 0;
  if (!averages) learner.average = 0;
  return learner;
}

std::unique_ptr<Discriminator> make_discriminator(const nets::Network& eyes,
                                                  const GeneratorForm& form,
                                                  const train::Parameters& parameters,
                                                  std::optional<at::ScalarType> precision) {
  if (form.architecture == "dcgan") {
    return std::make_unique<DcganDiscriminator>(form, parameters, precision);
  }
  return std::make_unique<ProjectedDiscriminator>(eyes, form, parameters, precision);
}

std::vector<train::ParameterSpec> discriminator_specs(const GeneratorForm& form) {
  return form.architecture == "dcgan" ? DcganDiscriminator::specs(form)
                                      : ProjectedDiscriminator::specs(form);
}

/// A larger generator's numbers, with a smaller one's in their place where it has them: it begins
/// with the forms that were learned at less cost (Karras et al., "Progressive growing of GANs",
/// ICLR 2018; here at once, and discriminators learn anew).
nets::TensorMap grown(nets::TensorMap larger, const train::Parameters& smaller) {
  for (const auto& [name, tensor] : smaller.tensors()) {
    const auto found = larger.find(name);
    if (found != larger.end() && found->second.sizes() == tensor.sizes()) found->second = tensor;
  }
  return larger;
}

}  // namespace

TrainingTask::TrainingTask(const nets::Network& eyes, const nets::Network& judge,
                           const Samples& samples, const GanTraining& training, at::Device device)
    : judge_(judge),
      samples_(samples),
      training_(training),
      device_(device),
      form_(form_of(training.gan, samples.classes().size())),
      critic_form_(critic_form(training.gan, samples.classes().size())),
      changes_(form_.architecture == "dcgan" ? Changes{false, false, false}
                                             : Changes::named(training.gan.augment)),
      painter_("painter", train::Parameters(generator_specs(form_), training.train.seed, device),
               learner_options(training, true)),
      critic_("critic",
              train::Parameters(discriminator_specs(critic_form_), training.train.seed, device),
              learner_options(training, false)),
      generator_(
          make_generator(form_, painter_.parameters(), train::low_precision(training.train))),
      averaged_(make_generator(form_, painter_.average(), train::low_precision(training.train))),
      discriminator_(make_discriminator(eyes, critic_form_, critic_.parameters(),
                                        train::low_precision(training.train))) {
  if (training.initial.empty() || train::is_run(training.initial)) return;
  painter_.begin_from(
      grown(painter_.parameters().tensors(), *load_model(training.initial, at::kCPU).parameters));
}

TrainingTask::Batch TrainingTask::batch(std::int64_t step, train::Group& group) {
  const std::int64_t share = training_.train.batch / group.size(), first = group.rank() * share;
  if (!coming_) {
    coming_.emplace([this, share, first](
                        std::int64_t i) { return samples_.sample(i / share, first + i % share); },
                    train::sample_makers(), 2 * share);
  }
  Batch batch;
  std::vector<at::Tensor> pictures, chance;
  std::vector<std::int64_t> labels;
  for (std::int64_t i = 0; i < share; ++i) {
    const Samples::Sample sample = coming_->take(step * share + i);
    pictures.push_back(sample.picture);
    chance.push_back(sample.chance);
    labels.push_back(sample.label);
    const std::int64_t position = step * training_.train.batch + first + i;
    const std::uint64_t seed = training_.train.seed;
    batch.of_pictures.emplace_back(seed, fmt::format("change {}", position));
    batch.of_painted.emplace_back(seed, fmt::format("change painted {}", position));
  }
  batch.pictures = at::cat(pictures).to(device_).contiguous(at::MemoryFormat::ChannelsLast);
  batch.chance = at::cat(chance).to(device_);
  if (form_.classes > 0) batch.labels = at::tensor(labels, at::kLong).to(device_);
  return batch;
}

train::Figures TrainingTask::step(std::int64_t step, train::Group& group) {
  Batch b = batch(step, group);
  const Normaliser normalise{training_.gan.group};
  discriminator_->prepare();
  const at::Tensor painted =
      generator_->paint(generator_->everywhere(generator_->style(b.chance, b.labels)), normalise);
  const std::vector<at::Tensor> seen_painted =
      discriminator_->look(changed(painted, changes_, std::move(b.of_painted)));
  std::vector<at::Tensor> seen_pictures, known_painted;
  {
    const at::NoGradGuard no_gradient;
    seen_pictures = discriminator_->look(changed(b.pictures, changes_, std::move(b.of_pictures)));
  }
  for (const at::Tensor& seen : seen_painted) known_painted.push_back(seen.detach());

  const Loss loss = form_.architecture == "dcgan" ? Loss::logarithmic : Loss::hinge;
  const at::Tensor of_critic =
      critic_loss(loss, discriminator_->judge(seen_pictures, b.labels, normalise),
                  discriminator_->judge(known_painted, b.labels, normalise));
  train::add_gradients(of_critic, {&critic_.parameters()});
  const train::Learner::Report critic = critic_.step(step, group);

  const at::Tensor of_painter =
      painter_loss(loss, discriminator_->judge(seen_painted, b.labels, normalise));
  train::add_gradients(of_painter, {&painter_.parameters()});
  const train::Learner::Report painter = painter_.step(step, group);

  at::Tensor figures =
      at::stack({of_critic.detach(), of_painter.detach()}).to(at::kCPU, at::kDouble);
  group.average(figures);
  const auto* f = figures.data_ptr<double>();
  return {{"critic", f[0]},
          {"painter", f[1]},
          {"critic_norm", critic.norm},
          {"painter_norm", painter.norm},
          {"rate", painter.rate}};
}

at::Tensor TrainingTask::labels_in_turn(std::int64_t first, std::int64_t count) const {
  if (form_.classes == 0) return {};
  return at::arange(first, first + count, at::kLong).remainder(form_.classes).to(device_);
}

Norms TrainingTask::measured_norms() const {
  const at::NoGradGuard no_gradient;
  NormSums sums;
  const std::int64_t group = training_.gan.group;
  for (std::int64_t i = 0; i < norm_groups; ++i) {
    const at::Tensor chance =
        chance_rows(judged_seed, "norms", i * group, group, form_.latent).to(device_);
    const at::Tensor styles =
        averaged_->everywhere(averaged_->style(chance, labels_in_turn(i * group, group)));
    static_cast<void>(averaged_->paint(styles, {group, nullptr, &sums}));
  }
  return sums.norms();
}

at::Tensor TrainingTask::painted(const Norms& norms, const std::string& name, std::int64_t first,
                                 std::int64_t count) const {
  const at::NoGradGuard no_gradient;
  const at::Tensor chance = chance_rows(judged_seed, name, first, count, form_.latent).to(device_);
  return averaged_->paint(
      averaged_->everywhere(averaged_->style(chance, labels_in_turn(first, count))),
      {training_.gan.group, &norms, nullptr});
}

train::Figures TrainingTask::held_out() {
  if (!pictures_seen_.defined()) {
    std::vector<at::Tensor> seen;
    for (const at::Tensor& picture :
         samples_.pictures(static_cast<std::size_t>(training_.gan.judged))) {
      seen.push_back(features_of(judge_, picture.to(device_)));
    }
    pictures_seen_ = at::cat(seen);
  }
  constexpr std::int64_t at_once = 16;
  const Norms norms = measured_norms();
  std::vector<at::Tensor> seen;
  for (std::int64_t i = 0; i < training_.gan.judged; i += at_once) {
    const std::int64_t count = std::min(at_once, training_.gan.judged - i);
    seen.push_back(features_of(judge_, painted(norms, "judged", i, count)));
  }
  likeness_ = likeness(at::cat(seen), pictures_seen_);
  return {{"nearest", likeness_.nearest},
          {"diversity", likeness_.diversity},
          {"frechet", likeness_.frechet}};
}

std::vector<std::string> TrainingTask::warnings() const {
  std::vector<std::string> all;
  if (likeness_.nearest < copies) {
    all.push_back(fmt::format(
        "samples lie {:.2f} times as near to the collection's pictures as these to each other: it "
        "begins to copy; stop here, or bring more pictures.",
        likeness_.nearest));
  }
  if (likeness_.diversity < collapse) {
    all.push_back(fmt::format(
        "samples differ {:.2f} times as much as the collection's pictures: all become alike; early "
        "in a run this passes, late begin anew with a smaller --learning-rate or a larger --batch.",
        likeness_.diversity));
  }
  return all;
}

at::Tensor TrainingTask::preview() {
  const at::Tensor all =
      painted(measured_norms(), "preview", 0, preview_rows * preview_columns).to(at::kCPU);
  std::vector<at::Tensor> rows;
  for (const at::Tensor& row : all.chunk(preview_rows)) {
    rows.push_back(at::cat(row.split(1), 3));
  }
  return at::cat(rows, 2);
}

void TrainingTask::save_model(const std::filesystem::path& path, std::int64_t step) {
  gan::save_model(path, form_, form_.classes > 0 ? samples_.classes() : std::vector<std::string>{},
                  painter_.average(), measured_norms(), step);
}

}  // namespace atelier::gan
