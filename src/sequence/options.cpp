// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/seen_runs.hpp"
#include "atelier/sequence/tokenizer.hpp"
#include "atelier/sequence/train.hpp"

namespace atelier::sequence {

const OptionTable<SequenceOptions>& sequence_option_table() {
  using O = SequenceOptions;
  static const OptionTable<O> table{
      {&O::architecture,
       {"architecture",
        "Network",
        "what a text is read by",
        "",
        {},
        {},
        {"transformer", "lstm"},
        {}}},
      {&O::layers, {"layers", "Network", "layers one behind the other", "", 1, 64, {}, {}}},
      {&O::width,
       {"width",
        "Network",
        "numbers that stand for a token; a multiple of 8",
        "",
        8,
        4096,
        {},
        {}}},
      {&O::heads,
       {"heads",
        "Network",
        "of a Transformer's attention; twice this must divide the width",
        "",
        1,
        256,
        {},
        {}}},
      {&O::context,
       {"context", "Network", "tokens that are looked back on", "tokens", 4, 8192, {}, {}}},
      {&O::dropout,
       {"dropout",
        "Network",
        "share of numbers that are left out at random while training",
        "",
        0,
        0.9,
        {},
        {}}},
      {&O::tied,
       {"tied", "Network", "read and foretell tokens with one table", "", {}, {}, {}, {}}},
      {&O::tokenizer,
       {"tokenizer",
        "Text",
        "what a token is: a character, a piece of a word, or a number as written",
        "",
        {},
        {},
        {"characters", "pieces", "events"},
        {}}},
      {&O::vocabulary,
       {"vocabulary", "Text", "different tokens, at most", "", 16, most_tokens, {}, {}}},
      {&O::delimiter,
       {"delimiter",
        "Text",
        "what stands between documents, such as \\n\\n\\n; empty: all is one",
        "",
        {},
        {},
        {},
        {}}},
      {&O::heading,
       {"heading",
        "Text",
        "lines of each document that tell of it, such as title and author",
        "",
        0,
        8,
        {},
        {}}},
      {&O::seen_run,
       {"seen-run",
        "Text",
        "tokens in a row that a model remembers to have seen, so that it knows when it copies",
        "tokens",
        SeenRuns::shortest,
        SeenRuns::longest,
        {},
        {}}},
      {&O::split,
       {"split",
        "Text",
        "what is held out: the text's tail, or documents by their digest",
        "",
        {},
        {},
        {"tail", "digest"},
        {}}},
      {&O::held_out,
       {"held-out", "Text", "share of the text that is only measured on", "", 0.001, 0.9, {}, {}}},
      {&O::judged,
       {"judged",
        "Text",
        "held-out tokens that are measured on, at most",
        "tokens",
        1,
        100'000'000,
        {},
        {}}},
  };
  return table;
}

train::TrainOptions sequence_train_defaults() {
  train::TrainOptions options;
  options.steps = 5000;
  options.batch = 16;
  options.learning_rate = 3e-3;
  options.warm_up = 100;
  options.average = 0.995;
  return options;
}

}  // namespace atelier::sequence
