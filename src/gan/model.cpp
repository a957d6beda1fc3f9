// SPDX-License-Identifier: Apache-2.0
#include "gan/model.hpp"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include "atelier/base/error.hpp"
#include "nets/safetensors.hpp"
#include "train/checkpoint.hpp"

namespace atelier::gan {
namespace {

constexpr const char* format_name = "atelier gan 1";
constexpr const char *mean_prefix = "norm.mean.", *inverse_prefix = "norm.inverse.";

[[noreturn]] void refuse(const std::filesystem::path& path) {
  fail(ErrorKind::bad_input, "{} is no generator of Atelier's, or is damaged; bring it again.",
       path.string());
}

nets::Safetensors read(const std::filesystem::path& path) {
  try {
    return nets::read_safetensors(path);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    fail(ErrorKind::bad_input, "{} cannot be read as a generator: {}", path.string(), error.what());
  }
}

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
  nets::Safetensors content;
  for (const auto& [name, tensor] : parameters.tensors()) {
    content.tensors[name] = tensor.to(at::kHalf);
  }
  for (const auto& [layer, norm] : norms) {
    content.tensors[mean_prefix + layer] = norm.first.to(at::kCPU);
    content.tensors[inverse_prefix + layer] = norm.second.to(at::kCPU);
  }
  const nlohmann::json described{{"architecture", form.architecture},
                                 {"size", form.size},
                                 {"width", form.width},
                                 {"latent", form.latent},
                                 {"classes", classes},
                                 {"step", step}};
  content.metadata = {{"format", format_name},
                      {"form", described.dump()},
                      {"tensors_sha256", train::digest_of(content.tensors)}};
  nets::write_safetensors(path, content);
}

Model load_model(const std::filesystem::path& path, at::Device device) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    fail(ErrorKind::missing_weights,
         "there is no generator at {}; train one with: atelier train gan.", path.string());
  }
  nets::Safetensors content = read(path);
  Model model;
  model.digest = train::digest_of(content.tensors);
  if (content.metadata["format"] != format_name ||
      content.metadata["tensors_sha256"] != model.digest) {
    refuse(path);
  }
  try {
    const auto described = nlohmann::json::parse(content.metadata["form"]);
    model.classes = described.at("classes").get<std::vector<std::string>>();
    model.form = {described.at("architecture"), described.at("size"), described.at("width"),
                  described.at("latent"), static_cast<int>(model.classes.size())};
    model.step = described.at("step");
  } catch (const nlohmann::json::exception&) {
    refuse(path);
  }
  if (!is_form(model.form)) refuse(path);
  model.parameters = std::make_unique<train::Parameters>(generator_specs(model.form), 0, device);
  model.parameters->load(content.tensors);
  const std::string prefix = mean_prefix;
  for (const auto& [name, mean] : content.tensors) {
    if (!name.starts_with(prefix)) continue;
    const std::string layer = name.substr(prefix.size());
    const auto inverse = content.tensors.find(inverse_prefix + layer);
    if (inverse == content.tensors.end() || inverse->second.sizes() != mean.sizes()) refuse(path);
    model.norms[layer] = {mean.to(device), inverse->second.to(device)};
  }
  return model;
}

}  // namespace atelier::gan
