// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>

namespace atelier::cli {
namespace {

using Visit = std::function<void(const CommandOutline&, const std::string& path)>;

/// Every command, with the words that call it: "atelier train fast".
void each_command(const CommandOutline& command, const std::string& path, const Visit& visit) {
  visit(command, path);
  for (const CommandOutline& below : command.commands)
    each_command(below, path + " " + below.name, visit);
}

/// A word of a POSIX shell or of zsh.
std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// The names that call one of the commands, as a pattern of `case`.
std::string known_commands(const CommandOutline& program) {
  std::string pattern;
  each_command(program, program.name, [&](const CommandOutline&, const std::string& path) {
    if (path == program.name) return;
    pattern += (pattern.empty() ? "" : "|") + shell_quoted(path);
  });
  return pattern;
}

/// "'atelier stylize --method'", one for each name of an option.
std::string typed_before(const OptionOutline& option, const std::string& path) {
  std::string pattern;
  for (const std::string& name : option.names)
    pattern += (pattern.empty() ? "" : "|") + shell_quoted(path + " " + name);
  return pattern;
}

std::vector<std::string> option_names(const CommandOutline& command) {
  std::vector<std::string> names;
  for (const OptionOutline& option : command.options) {
    if (!option.argument) names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

/// An item of zsh's _describe: what stands before the first colon is typed.
std::string described(std::string_view word, std::string_view help) {
  std::string name;
  for (const char c : word) name += c == ':' ? std::string("\\:") : std::string(1, c);
  return shell_quoted(fmt::format("{}:{}", name, help));
}

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish_option(const OptionOutline& option, const std::string& path) {
  std::string line = fmt::format("complete -c atelier -n \"__atelier_at {}\"", fish_quoted(path));
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.words.empty())
    line += fmt::format(" -x -a {}", fish_quoted(fmt::format("{}", fmt::join(option.words, " "))));
  else if (!option.takes.empty())
    line += " -r";
  return fmt::format("{} -d {}\n", line, fish_quoted(option.help));
}

}  // namespace

std::string bash_completion(const CommandOutline& program) {
  std::string values, commands, options;
  each_command(program, program.name, [&](const CommandOutline& command, const std::string& path) {
    for (const OptionOutline& option : command.options) {
      if (option.argument || option.takes.empty()) continue;
      values += fmt::format("    {}) words={} taken=1 ;;\n", typed_before(option, path),
                            shell_quoted(fmt::format("{}", fmt::join(option.words, " "))));
    }
    std::vector<std::string> below;
    for (const CommandOutline& each : command.commands) below.push_back(each.name);
    if (!below.empty())
      commands += fmt::format("    {}) words='{}' ;;\n", shell_quoted(path), fmt::join(below, " "));
    options += fmt::format("    {}) words='{}' ;;\n", shell_quoted(path),
                           fmt::join(option_names(command), " "));
  });
  return fmt::format(R"(# bash completion of atelier
_atelier() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} at=atelier word words='' taken=''
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$at $word" in
      {}) at="$at $word" ;;
    esac
  done
  case "$at ${{COMP_WORDS[COMP_CWORD-1]}}" in
{}  esac
  if [[ -z $taken && $current == -* ]]; then
    case $at in
{}    esac
  elif [[ -z $taken ]]; then
    case $at in
{}    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}}
complete -o default -F _atelier atelier)",
                     known_commands(program), values, options, commands);
}

std::string zsh_completion(const CommandOutline& program) {
  std::string values, commands, options;
  each_command(program, program.name, [&](const CommandOutline& command, const std::string& path) {
    std::string items;
    for (const OptionOutline& option : command.options) {
      if (option.argument) continue;
      for (const std::string& name : option.names) items += " " + described(name, option.help);
      if (option.takes.empty()) continue;
      values += option.words.empty()
                    ? fmt::format("    ({}) _files; return ;;\n", typed_before(option, path))
                    : fmt::format("    ({}) compadd -- {}; return ;;\n", typed_before(option, path),
                                  fmt::join(option.words, " "));
    }
    options += fmt::format("    ({}) items=({} ) ;;\n", shell_quoted(path), items);
    items.clear();
    for (const CommandOutline& below : command.commands)
      items += " " + described(below.name, below.help);
    if (!items.empty())
      commands += fmt::format("    ({}) items=({} ) ;;\n", shell_quoted(path), items);
  });
  return fmt::format(R"(#compdef atelier
_atelier() {{
  local at=atelier word
  local -a items
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    case "$at $word" in
      ({}) at="$at $word" ;;
    esac
  done
  case "$at ${{words[CURRENT-1]}}" in
{}  esac
  if [[ ${{words[CURRENT]}} == -* ]]; then
    case $at in
{}    esac
    _describe -o option items
    return
  fi
  case $at in
{}  esac
  if (( $#items )); then _describe command items; else _files; fi
}}
_atelier "$@")",
                     known_commands(program), values, options, commands);
}

std::string fish_completion(const CommandOutline& program) {
  std::string lines;
  each_command(program, program.name, [&](const CommandOutline& command, const std::string& path) {
    for (const CommandOutline& below : command.commands) {
      lines += fmt::format("complete -c atelier -n \"__atelier_at {}\" -f -a {} -d {}\n",
                           fish_quoted(path), below.name, fish_quoted(below.help));
    }
    for (const OptionOutline& option : command.options) {
      if (!option.argument) lines += fish_option(option, path);
    }
  });
  std::string known = known_commands(program);
  for (char& c : known) c = c == '|' ? ' ' : c;
  return fmt::format(R"(# fish completion of atelier
function __atelier_at
  set -l at atelier
  for word in (commandline -opc)[2..-1]
    switch "$at $word"
      case {}
        set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
{})",
                     known, lines);
}

}  // namespace atelier::cli
