// SPDX-License-Identifier: Apache-2.0
#include "studio/commands/request.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "atelier/base/digest.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/jobs/version.hpp"

namespace atelier::studio {
namespace {

using nlohmann::json;

template <class... Args>
[[noreturn]] void refuse(std::string name, fmt::format_string<Args...> format, Args&&... args) {
  throw RequestError(std::move(name), fmt::format(format, std::forward<Args>(args)...));
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_word_of(const Input& input, std::string_view text) {
  return std::any_of(input.words.begin(), input.words.end(), [&](const std::string& word) {
    if (!word.ends_with(":N")) return text == word;
    const std::string_view stem(word.data(), word.size() - 1);
    return text.starts_with(stem) && is_number(text.substr(stem.size()));
  });
}

std::vector<std::string> parse_input(const Input& input, const json& value) {
  std::vector<std::string> items;
  const json list = value.is_array() ? value : json::array({value});
  for (const json& item : list) {
    if (!item.is_string()) refuse(input.name, "input '{}' takes digests of files.", input.name);
    items.push_back(item.get<std::string>());
    if (is_digest(items.back()) || is_word_of(input, items.back())) continue;
    refuse(input.name, "input '{}' takes digests of files (64 hexadecimal digits){}{}.", input.name,
           input.words.empty() ? "" : " or ", fmt::join(input.words, ", "));
  }
  return items;
}

void parse_inputs(const Command& command, const json& given, JobRequest& request) {
  if (!given.is_object()) refuse("inputs", "inputs must be an object of lists of digests.");
  for (const auto& [name, value] : given.items()) {
    const auto input = std::find_if(command.inputs.begin(), command.inputs.end(),
                                    [&n = name](const Input& one) { return one.name == n; });
    if (input == command.inputs.end())
      refuse(name, "'{}' has no input '{}'; GET /api/v1/commands lists them.", command.name, name);
    std::vector<std::string> items = parse_input(*input, value);
    if (!items.empty()) request.inputs[name] = std::move(items);
  }
  for (const Input& input : command.inputs) {
    const auto found = request.inputs.find(input.name);
    const auto count = static_cast<int>(found == request.inputs.end() ? 0 : found->second.size());
    if (count < input.min || count > input.max) {
      refuse(input.name, "input '{}' of '{}' takes {} to {} files, and {} are given.", input.name,
             command.name, input.min, input.max, count);
    }
  }
}

/// Refuses text that the command line could take for something else.
void check_text(const Option& option, const json& value) {
  const auto check = [&](const json& one, bool in_list) {
    if (!one.is_string()) return;
    const auto& text = one.get_ref<const std::string&>();
    try {
      (void)from_utf8(text, "'" + option.json_name() + "'");
    } catch (const Error& error) {
      refuse(option.json_name(), "{}", error.what());
    }
    if (text.find('\0') != text.npos)
      refuse(option.json_name(), "option '{}' holds a NUL; leave it out.", option.json_name());
    if (in_list && (text.empty() || text.find(',') != text.npos)) {
      refuse(option.json_name(), "the words of option '{}' are not empty and have no commas.",
             option.json_name());
    }
  };
  if (!value.is_array()) return check(value, false);
  for (const json& one : value) check(one, true);
}

void parse_options(const Command& command, const json& given, JobRequest& request) {
  if (!given.is_object()) refuse("options", "options must be an object.");
  for (const auto& [name, value] : given.items()) {
    const Option* option = command.option(name);
    if (option == nullptr) {
      refuse(name, "'{}' has no option '{}'; GET /api/v1/commands lists them.", command.name, name);
    }
    check_text(*option, value);
    try {
      request.options[name] =
          option_to_json(option->spec, parse_option(option->spec, option->default_value, value));
    } catch (const Error& error) {
      refuse(name, "{}", error.what());
    }
  }
  for (const Option& option : command.options) {
    const std::string name = option.json_name();
    if (option.required && !request.options.contains(name))
      refuse(name, "'{}' needs option '{}': {}.", command.name, name, option.spec.help);
  }
}

void parse_outputs(const Command& command, const json& given, JobRequest& request) {
  if (!given.is_object()) refuse("outputs", "outputs must be an object of formats.");
  for (const Output& output : command.outputs) {
    if (!output.optional) request.outputs[output.name] = output.formats.front();
  }
  for (const auto& [name, value] : given.items()) {
    const auto output = std::find_if(command.outputs.begin(), command.outputs.end(),
                                     [&n = name](const Output& one) { return one.name == n; });
    if (output == command.outputs.end()) {
      refuse(name, "'{}' has no output '{}'; GET /api/v1/commands lists them.", command.name, name);
    }
    const std::string format = value.is_string() ? value.get<std::string>() : "";
    if (std::find(output->formats.begin(), output->formats.end(), format) ==
        output->formats.end()) {
      refuse(name, "output '{}' is made as {}.", name, fmt::join(output->formats, ", "));
    }
    request.outputs[name] = format;
  }
}

void parse_label(const json& given, JobRequest& request) {
  if (!given.is_string()) refuse("label", "label must be text.");
  request.label = given.get<std::string>();
  try {
    if (count_code_points(request.label) <= most_label) return;
  } catch (const Error& error) {
    refuse("label", "{}", error.what());
  }
  refuse("label", "label has at most {} characters.", most_label);
}

void parse_priority(const json& given, JobRequest& request) {
  if (!given.is_number_integer() || given < -most_priority || given > most_priority) {
    refuse("priority", "priority is a whole number, -{} to {}.", most_priority, most_priority);
  }
  request.priority = given.get<int>();
}

}  // namespace

std::vector<std::string> JobRequest::digests() const {
  std::set<std::string> all;
  for (const auto& [name, items] : inputs) {
    std::copy_if(items.begin(), items.end(), std::inserter(all, all.end()), is_digest);
  }
  return {all.begin(), all.end()};
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

JobRequest parse_request(const std::vector<Command>& commands, const json& given) {
  if (!given.is_object()) refuse("", "a job is a JSON object with a 'command'.");
  JobRequest request;
  if (const auto name = given.find("command"); name != given.end() && name->is_string()) {
    request.command = name->get<std::string>();
  }
  const Command* command = find_command(commands, request.command);
  if (command == nullptr) {
    refuse("command", "there is no such command; GET /api/v1/commands lists them.");
  }
  const json nothing = json::object();
  const auto member = [&](const char* name) -> const json& {
    const auto found = given.find(name);
    return found == given.end() ? nothing : *found;
  };
  parse_inputs(*command, member("inputs"), request);
  parse_options(*command, member("options"), request);
  parse_outputs(*command, member("outputs"), request);
  if (given.contains("label")) parse_label(given["label"], request);
  if (given.contains("priority")) parse_priority(given["priority"], request);
  if (given.contains("needs")) request.needs = parse_needs(given["needs"]);
  static const std::set<std::string> known{"command", "inputs",   "options", "outputs",
                                           "label",   "priority", "needs"};
  for (const auto& [name, value] : given.items()) {
    if (!known.contains(name)) refuse(name, "a job has no member '{}'.", name);
  }
  return request;
}

void check_files(const Command& command, const JobRequest& request, const TypeOf& type_of) {
  for (const Input& input : command.inputs) {
    const auto found = request.inputs.find(input.name);
    if (found == request.inputs.end()) continue;
    for (const std::string& item : found->second) {
      if (!is_digest(item)) continue;
      const std::optional<FileType> type = type_of(item);
      if (!type) refuse(input.name, "there is no file {}; upload it first.", item);
      if (std::find(input.accepts.begin(), input.accepts.end(), type->kind) ==
          input.accepts.end()) {
        refuse(input.name, "input '{}' takes a {}, and file {} is a {}.", input.name,
               fmt::join(input.accepts, " or a "), item.substr(0, 12), type->kind);
      }
    }
  }
}

json to_json(const JobRequest& request) {
  return {{"command", request.command},
          {"inputs", request.inputs},
          {"options", request.options},
          {"outputs", request.outputs}};
}

std::string request_digest(const JobRequest& request) {
  json all = to_json(request);
  all["version"] = jobs::version();
  const std::string text = all.dump();
  return sha256(std::as_bytes(std::span(text)));
}

}  // namespace atelier::studio
