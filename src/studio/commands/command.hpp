// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/options.hpp"

namespace atelier::studio {

/// One option of a command, as the command line's own table has it.
struct Option {
  OptionSpec spec;
  OptionValue default_value;
  bool positional = false;  ///< stands by itself, not after --name
  bool flag = false;        ///< has no value on the command line: there or not there

  [[nodiscard]] std::string json_name() const;  ///< content_weight
};

/// Files that a command takes.
struct Input {
  std::string name, help;
  std::string flag;                  ///< "--mask"; empty: by position
  std::vector<std::string> accepts;  ///< kinds of FileType
  int min = 1, max = 1;
  /// Words that may stand in the place of a file; one that ends with :N takes a whole number.
  std::vector<std::string> words = {};
  bool joined = false;     ///< several are one value, with commas
  bool in_folder = false;  ///< the command is given the folder that holds them
};

/// The format word of an output that is a folder.
inline constexpr const char* folder_format = "folder";

/// Files that a command makes.
struct Output {
  std::string name, help;
  std::string flag;                  ///< "-o"
  std::vector<std::string> formats;  ///< suffixes, the default first, or folder_format
  bool optional = false;
};

/// One command of the program, as a job. The program's own command line is the only interface:
/// what stands here says which of its words mean files, and takes everything else from its tables.
struct Command {
  std::string name, help;
  std::vector<std::string> words;  ///< "palette", "apply"
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Option> options;
  /// Shows pictures of what it has by --preview, unless this option has this value.
  bool preview = false;
  std::string no_preview_option = {}, no_preview_value = {};
  bool repeatable = true;                ///< the same request makes the same files
  bool device = false, threads = false;  ///< takes --device, --threads, which the worker decides

  [[nodiscard]] const Option* option(std::string_view json_name) const;
};

/// Every command that can be a job.
[[nodiscard]] const std::vector<Command>& commands();

/// Null when there is none.
[[nodiscard]] const Command* find_command(const std::vector<Command>& among, std::string_view name);

/// Appends every option of a table but `without` (paths, and --device and --threads always), with
/// the values of `defaults`.
template <class T>
void add_options(Command& command, const OptionTable<T>& table,
                 const std::vector<std::string>& without = {}, const T& defaults = {}) {
  for (const auto& entry : table.entries()) {
    const std::string& name = entry.spec.name;
    if (name == "device") {
      command.device = true;
    } else if (name == "threads") {
      command.threads = true;
    } else if (std::find(without.begin(), without.end(), name) == without.end()) {
      command.options.push_back({entry.spec, entry.get(defaults)});
    }
  }
}

}  // namespace atelier::studio
