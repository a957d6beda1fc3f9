// SPDX-License-Identifier: Apache-2.0
#include "studio/commands/describe.hpp"

#include <fmt/format.h>

#include "atelier/jobs/identity.hpp"
#include "studio/commands/needs.hpp"
#include "studio/commands/request.hpp"

namespace atelier::studio {
namespace {

using nlohmann::ordered_json;

constexpr const char* digest_pattern = "^[0-9a-f]{64}$";

/// "integer", "array of number": what JSON holds for a value of this type.
const char* type_name(const OptionValue& value) {
  return std::visit(
      []<class T>(const T&) {
        if constexpr (std::is_same_v<T, bool>)
          return "boolean";
        else if constexpr (std::is_integral_v<T>)
          return "integer";
        else if constexpr (std::is_same_v<T, double>)
          return "number";
        else if constexpr (std::is_same_v<T, std::string>)
          return "string";
        else if constexpr (std::is_same_v<T, std::vector<double>>)
          return "array of number";
        else
          return "array of string";
      },
      value);
}

/// A bound as a whole number where it is one, so that it is written as people write it.
ordered_json bound(double value) {
  const auto whole = static_cast<std::int64_t>(value);
  if (static_cast<double>(whole) == value) return whole;
  return value;
}

ordered_json describe(const Input& input) {
  return {{"name", input.name}, {"help", input.help}, {"accepts", input.accepts},
          {"min", input.min},   {"max", input.max},   {"words", input.words}};
}

ordered_json describe(const Output& output) {
  return {{"name", output.name},
          {"help", output.help},
          {"formats", output.formats},
          {"default", output.formats.front()},
          {"optional", output.optional}};
}

std::vector<std::string> words_of(const OptionSpec& spec) {
  std::vector<std::string> words;
  words.reserve(spec.words.size());
  for (const auto& [word, number] : spec.words) words.push_back(word);
  return words;
}

ordered_json describe(const Option& option) {
  const OptionSpec& spec = option.spec;
  ordered_json json{{"name", option.json_name()},
                    {"group", spec.group},
                    {"help", spec.help},
                    {"type", type_name(option.default_value)},
                    {"unit", spec.unit}};
  if (spec.min) json["minimum"] = bound(*spec.min);
  if (spec.max) json["maximum"] = bound(*spec.max);
  json["words"] = words_of(spec);
  json["choices"] = spec.choices;
  json["default"] = option_to_json(spec, option.default_value);
  return json;
}

/// One value: a number within its range or a word that stands for one; a text among its choices.
ordered_json element_schema(const OptionSpec& spec, std::string_view type) {
  ordered_json schema{{"type", type}};
  if (spec.min) schema["minimum"] = bound(*spec.min);
  if (spec.max) schema["maximum"] = bound(*spec.max);
  if (type == "string") {
    schema.erase("minimum");
    schema.erase("maximum");
    if (!spec.choices.empty()) schema["enum"] = spec.choices;
  }
  if (spec.words.empty()) return schema;
  return {{"oneOf", {schema, {{"type", "string"}, {"enum", words_of(spec)}}}}};
}

ordered_json input_schema(const Input& input) {
  ordered_json item{{"type", "string"}, {"pattern", digest_pattern}};
  if (!input.words.empty()) {
    ordered_json words = ordered_json::array();
    for (const std::string& word : input.words) {
      if (word.ends_with(":N")) {
        words.push_back({{"type", "string"},
                         {"pattern", "^" + word.substr(0, word.size() - 1) + "[0-9]{1,18}$"}});
      } else {
        words.push_back({{"const", word}});
      }
    }
    words.insert(words.begin(), item);
    item = {{"anyOf", words}};
  }
  ordered_json list{
      {"type", "array"}, {"items", item}, {"minItems", input.min}, {"maxItems", input.max}};
  return {{"description", input.help}, {"anyOf", {item, list}}};
}

ordered_json object_of(const ordered_json& properties, const std::vector<std::string>& required) {
  ordered_json schema{{"type", "object"},
                      {"properties", properties.is_null() ? ordered_json::object() : properties},
                      {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

}  // namespace

ordered_json describe(const Command& command) {
  ordered_json json{{"name", command.name}, {"help", command.help}};
  for (const char* list : {"inputs", "outputs", "options"}) json[list] = ordered_json::array();
  for (const Input& input : command.inputs) json["inputs"].push_back(describe(input));
  for (const Output& output : command.outputs) json["outputs"].push_back(describe(output));
  for (const Option& option : command.options) json["options"].push_back(describe(option));
  json["passphrase"] = command.passphrase ? ordered_json{{"help", command.passphrase->help},
                                                         {"required", command.passphrase->required}}
                                          : ordered_json();
  json["preview"] = command.preview || !command.previews_in.empty();
  json["repeatable"] = command.repeatable;
  return json;
}

ordered_json schema_of(const Option& option) {
  const std::string_view type = type_name(option.default_value);
  constexpr std::string_view list = "array of ";
  ordered_json schema;
  if (type.starts_with(list)) {
    schema = {{"type", "array"}, {"items", element_schema(option.spec, type.substr(list.size()))}};
  } else {
    schema = element_schema(option.spec, type);
  }
  schema["description"] = option.spec.help;
  schema["default"] = option_to_json(option.spec, option.default_value);
  if (!option.spec.unit.empty()) schema["x-unit"] = option.spec.unit;
  schema["x-group"] = option.spec.group;
  return schema;
}

ordered_json request_schema(const Command& command) {
  ordered_json inputs = ordered_json::object(), options = ordered_json::object(),
               outputs = ordered_json::object();
  std::vector<std::string> needed, needed_options, required{"command"};
  for (const Input& input : command.inputs) {
    inputs[input.name] = input_schema(input);
    if (input.min > 0) needed.push_back(input.name);
  }
  for (const Option& option : command.options) {
    options[option.json_name()] = schema_of(option);
    if (option.required) needed_options.push_back(option.json_name());
  }
  for (const Output& output : command.outputs) {
    outputs[output.name] = {
        {"type", "string"}, {"enum", output.formats}, {"description", output.help}};
  }
  if (!needed.empty()) required.emplace_back("inputs");
  if (!needed_options.empty()) required.emplace_back("options");
  ordered_json schema = object_of(
      {{"command", {{"const", command.name}}},
       {"inputs", object_of(inputs, needed)},
       {"options", object_of(options, needed_options)},
       {"outputs", object_of(outputs, {})},
       {"label", {{"type", "string"}, {"maxLength", most_label}}},
       {"priority", {{"type", "integer"}, {"minimum", -most_priority}, {"maximum", most_priority}}},
       {"needs", needs_schema()}},
      required);
  schema["properties"]["webhook"] = {
      {"type", "string"}, {"maxLength", 2000}, {"description", "a URL that is told of its end"}};
  if (command.passphrase) {
    schema["properties"]["passphrase"] = {{"type", "string"},
                                          {"format", "password"},
                                          {"writeOnly", true},
                                          {"minLength", provenance::min_passphrase_bytes},
                                          {"maxLength", provenance::max_passphrase_bytes},
                                          {"description", command.passphrase->help}};
    if (command.passphrase->required) schema["required"].push_back("passphrase");
  }
  schema["description"] = command.help;
  return schema;
}

}  // namespace atelier::studio
