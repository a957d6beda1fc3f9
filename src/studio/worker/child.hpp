// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace atelier::studio {

/// What a child process is started with.
struct ChildSetup {
  std::filesystem::path program;
  std::vector<std::string> words;  ///< after the program's name
  std::filesystem::path folder;    ///< where it runs
  std::int64_t memory_bytes = 0;   ///< address space; 0: as much as it likes
  int held_file = -1;  ///< an open file that it inherits as descriptor 3, for its lock; -1: none
  std::string_view input = {};  ///< what it reads, a few KiB at most; then its end
  int cpu_seconds = 0;          ///< of all its threads, then SIGXCPU ends it; 0: any
};

/// A process that ends no later than the thread which started it: SIGKILL reaches it when that
/// thread, or the whole process, is gone. It has a process group of its own, no other
/// open files of ours, and leaves no core.
class Child {
 public:
  static constexpr std::size_t most_output = 8u << 20;  ///< last bytes of stdout that are kept

  /// `on_line`: told each line of its stderr, at most 64 KiB of one.
  /// Throws Error missing_capability when it cannot be started.
  Child(const ChildSetup& setup, std::function<void(std::string_view)> on_line);
  /// Kills what still runs.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Reads what comes until `patience` is over. False: it has ended, and all of it is read.
  bool run_for(std::chrono::milliseconds patience);

  void ask_to_stop() const { signal_group(15); }  ///< SIGTERM
  void kill() const { signal_group(9); }          ///< SIGKILL

  /// Once it has ended: exit status, or 128 + the signal that ended it.
  [[nodiscard]] int status() const noexcept { return status_; }
  [[nodiscard]] bool was_killed() const noexcept { return killed_; }
  [[nodiscard]] const std::string& output() const noexcept { return output_; }

 private:
  void signal_group(int signal) const;
  void read_output();
  void read_lines();
  bool reap();

  std::function<void(std::string_view)> on_line_;
  pid_t process_ = -1;
  int out_ = -1, err_ = -1;
  bool ended_ = false, killed_ = false;
  int status_ = 0;
  std::string output_, line_;
};

}  // namespace atelier::studio
