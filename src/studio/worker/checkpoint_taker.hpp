// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <future>
#include <optional>
#include <string>

#include "studio/files/file_store.hpp"

namespace atelier::studio {

/// Brings the checkpoint that a running job's process replaces at times into the store, where
/// another worker finds it. A copy may take long: it is made in a thread of its own, one at a time,
/// and rests ten times as long as it took. One that fails is told in the log and harms nothing.
class CheckpointTaker {
 public:
  /// `folder`: the job's. `file`: empty where the job has none. What lies there already is known
  /// to the store.
  CheckpointTaker(const FileStore& store, const std::filesystem::path& folder,
                  std::filesystem::path file, std::string name);
  /// Waits for the copy that is under way.
  ~CheckpointTaker();
  CheckpointTaker(const CheckpointTaker&) = delete;
  CheckpointTaker& operator=(const CheckpointTaker&) = delete;

  /// The name of a checkpoint that the store has now and had not before. Returns at once.
  std::optional<std::string> take();
  /// The same of the newest there is, once it is there, or nothing when that takes too long.
  std::optional<std::string> take_last(std::chrono::milliseconds patience);
  /// Waits. Whether the store ever got one.
  bool ends();

 private:
  using Clock = std::chrono::steady_clock;

  /// Begins a copy where there is a new one.
  void begin();
  void keep_companions() const;
  /// Whether a copy that had been begun has come to its end well.
  bool collect();

  const FileStore& store_;
  std::filesystem::path file_, taken_;
  std::string name_;
  std::filesystem::file_time_type seen_{};
  std::future<bool> copy_;
  Clock::time_point began_, rests_until_;
  bool kept_ = false;
};

}  // namespace atelier::studio
