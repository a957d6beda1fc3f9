// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/train.hpp"

#include <ATen/ATen.h>

#include <functional>
#include <memory>
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/tensor/compute.hpp"
#include "sequence/adversarial_task.hpp"
#include "sequence/corpus.hpp"
#include "sequence/model.hpp"
#include "sequence/training_task.hpp"
#include "train/settings.hpp"

namespace atelier::sequence {
namespace {

/// The model to begin from; refuses one that the options do not ask for.
std::optional<Model> initial_model(const SequenceTraining& training) {
  if (training.initial.empty()) return std::nullopt;
  Model model = load_model(training.initial);
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
std::string recipe_of(const char* what, const SequenceTraining& training, const Corpus& corpus,
                      const std::optional<Model>& initial) {
  nlohmann::json options = train::deciding(training.train);
  options.update(sequence_option_table().to_json(training.sequence));
  return nlohmann::json{{"train", what},
                        {"initial", initial ? initial->digest : ""},
                        {"options", options},
                        {"text", corpus.digest}}
      .dump();
}

std::unique_ptr<TrainingTask> task_of(const Corpus& corpus, const SequenceTraining& training,
                                      at::Device device) {
  if (!training.sequence.adversarial) {
    return std::make_unique<TrainingTask>(corpus, training, device);
  }
  return std::make_unique<AdversarialTask>(corpus, training, device);
}

/// Trains on the corpus that `read` makes beside what an initial model knows.
train::RunReport train_on(const char* what,
                          const std::function<Corpus(const TextKnowledge& before)>& read,
                          const SequenceTraining& training, const train::RunListeners& listeners,
                          std::stop_token stop) {
  const tensor::Compute compute = tensor::set_up(training.train.device, training.train.threads);
  const auto group = train::Group::from_environment(compute.device);
  if (training.train.batch % group->size() != 0) {
    fail(ErrorKind::invalid_argument, "a batch of {} cannot be shared by {} processes.",
         training.train.batch, group->size());
  }
  if (training.sequence.adversarial && training.initial.empty()) {
    fail(ErrorKind::invalid_argument,
         "a judge would tell what an untrained model writes at a glance; give a trained one by "
         "--from.");
  }
  const std::optional<Model> initial = initial_model(training);
  const Corpus corpus = read(initial ? initial->knowledge : TextKnowledge{});
  const std::unique_ptr<TrainingTask> task = task_of(corpus, training, compute.device);
  if (initial) task->begin_from(*initial);
  return train::run(*task, training.train,
                    {training.folder, recipe_of(what, training, corpus, initial)}, *group,
                    listeners, std::move(stop));
}

}  // namespace

train::RunReport train_text(const std::filesystem::path& text, const SequenceTraining& training,
                            const train::RunListeners& listeners, std::stop_token stop) {
  const auto read = [&](const TextKnowledge& before) {
    return read_corpus(text, training.sequence, before);
  };
  return train_on("text", read, training, listeners, std::move(stop));
}

train::RunReport train_events(const EventPieces& pieces, const SequenceTraining& training,
                              const train::RunListeners& listeners, std::stop_token stop) {
  SequenceTraining on_events = training;
  on_events.sequence.tokenizer = "events";
  on_events.sequence.vocabulary = pieces.vocabulary;
  const auto read = [&](const TextKnowledge& before) {
    return corpus_of(pieces, on_events.sequence, before);
  };
  return train_on("events", read, on_events, listeners, std::move(stop));
}

}  // namespace atelier::sequence
