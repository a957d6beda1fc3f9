// SPDX-License-Identifier: Apache-2.0
#include "sequence/form.hpp"

#include <cmath>

#include "sequence/lstm.hpp"
#include "sequence/transformer.hpp"

namespace atelier::sequence {

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
       form.architecture == "lstm" ? Lstm::specs(form) : Transformer::specs(form)) {
    specs.push_back(std::move(spec));
  }
  return specs;
}

}  // namespace atelier::sequence
