// SPDX-License-Identifier: Apache-2.0
#include "fast/model.hpp"

#include <ATen/ATen.h>

#include <charconv>

#include "atelier/base/error.hpp"
#include "nets/safetensors.hpp"
#include "train/checkpoint.hpp"

namespace atelier::fast {
namespace {

constexpr const char* format_name = "atelier fast 1";

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
  nets::Safetensors content;
  for (const auto& [name, tensor] : parameters.tensors()) {
    content.tensors[name] = tensor.to(at::kHalf);
  }
  content.tensors["standard.mean"] = standard.mean;
  content.tensors["standard.deviation"] = standard.deviation;
  content.metadata = {{"format", format_name},
                      {"form", form},
                      {"step", fmt::format("{}", step)},
                      {"tensors_sha256", train::digest_of(content.tensors)}};
  nets::write_safetensors(path, content);
}

Model load_model(const std::filesystem::path& path, at::Device device) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    fail(ErrorKind::missing_weights,
         "there is no one-pass network at {}; train one with: atelier train fast.", path.string());
  }
  nets::Safetensors content = nets::read_safetensors(path);
  if (content.metadata["format"] != format_name) {
    fail(ErrorKind::bad_input, "{} is no one-pass network of Atelier's.", path.string());
  }
  Model model;
  model.digest = train::digest_of(content.tensors);
  if (content.metadata["tensors_sha256"] != model.digest) {
    fail(ErrorKind::bad_input, "{} is damaged; bring it again.", path.string());
  }
  model.form = content.metadata["form"];
  model.architecture = architecture_of(model.form);
  model.parameters =
      std::make_unique<train::Parameters>(parameter_specs(model.architecture), 0, device);
  model.parameters->load(content.tensors);
  model.standard = {tensor_of(content.tensors, "standard.mean"),
                    tensor_of(content.tensors, "standard.deviation")};
  const std::string& step = content.metadata["step"];
  std::from_chars(step.data(), step.data() + step.size(), model.step);
  return model;
}

}  // namespace atelier::fast
