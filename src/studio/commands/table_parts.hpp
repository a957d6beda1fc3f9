// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "studio/commands/command.hpp"

// What the tables of commands are made of; a file for each part of the program.
namespace atelier::studio {

inline constexpr int many = 1000;  ///< files of one input, at most

inline std::vector<std::string> pictures() {
  return {"picture"};
}
inline std::vector<std::string> picture_formats() {
  return {"png", "jpg", "tif", "webp"};
}
/// Everything that a work can be.
inline std::vector<std::string> works() {
  return {"picture", "film", "music", "drawing", "text", "page"};
}

inline Option flag(const char* name, const char* group, const char* help) {
  return {.spec = {name, group, help, "", {}, {}, {}, {}}, .default_value = false, .flag = true};
}

inline Option text(const char* name, const char* group, const char* help) {
  return {.spec = {name, group, help, "", {}, {}, {}, {}}, .default_value = std::string()};
}

inline Option needed_text(const char* name, const char* group, const char* help) {
  Option option = text(name, group, help);
  option.required = true;
  return option;
}

inline Option positional_text(const char* name, const char* group, const char* help) {
  Option option = text(name, group, help);
  option.positional = true;
  return option;
}

inline Option needed_positional(const char* name, const char* group, const char* help) {
  Option option = positional_text(name, group, help);
  option.required = true;
  return option;
}

/// Words by position.
inline Option positional_list(const char* name, const char* group, const char* help) {
  return {.spec = {name, group, help, "", {}, {}, {}, {}},
          .default_value = std::vector<std::string>(),
          .positional = true};
}

/// Words that each stand after a --name.
inline Option repeated_list(const char* name, const char* group, const char* help) {
  return {.spec = {name, group, help, "", {}, {}, {}, {}},
          .default_value = std::vector<std::string>(),
          .repeated = true};
}

inline Option needed(Option option) {
  option.required = true;
  return option;
}

/// An optional file after a flag.
inline Input file_after(const char* flag, const char* name, const char* help,
                        std::vector<std::string> accepts) {
  return {name, help, flag, std::move(accepts), 0, 1};
}

/// `atelier GROUP NAME`, done by the server itself on the kept folders that `places` names.
inline Command at_home(const std::string& group, const std::string& name, const char* help,
                       std::vector<std::string> places = {}) {
  Command command{.name = group + "-" + name,
                  .help = help,
                  .words = {group, name},
                  .inputs = {},
                  .outputs = {},
                  .options = {},
                  .repeatable = false};
  command.places = std::move(places);
  command.at_home = true;
  return command;
}

// In the order of the page's list of tools.
[[nodiscard]] std::vector<Command> making_commands();
[[nodiscard]] std::vector<Command> training_commands();
[[nodiscard]] std::vector<Command> credential_commands();
[[nodiscard]] std::vector<Command> catalogue_commands();
[[nodiscard]] std::vector<Command> ledger_commands();
[[nodiscard]] std::vector<Command> machine_commands();

}  // namespace atelier::studio
