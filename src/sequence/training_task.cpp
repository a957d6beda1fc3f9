// SPDX-License-Identifier: Apache-2.0
#include "sequence/training_task.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <numbers>

#include "atelier/base/error.hpp"
#include "sequence/trained_model.hpp"
#include "train/settings.hpp"

namespace atelier::sequence {
namespace {

/// The mean cross-entropy, in nats, of stretches' tokens behind the first.
at::Tensor cross_entropy(const SequenceModel& model, const at::Tensor& stretches,
                         const Dropout& dropout) {
  const std::int64_t length = stretches.size(1) - 1;
  const at::Tensor logits = model.logits(stretches.narrow(1, 0, length), dropout);
  return at::cross_entropy_loss(logits.flatten(0, 1), stretches.narrow(1, 1, length).reshape({-1}));
}

}  // namespace

SequenceForm form_of(const SequenceOptions& options, int vocabulary) {
  SequenceForm form{options.architecture, vocabulary,      options.layers, options.width,
                    options.heads,        options.context, options.tied};
  if (!is_form(form)) {
    fail(ErrorKind::invalid_argument,
         "--width {} must be a multiple of 8 and, for a Transformer, of twice --heads {}.",
         options.width, options.heads);
  }
  return form;
}

TrainingTask::TrainingTask(const Corpus& corpus, const SequenceTraining& training,
                           at::Device device)
    : corpus_(corpus),
      training_(training),
      device_(device),
      form_(form_of(training.sequence, corpus.knowledge.tokenizer->vocabulary())),
      windows_(corpus.trained, form_.context, training.train.seed),
      judged_(even_windows(corpus.held_out, form_.context, training.sequence.judged).to(device)),
      learner_("writer", train::Parameters(sequence_specs(form_), training.train.seed, device),
               train::learner_options(training.train)),
      model_(
          make_sequence_model(form_, learner_.parameters(), train::low_precision(training.train))),
      averaged_(
          make_sequence_model(form_, learner_.average(), train::low_precision(training.train))) {}

void TrainingTask::begin_from(const Model& model) {
  learner_.begin_from(trained_parameters(model, at::kCPU).tensors());
}

TrainingTask::Share TrainingTask::share_of(std::int64_t step, const train::Group& group) const {
  const std::int64_t count = training_.train.batch / group.size();
  return {step * training_.train.batch + group.rank() * count, count};
}

at::Tensor TrainingTask::stretches(const Share& share) const {
  return windows_.at(share.first, share.count).to(device_);
}

at::Tensor TrainingTask::loss_on(const at::Tensor& stretches, const Share& share) const {
  const Dropout dropout(training_.sequence.dropout, training_.train.seed, share.first, share.count,
                        device_);
  return cross_entropy(*model_, stretches, dropout);
}

train::Figures TrainingTask::step(std::int64_t step, train::Group& group) {
  const Share share = share_of(step, group);
  const at::Tensor loss = loss_on(stretches(share), share);
  train::add_gradients(loss, {&learner_.parameters()});
  const train::Learner::Report report = learner_.step(step, group);
  const at::Tensor figure = loss.detach().to(at::kCPU, at::kDouble);
  group.average(figure);
  return {{"loss", figure.item<double>()}, {"norm", report.norm}, {"rate", report.rate}};
}

train::Figures TrainingTask::held_out() {
  constexpr std::int64_t at_once = 16;
  const at::NoGradGuard no_gradient;
  double sum = 0;
  for (const at::Tensor& rows : judged_.split(at_once)) {
    sum += cross_entropy(*averaged_, rows, {}).item<double>() * static_cast<double>(rows.size(0));
  }
  const double loss = sum / static_cast<double>(judged_.size(0));
  train::Figures figures{{"bits", loss / std::numbers::ln2 / corpus_.characters_per_token}};
  if (corpus_.notes_per_token > 0) figures.emplace_back("note", loss / corpus_.notes_per_token);
  figures.emplace_back("loss", loss);
  return figures;
}

void TrainingTask::save_model(const std::filesystem::path& path, std::int64_t step) {
  sequence::save_model(path, form_, corpus_.knowledge, learner_.average(), step);
}

}  // namespace atelier::sequence
