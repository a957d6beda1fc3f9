// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/options.hpp"

namespace atelier::studio {

struct FileType;
struct JobRequest;

/// One option of a command, as the command line's own table has it.
struct Option {
  OptionSpec spec;
  OptionValue default_value;
  bool positional = false;  ///< stands by itself, not after --name
  bool flag = false;        ///< has no value on the command line: there or not there
  bool required = false;    ///< has no default
  bool always = false;      ///< said on the command line even when it is the default
  bool repeated = false;    ///< each of a list after a --name of its own
  std::string place = {};   ///< what --name is followed by when a flag is set: a kept folder

  [[nodiscard]] std::string json_name() const;  ///< content_weight
};

/// Files that a command takes.
struct Input {
  std::string name, help;
  std::string flag;  ///< "--mask"; empty: by position; "-": unsaid, found where it lies
  std::vector<std::string> accepts;  ///< kinds of FileType
  int min = 1, max = 1;
  /// Words that may stand in the place of a file; one that ends with :N takes a whole number.
  std::vector<std::string> words = {};
  bool joined = false;          ///< several are one value, with commas
  bool in_folder = false;       ///< the command is given the folder that holds them
  bool folder_of_many = false;  ///< likewise where there are several; one is given as itself
  bool kept = false;            ///< they stay with the studio's catalogue, by digest
  std::string otherwise = {};   ///< given where there is no file: a kept folder
};

/// The format word of an output that is a folder.
inline constexpr const char* folder_format = "folder";
/// The format word of an output that has the suffix of the command's first file.
inline constexpr const char* same_format = "same";

/// What the studio keeps from job to job: the folder `kept` of its data, which a job sees under
/// this name in its own. Nothing from outside names anything in it.
inline constexpr const char* kept_folder = "kept";
inline constexpr const char* kept_catalogue = "kept/catalogue";
inline constexpr const char* kept_ledger = "kept/ledger";
inline constexpr const char* kept_works = "kept/catalogue/files";

/// Files that a command makes.
struct Output {
  std::string name, help;
  std::string flag;                  ///< "-o"; empty: by position, after the inputs
  std::vector<std::string> formats;  ///< suffixes, the default first, or folder_format
  bool optional = false;
  /// Of a folder: which of its files are results, by name or by what stands before and after a *.
  std::vector<std::string> only = {};

  /// Whether a file of this output, named within its folder, is a result.
  [[nodiscard]] bool delivers(std::string_view file) const;
};

/// A passphrase that a command asks for. It is no part of a request: the server keeps it in memory
/// until the job begins, and the process reads it from its input.
struct Passphrase {
  std::string help;
  bool required = true;
};

/// One command of the program, as a job. The program's own command line is the only interface:
/// what stands here says which of its words mean files, and takes everything else from its tables.
struct Command {
  std::string name, help;
  std::vector<std::string> words;  ///< "palette", "apply", and what is said of every job
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Option> options;
  /// Shows pictures of what it has by --preview, unless this option has this value.
  bool preview = false;
  std::string no_preview_option = {}, no_preview_value = {};
  /// Whether a job of such a request, its files of such types, keeps a checkpoint by --checkpoint
  /// and goes on from one. Empty: never.
  std::function<bool(const JobRequest&, const std::function<std::optional<FileType>(
                                            const std::string& digest)>& type_of)>
      keeps_checkpoint = {};
  /// Or the file of the job's folder that it keeps, and goes on from, by itself; empty: none.
  std::string checkpoint_at = {};
  bool repeatable = true;                ///< the same request makes the same files
  bool device = false, threads = false;  ///< takes --device, --threads, which the worker decides
  /// Kept folders that it works on, before all else by position.
  std::vector<std::string> places = {};
  /// Done by the server itself, one after the other: it works on kept folders, keys or weights.
  bool at_home = false;
  std::optional<Passphrase> passphrase = {};
  /// Exit codes besides 0 by which it tells what it found, with a report.
  std::vector<int> answers = {};
  /// The folder whose newest preview-*.png shows what there is so far; empty: none.
  std::string previews_in = {};

  [[nodiscard]] const Option* option(std::string_view json_name) const;
};

/// Every command that can be a job, in the order of the page's list of tools.
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
