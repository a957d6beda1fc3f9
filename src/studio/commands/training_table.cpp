// SPDX-License-Identifier: Apache-2.0
// Packed sets, and networks that learn from them.
#include "atelier/jobs/dataset.hpp"
#include "atelier/jobs/judge.hpp"
#include "atelier/jobs/train_appraisal.hpp"
#include "atelier/jobs/train_emotions.hpp"
#include "atelier/jobs/train_fast.hpp"
#include "atelier/jobs/train_gan.hpp"
#include "atelier/jobs/train_music.hpp"
#include "atelier/jobs/train_text.hpp"
#include "atelier/jobs/train_translate.hpp"
#include "studio/commands/table_parts.hpp"

namespace atelier::studio {
namespace {

Input set(const char* help) {
  return {"set", help, "", {"dataset"}};
}

Command pack() {
  Command command{.name = "dataset-pack",
                  .help = "pack pictures into one file, for training",
                  .words = {"dataset", "pack"},
                  .inputs = {{"pictures",
                              "pictures, and archives of them (.zip, .tar)",
                              "",
                              {"picture", "archive"},
                              1,
                              many},
                             {.name = "unlike",
                              .help = "pictures for measuring: what looks like one is left out",
                              .flag = "--unlike",
                              .accepts = pictures(),
                              .min = 0,
                              .max = many,
                              .in_folder = true}},
                  .outputs = {{"set", "the packed set", "-o", {"set"}}},
                  .options = {}};
  add_options(command, jobs::pack_option_table(), {"unlike"});
  return command;
}

Command of_set(const char* name, const char* help) {
  return {.name = std::string("dataset-") + name,
          .help = help,
          .words = {"dataset", name},
          .inputs = {set("a packed set")},
          .outputs = {},
          .options = {}};
}

Command split() {
  Command command = of_set("split", "divide a packed set in two");
  command.outputs = {{"first", "the larger part", "", {"set"}},
                     {"second", "the other", "", {"set"}}};
  add_options(command, jobs::split_option_table());
  return command;
}

/// What every training run has.
Command training(const char* name, const char* help, std::vector<Input> inputs) {
  Command command{
      .name = std::string("train-") + name,
      .help = help,
      .words = {"train", name},
      .inputs = std::move(inputs),
      .outputs = {{.name = "run",
                   .help = "the model, its losses, its log and sheets of samples",
                   .flag = "--out",
                   .formats = {folder_format},
                   .only = {"model.safetensors", "losses.svg", "log.jsonl", "preview-*.png"}}},
      .options = {}};
  command.inputs.push_back(file_after("--from", "from", "a model to begin from", {"model"}));
  command.previews_in = "out/run";
  command.checkpoint_at = "out/run/checkpoint.safetensors";
  return command;
}

Input collection(const char* name, const char* flag, const char* help, int min) {
  return {.name = name,
          .help = help,
          .flag = flag,
          .accepts = {"dataset", "picture"},
          .min = min,
          .max = many,
          .folder_of_many = true};
}

Command fast() {
  Command command = training(
      "fast", "a network that paints any photograph in one pass",
      {collection("photos", "--photos", "photographs: a packed set, or pictures", 1),
       collection("paintings", "--paintings", "paintings of every style, likewise", 0),
       collection("style", "--style", "or paintings of one style, for a network of its own", 0)});
  add_options(command, fast::fast_option_table());
  add_options(command, train::train_option_table());
  return command;
}

Command gan() {
  Command command =
      training("gan", "a generator that paints new pictures after a collection of some hundreds",
               {collection("pictures", "", "the collection: a packed set, or pictures", 1)});
  add_options(command, gan::gan_option_table());
  add_options(command, train::train_option_table(), {}, gan::gan_train_defaults());
  return command;
}

Command translate() {
  Command command =
      training("translate", "two networks that paint one collection like another, and back",
               {collection("source", "", "photographs: a packed set, or pictures", 1),
                collection("goal", "", "a painter's works, likewise", 1)});
  add_options(command, translate::translate_option_table());
  add_options(command, train::train_option_table(), {}, translate::translate_train_defaults());
  return command;
}

Command text_model() {
  Command command =
      training("text", "a model that writes as a text does", {{"text", "the text", "", {"text"}}});
  add_options(command, sequence::sequence_option_table());
  add_options(command, train::train_option_table(), {}, sequence::sequence_train_defaults());
  return command;
}

Command music_model() {
  Command command = training("music", "a model that composes as music does",
                             {{.name = "music",
                               .help = "chorales as JSON, tunes as ABC, or piano pieces as MIDI",
                               .flag = "",
                               .accepts = {"music", "text"},
                               .min = 1,
                               .max = many,
                               .folder_of_many = true}});
  add_options(command, jobs::train_music_option_table());
  std::vector<std::string> others;
  for (const auto& entry : sequence::sequence_option_table().entries()) {
    const auto& offered = jobs::music_sequence_options();
    if (std::find(offered.begin(), offered.end(), entry.spec.name) == offered.end())
      others.push_back(entry.spec.name);
  }
  add_options(command, sequence::sequence_option_table(), others);
  add_options(command, train::train_option_table(), {}, sequence::sequence_train_defaults());
  return command;
}

Command emotions() {
  Command command{
      .name = "train-emotions",
      .help = "what readers feel in poems, for `appraise`, with figures",
      .words = {"train", "emotions"},
      .inputs = {{"poems", "many English poems, two blank lines after each", "", {"text"}},
                 {"labels", "poems that readers labelled, a line each", "", {"text"}}},
      .outputs = {{.name = "run",
                   .help = "the model, and how right it is",
                   .flag = "--out",
                   .formats = {folder_format},
                   .only = {"emotions.safetensors", "figures.json"}}},
      .options = {}};
  add_options(command, appraise::emotion_option_table());
  return command;
}

Command appraisal() {
  Command command{
      .name = "train-appraisal",
      .help = "what `appraise` tells: styles, emotions and things in works, with figures",
      .words = {"train", "appraisal"},
      .inputs = {{"styles",
                  "archives (.zip, .tar) with a folder for each class, pictures named ARTIST_TITLE",
                  "",
                  {"archive"},
                  1,
                  16},
                 file_after("--emotions", "emotions",
                            "an archive of pictures named ID, with shares", {"archive"}),
                 file_after("--shares", "shares",
                            "a table of the shares of viewers who named an emotion, by ID",
                            {"text"}),
                 file_after("--content", "content",
                            "an archive with a picture of each of ImageNet's classes, named "
                            "SYNSET_NAME, with top",
                            {"archive"}),
                 file_after("--top", "top", "EfficientNet-Lite0's .pth, whose classifier is taken",
                            {"archive"}),
                 file_after("--machines", "machines",
                            "an archive with one folder for each kind of machine and one named "
                            "'untouched', pictures named SOURCE__ANYTHING",
                            {"archive"})},
      .outputs = {{.name = "run",
                   .help = "the model, its figures, and what is taken for what",
                   .flag = "--out",
                   .formats = {folder_format},
                   .only = {"model.safetensors", "figures.json", "confusion.png"}}},
      .options = {}};
  add_options(command, appraise::appraisal_option_table());
  return command;
}

Command judge() {
  Command command{
      .name = "judge",
      .help = "measure a generator or translator beside the pictures it learned from",
      .words = {"judge"},
      .inputs =
          {{"model", "what was trained", "", {"model"}},
           {"pictures", "the set that it learned from; a translator's first", "", {"dataset"}},
           file_after("--goal", "goal", "a translator's second set", {"dataset"})},
      .outputs =
          {{"sheet", "samples, each beside the picture most like it", "--sheet", {"png"}, true}},
      .options = {}};
  add_options(command, jobs::judge_option_table());
  return command;
}

}  // namespace

std::vector<Command> training_commands() {
  return {pack(),        of_set("info", "tell classes and sizes of a packed set"),
          split(),       of_set("check", "compare every picture of a packed set with its digest"),
          fast(),        gan(),
          translate(),   text_model(),
          music_model(), emotions(),
          appraisal(),   judge()};
}

}  // namespace atelier::studio
