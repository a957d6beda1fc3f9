// SPDX-License-Identifier: Apache-2.0
#include "gan/model.hpp"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include "train/model_file.hpp"

namespace atelier::gan {
namespace {

constexpr train::ModelKind generator{"atelier gan 2", "generator", "atelier train gan"};
constexpr const char *mean_prefix = "norm.mean.", *inverse_prefix = "norm.inverse.";

bool is_form(const GeneratorForm& form) {
  const bool power = form.size >= 32 && form.size <= 512 && (form.size & (form.size - 1)) == 0;
  return power && form.width >= 2 && form.width <= 1024 && form.latent >= 1 &&
         form.latent <= 4096 && form.classes <= 10000 &&
         (form.architecture == "skip" || form.architecture == "dcgan");
}

}  // namespace

void save_model(const std::filesystem::path& path, const GeneratorForm& form,
                const std::vector<std::string>& classes, const train::Parameters& parameters,
                const Norms& norms, std::int64_t step) {
  nets::TensorMap tensors;
  for (const auto& [name, tensor] : parameters.tensors()) tensors[name] = tensor.to(at::kHalf);
  for (const auto& [layer, norm] : norms) {
    tensors[mean_prefix + layer] = norm.first.to(at::kCPU);
    tensors[inverse_prefix + layer] = norm.second.to(at::kCPU);
  }
  const nlohmann::json described{{"architecture", form.architecture},
                                 {"size", form.size},
                                 {"width", form.width},
                                 {"latent", form.latent},
                                 {"classes", classes},
                                 {"step", step}};
  train::save_model_file(path, generator, tensors, {{"form", described.dump()}});
}

Model load_model(const std::filesystem::path& path, at::Device device) {
  train::ModelFile file = train::load_model_file(path, generator);
  Model model;
  model.digest = file.digest;
  try {
    const auto described = nlohmann::json::parse(file.metadata["form"]);
    model.classes = described.at("classes").get<std::vector<std::string>>();
    model.form = {described.at("architecture"), described.at("size"), described.at("width"),
                  described.at("latent"), static_cast<int>(model.classes.size())};
    model.step = described.at("step");
  } catch (const nlohmann::json::exception&) {
    train::refuse_model(path, generator);
  }
  if (!is_form(model.form)) train::refuse_model(path, generator);
  model.parameters =
      std::make_unique<train::Parameters>(generator_specs(model.form), file.tensors, device);
  const std::string prefix = mean_prefix;
  for (const auto& [name, mean] : file.tensors) {
    if (!name.starts_with(prefix)) continue;
    const std::string layer = name.substr(prefix.size());
    const auto inverse = file.tensors.find(inverse_prefix + layer);
    if (inverse == file.tensors.end() || inverse->second.sizes() != mean.sizes())
      train::refuse_model(path, generator);
    model.norms[layer] = {mean.to(device), inverse->second.to(device)};
  }
  return model;
}

}  // namespace atelier::gan
