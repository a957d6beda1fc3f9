// SPDX-License-Identifier: Apache-2.0
#include "cli/manual_page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace atelier::cli {
namespace {

/// Text as roff prints it unchanged.
std::string plain(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out = "\\&";
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string page_name(std::string path) {
  std::replace(path.begin(), path.end(), ' ', '-');
  return path;
}

/// "Losses" as a heading and what stands below it.
struct Section {
  std::string heading;
  std::vector<const OptionOutline*> options;
};

std::vector<Section> sections_of(const CommandOutline& command) {
  std::vector<Section> sections;
  for (const OptionOutline& option : command.options) {
    const std::string heading = option.argument ? "Arguments" : option.group;
    const auto known = std::find_if(sections.begin(), sections.end(),
                                    [&](const Section& s) { return s.heading == heading; });
    Section& section = known != sections.end() ? *known : sections.emplace_back(heading);
    section.options.push_back(&option);
  }
  return sections;
}

std::string entry(const OptionOutline& option) {
  std::string names;
  for (const std::string& name : option.names) {
    if (!names.empty()) names += ", ";
    names += "\\fB" + plain(name) + "\\fR";
  }
  const std::string takes = option.takes.empty() ? "" : " \\fI" + plain(option.takes) + "\\fR";
  return fmt::format(".TP\n{}{}\n{}\n", names, takes, plain(option.help));
}

std::string synopsis(const CommandOutline& command, const std::string& path) {
  std::string line = "\\fB" + plain(path) + "\\fR [\\fIoption\\fR...]";
  for (const OptionOutline& option : command.options) {
    if (option.argument) line += " \\fI" + plain(option.names.front()) + "\\fR";
  }
  if (!command.commands.empty()) line += " \\fIcommand\\fR";
  return line;
}

}  // namespace

std::string manual_page(const CommandOutline& command, const std::string& path,
                        const std::string& version) {
  std::string page = fmt::format(
      ".TH \"{}\" 1 \"\" \"Atelier {}\" \"Atelier\"\n.SH NAME\n{} \\- {}\n", plain(page_name(path)),
      plain(version), plain(page_name(path)), plain(command.help));
  page += fmt::format(".SH SYNOPSIS\n{}\n", synopsis(command, path));
  if (!command.commands.empty()) page += ".SH COMMANDS\n";
  for (const CommandOutline& below : command.commands) {
    page += fmt::format(".TP\n\\fB{}\\fR(1)\n{}\n", plain(page_name(path + " " + below.name)),
                        plain(below.help));
  }
  if (!command.options.empty()) page += ".SH OPTIONS\n";
  for (const Section& section : sections_of(command)) {
    if (section.heading != "Options") page += fmt::format(".SS {}\n", plain(section.heading));
    for (const OptionOutline* option : section.options) page += entry(*option);
  }
  page += ".SH EXIT STATUS\n";
  for (const auto& [code, meaning] : {std::pair("0", "all is done"),
                                      {"1", "something is wrong with the program or the machine"},
                                      {"2", "the command line or a file given is wrong"},
                                      {"3", "something is missing: weights, a device, a library"},
                                      {"130", "it was interrupted"}})
    page += fmt::format(".TP\n{}\n{}\n", code, meaning);
  return page;
}

}  // namespace atelier::cli
