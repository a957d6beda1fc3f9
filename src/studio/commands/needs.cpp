// SPDX-License-Identifier: Apache-2.0
#include "studio/commands/needs.hpp"

#include <fmt/format.h>

#include "studio/commands/request.hpp"

namespace atelier::studio {
namespace {

using nlohmann::json;

constexpr const char* command_prefix = "command:";
constexpr const char* model_prefix = "model:";
constexpr const char* server_prefix = "server:";

[[noreturn]] void refuse(const std::string& what) {
  throw RequestError("needs", what);
}

std::vector<std::string> parse_models(const json& given) {
  if (!given.is_array() || given.size() > most_model_needs)
    refuse(fmt::format("needs.models is a list of at most {} names.", most_model_needs));
  std::vector<std::string> models;
  for (const json& name : given) {
    if (!name.is_string() || name.get_ref<const std::string&>().empty() ||
        name.get_ref<const std::string&>().size() > most_model_name) {
      refuse(fmt::format("a model's name is a text of 1 to {} characters.", most_model_name));
    }
    models.push_back(name.get<std::string>());
  }
  return models;
}

}  // namespace

Needs parse_needs(const json& given) {
  if (!given.is_object()) refuse("needs is an object with gpu, memory and models.");
  Needs needs;
  for (const auto& [name, value] : given.items()) {
    if (name == "gpu") {
      if (!value.is_boolean()) refuse("needs.gpu is true or false.");
      needs.gpu = value.get<bool>();
    } else if (name == "memory") {
      if (!value.is_number() || value < 0 || value > most_memory_need)
        refuse(fmt::format("needs.memory is a number of GiB, 0 to {}.", most_memory_need));
      needs.memory = value.get<double>();
    } else if (name == "models") {
      needs.models = parse_models(value);
    } else {
      refuse(fmt::format("needs has no member '{}'; it has gpu, memory and models.", name));
    }
  }
  return needs;
}

nlohmann::ordered_json needs_schema() {
  return {{"type", "object"},
          {"properties",
           {{"gpu", {{"type", "boolean"}}},
            {"memory", {{"type", "number"}, {"minimum", 0}, {"maximum", most_memory_need}}},
            {"models",
             {{"type", "array"},
              {"maxItems", most_model_needs},
              {"items", {{"type", "string"}, {"minLength", 1}, {"maxLength", most_model_name}}}}}}},
          {"additionalProperties", false}};
}

std::string command_word(const std::string& command) {
  return command_prefix + command;
}

std::string model_word(const std::string& model) {
  return model_prefix + model;
}

std::string server_word(const std::string& server) {
  return server_prefix + server;
}

std::string shown_word(const std::string& word) {
  if (word == gpu_word) return "a GPU";
  if (word.starts_with(server_prefix)) return "the server that it was submitted to";
  if (word.starts_with(command_prefix))
    return "the command " + word.substr(std::string_view(command_prefix).size());
  return "the model " + word.substr(std::string_view(model_prefix).size());
}

}  // namespace atelier::studio
