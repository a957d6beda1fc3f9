// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "studio/commands/command_line.hpp"
#include "studio/files/file_store.hpp"
#include "studio/queue/queue.hpp"

namespace atelier::studio {

/// The folder in which one job runs: its inputs in `in`, its results in `out`. What an attempt that
/// was lost has left there is found again by the next, so that films go on from the frames that are
/// painted. A lock, which the job's process inherits, keeps out a second attempt while the first is
/// alive; that one gets a folder of its own.
class JobFolder {
 public:
  /// Throws Error io.
  JobFolder(const std::filesystem::path& data, const Job& job);
  ~JobFolder();
  JobFolder(const JobFolder&) = delete;
  JobFolder& operator=(const JobFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] int lock() const noexcept { return lock_; }

  /// Brings the inputs. Throws Error as FileStore::place().
  void bring(const FileStore& store, const CommandLine& line) const;
  /// What lies in `out`: regular files that are not hidden, sorted by name, each digested. Links
  /// are not followed. Throws Error bad_input for a file of no known kind and for more than
  /// 10,000.
  [[nodiscard]] std::vector<MadeFile> results(const Command& command) const;
  /// The job needs it no more: it goes with this.
  void let_go() noexcept { done_ = true; }

 private:
  std::filesystem::path path_;
  int lock_ = -1;
  bool done_ = false;
};

/// Removes folders of jobs that have ended or are gone.
void sweep_job_folders(const std::filesystem::path& data, Queue& queue);

}  // namespace atelier::studio
