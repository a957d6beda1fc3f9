// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/train.hpp"

#include <ATen/ATen.h>

#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/tensor/compute.hpp"
#include "sequence/corpus.hpp"
#include "sequence/model.hpp"
#include "sequence/training_task.hpp"
#include "train/settings.hpp"

namespace atelier::sequence {
namespace {

/// The model to begin from; refuses one that the options do not ask for.
std::optional<Model> initial_model(const SequenceTraining& training) {
  if (training.initial.empty()) return std::nullopt;
  Model model = load_model(training.initial, at::kCPU);
  const SequenceForm& form = model.form;
  const std::string kind = model.knowledge.tokenizer->kind();
  if (form != form_of(training.sequence, form.vocabulary) || kind != training.sequence.tokenizer) {
    fail(ErrorKind::invalid_argument,
         "{} is a model of --architecture {} --layers {} --width {} --heads {} --context {} --tied "
         "{} --tokenizer {}; give the same.",
         training.initial.string(), form.architecture, form.layers, form.width, form.heads,
         form.context, form.tied, kind);
  }
  return model;
}

/// All that decides the result.
std::string recipe_of(const SequenceTraining& training, const Corpus& corpus,
                      const std::optional<Model>& initial) {
  nlohmann::json options = train::deciding(training.train);
  options.update(sequence_option_table().to_json(training.sequence));
  return nlohmann::json{{"train", "text"},
                        {"initial", initial ? initial->digest : ""},
                        {"options", options},
                        {"text", corpus.digest}}
      .dump();
}

}  // namespace

train::RunReport train_text(const std::filesystem::path& text, const SequenceTraining& training,
                            const train::RunListeners& listeners, std::stop_token stop) {
  const tensor::Compute compute = tensor::set_up(training.train.device, training.train.threads);
  const auto group = train::Group::from_environment(compute.device);
  if (training.train.batch % group->size() != 0) {
    fail(ErrorKind::invalid_argument, "a batch of {} cannot be shared by {} processes.",
         training.train.batch, group->size());
  }
  const std::optional<Model> initial = initial_model(training);
  const Corpus corpus =
      read_corpus(text, training.sequence, initial ? initial->knowledge : TextKnowledge{});
  TrainingTask task(corpus, training, compute.device);
  if (initial) task.begin_from(*initial);
  return train::run(task, training.train, {training.folder, recipe_of(training, corpus, initial)},
                    *group, listeners, std::move(stop));
}

}  // namespace atelier::sequence
