// SPDX-License-Identifier: Apache-2.0
// What models that write are measured beside.
//
//   atelier_sequence_bench controls TEXT [--OPTION VALUE]...
//     bits per character of the text that `train text` with these options holds out: by n-grams
//     with Kneser-Ney smoothing, in the model's tokens, and by `xz -9`, which is shown what is
//     learned from first.
//   atelier_sequence_bench judge MODEL TEXT [--OPTION VALUE]...
//     the same of a model.
//   atelier_sequence_bench speed MODEL [TOKENS]
//     tokens a second of each way to compute it, on one core, in one run.
//   atelier_sequence_bench likeliest MODEL [TOKENS]
//     the numbers of the tokens that are likeliest one behind the other.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <string>

#include "../xz.hpp"
#include "atelier/base/error.hpp"
#include "atelier/sequence/text_model.hpp"
#include "atelier/sequence/writing.hpp"
#include "atelier/tensor/compute.hpp"
#include "sequence/corpus.hpp"
#include "sequence/kneser_ney.hpp"
#include "sequence/model.hpp"

namespace {

using namespace atelier;
using namespace atelier::sequence;

SequenceOptions options_of(int count, char** words) {
  SequenceOptions options;
  for (int i = 0; i + 1 < count; i += 2) {
    const std::string name = std::string(words[i]).substr(2);
    const auto* entry = sequence_option_table().find(name);
    if (!entry) fail(ErrorKind::invalid_argument, "there is no option --{}.", name);
    entry->parse(options, std::string_view(words[i + 1]));
  }
  return options;
}

double characters_of(const Corpus& corpus) {
  return corpus.characters_per_token * static_cast<double>(corpus.held_out.size());
}

void controls(const std::string& path, const SequenceOptions& options) {
  const Corpus corpus = read_corpus(path, options);
  const Tokenizer& tokenizer = *corpus.knowledge.tokenizer;
  const double characters = characters_of(corpus),
               tokens = static_cast<double>(corpus.held_out.size());
  for (const int order : {3, 4, 5, 6}) {
    const KneserNey model(corpus.trained, tokenizer.vocabulary(), order);
    const double nats = model.nats_per_token(corpus.held_out);
    fmt::print("{}-gram: {:.4f} nats a token, {:.4f} bits a character\n", order, nats,
               nats * tokens / characters / std::numbers::ln2);
  }
  const double packed =
      bench::packed_behind(tokenizer.decode(corpus.trained), tokenizer.decode(corpus.held_out));
  fmt::print("xz -9: {:.4f} bits a character\n", 8 * packed / characters);
}

/// The whole held-out text, in stretches of the model's context.
void judge(const std::string& file, const std::string& path, const SequenceOptions& options) {
  const Model known = load_model(file);
  const Corpus corpus = read_corpus(path, options, known.knowledge);
  const TextModel model = TextModel::load(file);
  for (const Precision precision : {Precision::fp16, Precision::int8}) {
    const auto decoder = model.decoder(precision);
    double nats = 0;
    const auto context = static_cast<std::size_t>(known.form.context);
    for (std::size_t at = 0; at + 1 < corpus.held_out.size(); ++at) {
      if (at % context == 0) decoder->restart();
      const std::span<const float> logits = decoder->read({&corpus.held_out[at], 1});
      double sum = 0;
      for (const float logit : logits) sum += std::exp(double{logit});
      nats += std::log(sum) - logits[corpus.held_out[at + 1]];
    }
    const auto tokens = static_cast<double>(corpus.held_out.size() - 1);
    fmt::print("{}: {:.4f} nats a token, {:.4f} bits a character\n",
               precision == Precision::fp16 ? "fp16" : "int8", nats / tokens,
               nats / characters_of(corpus) / std::numbers::ln2);
  }
}

void speed(const std::string& file, std::int64_t tokens) {
  const TextModel model = TextModel::load(file);
  const std::pair<const char*, Precision> ways[] = {{"libtorch, fp32", Precision::fp32},
                                                    {"ours, fp16", Precision::fp16},
                                                    {"ours, int8", Precision::int8}};
  for (const auto& [name, precision] : ways) {
    const auto decoder = model.decoder(precision);
    WritingOptions options;
    options.length = tokens;
    options.stops.clear();
    const auto began = std::chrono::steady_clock::now();
    const Writing writing = write(*decoder, model.beginning(), options);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    fmt::print("{}: {:.0f} tokens a second\n", name,
               static_cast<double>(writing.tokens.size()) / seconds);
  }
}

void likeliest(const std::string& file, std::int64_t tokens) {
  const TextModel model = TextModel::load(file);
  WritingOptions options;
  options.choice.temperature = 0;
  options.length = tokens;
  options.stops.clear();
  const Writing writing = write(*model.decoder(Precision::fp16), model.beginning(), options);
  fmt::print("{}\n", fmt::join(writing.tokens, " "));
}

}  // namespace

int main(int count, char** words) {
  const std::string command = count > 2 ? words[1] : "";
  try {
    static_cast<void>(tensor::set_up("cpu", 1));
    if (command == "controls") {
      controls(words[2], options_of(count - 3, words + 3));
    } else if (command == "judge" && count > 3) {
      judge(words[2], words[3], options_of(count - 4, words + 4));
    } else if (command == "speed") {
      speed(words[2], count > 3 ? std::atoll(words[3]) : 1000);
    } else if (command == "likeliest") {
      likeliest(words[2], count > 3 ? std::atoll(words[3]) : 100);
    } else {
      fmt::print(stderr, "atelier_sequence_bench controls|judge|speed|likeliest ...\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "atelier_sequence_bench: {}\n", error.what());
    return 1;
  }
  return 0;
}
