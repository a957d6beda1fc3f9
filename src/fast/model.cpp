// SPDX-License-Identifier: Apache-2.0
#include "fast/model.hpp"

#include <ATen/ATen.h>

#include <fmt/format.h>

#include <charconv>

#include "atelier/base/error.hpp"
#include "train/model_file.hpp"

namespace atelier::fast {
namespace {

constexpr train::ModelKind network{"atelier fast 1", "one-pass network", "atelier train fast"};

const at::Tensor& tensor_of(const nets::TensorMap& tensors, const char* name) {
  const auto found = tensors.find(name);
  if (found == tensors.end() || found->second.numel() != level_count()) {
    fail(ErrorKind::bad_input, "the model's {} is missing or of another size.", name);
  }
  return found->second;
}

}  // namespace

StyleBatch style_batch(const std::vector<const StyleStatistics*>& styles, const Standard& standard,
                       at::Device device) {
  StyleBatch batch;
  std::vector<at::Tensor> levels;
  for (const StyleStatistics* style : styles) levels.push_back(style->levels);
  const auto there = [&](const at::Tensor& t) { return t.to(device); };
  batch.levels =
      ((there(at::stack(levels)) - there(standard.mean)) / there(standard.deviation)).clamp(-5, 5);
  for (const StyleLayer& layer : style_layers()) {
    std::vector<at::Tensor> parts;
    for (const StyleStatistics* style : styles) parts.push_back(style->correlations.at(layer.name));
    batch.correlations[layer.name] = at::stack(parts).to(device);
  }
  return batch;
}

void save_model(const std::filesystem::path& path, const std::string& form,
                const train::Parameters& parameters, const Standard& standard, std::int64_t step) {
  nets::TensorMap tensors;
  for (const auto& [name, tensor] : parameters.tensors()) tensors[name] = tensor.to(at::kHalf);
  tensors["standard.mean"] = standard.mean;
  tensors["standard.deviation"] = standard.deviation;
  train::save_model_file(path, network, tensors,
                         {{"form", form}, {"step", fmt::format("{}", step)}});
}

Model load_model(const std::filesystem::path& path, at::Device device) {
  train::ModelFile file = train::load_model_file(path, network);
  Model model;
  model.digest = file.digest;
  model.form = file.metadata["form"];
  model.architecture = architecture_of(model.form);
  model.parameters = std::make_unique<train::Parameters>(parameter_specs(model.architecture),
                                                         file.tensors, device);
  model.standard = {tensor_of(file.tensors, "standard.mean"),
                    tensor_of(file.tensors, "standard.deviation")};
  const std::string& step = file.metadata["step"];
  std::from_chars(step.data(), step.data() + step.size(), model.step);
  return model;
}

}  // namespace atelier::fast
