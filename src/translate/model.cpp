// SPDX-License-Identifier: Apache-2.0
#include "translate/model.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <charconv>

#include "train/model_file.hpp"
#include "translate/form.hpp"

namespace atelier::translate {
namespace {

constexpr train::ModelKind translator{"atelier translator 1", "translator",
                                      "atelier train translate"};
constexpr int widest = 1024;

/// -1 when it is none.
std::int64_t whole_number(const std::string& text) {
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

}  // namespace

void save_model(const std::filesystem::path& path, int width, const train::Parameters& there,
                const train::Parameters& back, std::int64_t step) {
  nets::TensorMap tensors;
  for (const auto& [prefix, parameters] : {std::pair{"there.", &there}, {"back.", &back}}) {
    for (const auto& [name, tensor] : parameters->tensors()) {
      tensors[prefix + name] = tensor.to(at::kHalf);
    }
  }
  train::save_model_file(path, translator, tensors,
                         {{"width", fmt::format("{}", width)}, {"step", fmt::format("{}", step)}});
}

Model load_model(const std::filesystem::path& path, at::Device device) {
  train::ModelFile file = train::load_model_file(path, translator);
  Model model;
  model.digest = file.digest;
  const std::int64_t width = whole_number(file.metadata["width"]);
  model.step = whole_number(file.metadata["step"]);
  if (width < 1 || width > widest || model.step < 0) train::refuse_model(path, translator);
  model.width = static_cast<int>(width);
  const auto loaded = [&](const std::string& prefix) {
    nets::TensorMap tensors;
    for (const auto& [name, tensor] : file.tensors) {
      if (name.starts_with(prefix)) tensors[name.substr(prefix.size())] = tensor;
    }
    return std::make_unique<train::Parameters>(fast::parameter_specs(architecture_of(model.width)),
                                               tensors, device);
  };
  model.there = loaded("there.");
  model.back = loaded("back.");
  return model;
}

}  // namespace atelier::translate
