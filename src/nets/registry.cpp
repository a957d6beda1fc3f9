// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "atelier/base/error.hpp"
#include "atelier/nets/models.hpp"
#include "registry_data.hpp"

namespace atelier::nets {
namespace {

std::vector<ModelInfo> parse_registry() {
  std::vector<ModelInfo> models;
  const nlohmann::json json = nlohmann::json::parse(registry_json);
  for (const auto& entry : json.at("models")) {
    const auto text = [&](const char* key) { return entry.at(key).get<std::string>(); };
    ModelInfo model;
    model.name = text("name");
    model.title = text("title");
    model.architecture = text("architecture");
    model.source = text("source");
    model.package_client = text("package_client");
    model.package = text("package");
    model.package_sha256 = text("package_sha256");
    model.member = text("member");
    model.member_sha256 = text("member_sha256");
    model.converted_sha256 = text("converted_sha256");
    model.input = entry.at("input").dump();
    model.licence = text("licence");
    model.size_note = text("size_note");
    models.push_back(std::move(model));
  }
  return models;
}

}  // namespace

const std::vector<ModelInfo>& registry() {
  static const std::vector<ModelInfo> models = parse_registry();
  return models;
}

const ModelInfo& find_model(std::string_view name) {
  std::vector<std::string> names;
  for (const ModelInfo& model : registry()) {
    if (model.name == name) return model;
    names.push_back(model.name);
  }
  fail(ErrorKind::invalid_argument, "there is no model '{}'; there are {}.", name,
       fmt::join(names, ", "));
}

std::string fetch_command(const ModelInfo& model) {
  if (model.package_client.empty())
    return fmt::format("atelier models import {} FILE.pth", model.name);
  return "atelier models fetch " + model.name;
}

}  // namespace atelier::nets
