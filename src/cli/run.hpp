// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace atelier::cli {

/// Adds the commands of a program, in the order of its help.
using AddCommands = std::function<void(CLI::App& app, Action& action)>;

/// The command line of a program.
class CommandLine {
 public:
  explicit CommandLine(const AddCommands& add);
  CommandLine(const CommandLine&) = delete;  // commands refer to its action
  CommandLine& operator=(const CommandLine&) = delete;

  [[nodiscard]] const CLI::App& app() const noexcept { return app_; }

  /// Does what the arguments say; returns the exit code. What cannot be read is one line on stderr.
  [[nodiscard]] int run(int argc, const char* const* argv);

 private:
  CLI::App app_;
  Action action_;
};

/// What `act` returns; an exception of it becomes one line on stderr and its exit code.
[[nodiscard]] int with_exit_code(const std::function<int()>& act);

}  // namespace atelier::cli
