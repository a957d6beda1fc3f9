// SPDX-License-Identifier: Apache-2.0
#include "sequence/trained_model.hpp"

#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "nets/safetensors.hpp"
#include "sequence/model_parts.hpp"
#include "train/model_file.hpp"

namespace atelier::sequence {
namespace {

template <class Bytes>
at::Tensor as_tensor(const Bytes& bytes) {
  at::Tensor tensor = at::empty({static_cast<std::int64_t>(bytes.size())}, at::kByte);
  std::copy(bytes.begin(), bytes.end(), tensor.data_ptr<std::uint8_t>());
  return tensor;
}

}  // namespace

void save_model(const std::filesystem::path& path, const SequenceForm& form,
                const TextKnowledge& knowledge, const train::Parameters& parameters,
                std::int64_t step) {
  nets::TensorMap tensors{{tokenizer_name, as_tensor(knowledge.tokenizer->serialised())}};
  for (const auto& [name, tensor] : parameters.tensors()) tensors[name] = tensor.to(at::kHalf);
  if (!knowledge.words.empty()) {
    tensors[words_name] = as_tensor(fmt::format("{}", fmt::join(knowledge.words, "\n")));
  }
  nlohmann::json seen = nlohmann::json::array();
  for (const SeenRuns& text : knowledge.seen) {
    tensors[name_of_seen(seen.size())] = as_tensor(text.filter());
    seen.push_back({{"run", text.run()}, {"thinned", text.thinned()}, {"text", text.source()}});
  }
  const nlohmann::json described{{"architecture", form.architecture},
                                 {"layers", form.layers},
                                 {"width", form.width},
                                 {"heads", form.heads},
                                 {"context", form.context},
                                 {"tied", form.tied},
                                 {"tokenizer", knowledge.tokenizer->kind()},
                                 {"beginning", knowledge.beginning},
                                 {"heading", knowledge.heading},
                                 {"seen", seen},
                                 {"step", step}};
  train::save_model_file(path, writer, tensors, {{form_key, described.dump()}});
}

train::Parameters trained_parameters(const Model& model, at::Device device) {
  return {sequence_specs(model.form), nets::tensors_of(model.parameters.content()), device};
}

}  // namespace atelier::sequence
