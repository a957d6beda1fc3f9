// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "studio/commands/request.hpp"

namespace atelier::studio {

/// What a worker decides for every job that it runs.
struct Machine {
  std::string device = "auto";
  int threads = 0;  ///< 0: as the program chooses
};

/// An input file, and the name within the job's folder that the program sees it by.
struct PlacedFile {
  std::string digest, name;
};

/// A request as words of the program's command line, for a process whose folder is the job's own.
/// No word comes from outside but numbers, choices and free text behind `--name=` or after `--`.
struct CommandLine {
  std::vector<std::string> words;  ///< without the program's own name
  std::vector<PlacedFile> inputs;
  std::string preview;      ///< the file that shows the work as it goes; empty: none
  std::string checkpoint;   ///< the file from which it goes on; empty: none
  std::string previews_in;  ///< or the folder whose newest preview-*.png does; empty: none
};

inline constexpr const char* input_folder = "in";
inline constexpr const char* output_folder = "out";

/// `type_of` must know every file of the request. Throws RequestError as check_files().
[[nodiscard]] CommandLine command_line(const Command& command, const JobRequest& request,
                                       const TypeOf& type_of, const Machine& machine = {});

}  // namespace atelier::studio
