// SPDX-License-Identifier: Apache-2.0
#include "sequence/form.hpp"

#include <fmt/format.h>

#include <cmath>

namespace atelier::sequence {
namespace {

std::vector<train::ParameterSpec> transformer_specs(const SequenceForm& form) {
  const std::int64_t width = form.width, hidden = hidden_units(form);
  const auto spread = [](double inputs) { return train::normal(1 / std::sqrt(inputs)); };
  // What layers add keeps the sum's size: Radford et al., "Language models are unsupervised
  // multitask learners", 2019.
  const double adders = 2.0 * form.layers;
  std::vector<train::ParameterSpec> specs;
  for (int i = 0; i < form.layers; ++i) {
    const std::string name = fmt::format("layer.{}.", i);
    const auto inputs = static_cast<double>(width), inner = static_cast<double>(hidden);
    specs.push_back({name + "attend", {3, width, width}, spread(inputs)});
    specs.push_back({name + "attended", {width, width}, spread(inputs * adders)});
    specs.push_back({name + "gate", {2, hidden, width}, spread(inputs)});
    specs.push_back({name + "gated", {width, hidden}, spread(inner * adders)});
  }
  return specs;
}

std::vector<train::ParameterSpec> lstm_specs(const SequenceForm& form) {
  const std::int64_t width = form.width;
  const train::Initial initial = train::normal(1 / std::sqrt(static_cast<double>(width)));
  std::vector<train::ParameterSpec> specs;
  for (int i = 0; i < form.layers; ++i) {
    const std::string name = fmt::format("lstm.{}.", i);
    specs.push_back({name + "input", {4, width, width}, initial});
    specs.push_back({name + "hidden", {4, width, width}, initial});
    specs.push_back({name + "bias", {4 * width}, train::constant(0)});
    specs.push_back({name + "gain", {width}, train::constant(1)});
    specs.push_back({name + "shift", {width}, train::constant(0)});
  }
  specs.push_back({"last.gain", {width}, train::constant(1)});
  specs.push_back({"last.shift", {width}, train::constant(0)});
  return specs;
}

}  // namespace

bool is_form(const SequenceForm& form) {
  const auto within = [](int value, int least, int most) {
    return value >= least && value <= most;
  };
  const bool transformer = form.architecture == "transformer";
  return (transformer || form.architecture == "lstm") && within(form.vocabulary, 2, 65536) &&
         within(form.layers, 1, 64) && within(form.width, 8, 4096) && form.width % 8 == 0 &&
         within(form.context, 4, 8192) &&
         (!transformer ||
          (within(form.heads, 1, form.width / 2) && form.width % (2 * form.heads) == 0));
}

std::int64_t hidden_units(const SequenceForm& form) {
  return (std::int64_t{form.width} * 8 / 3 + 15) / 16 * 16;
}

std::vector<train::ParameterSpec> sequence_specs(const SequenceForm& form) {
  // A table that foretells what it reads must begin small, or every token foretells itself.
  const double length = form.tied ? 0.3 : 1;  // of what is read, in the root mean square
  const double deviation = length / std::sqrt(static_cast<double>(form.width));
  std::vector<train::ParameterSpec> specs{
      {"tokens", {form.vocabulary, form.width}, train::normal(deviation), /*table=*/true}};
  if (!form.tied) {
    specs.push_back({"foretell", {form.vocabulary, form.width}, train::constant(0), true});
  }
  for (train::ParameterSpec& spec :
       form.architecture == "lstm" ? lstm_specs(form) : transformer_specs(form)) {
    specs.push_back(std::move(spec));
  }
  return specs;
}

}  // namespace atelier::sequence
