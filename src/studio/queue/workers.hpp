// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "studio/queue/records.hpp"

namespace atelier::studio {

/// What a worker can.
struct Abilities {
  std::vector<std::string> gpus;  ///< "cuda:0 (NVIDIA H100 80GB, 79 GiB)"
  double memory = 0;              ///< GiB that each of its jobs may take
  std::vector<std::string> models, commands;
  std::string server = {};  ///< whose folder it works on; empty: none's, or the only one's
};

/// A worker: one process, with jobs at once.
struct WorkerRecord {
  std::string id, host;
  int jobs = 1;
  Abilities abilities;
  double started = 0, seen = 0;  ///< seconds since 1970
  bool there = true;             ///< seen of late
};

[[nodiscard]] nlohmann::ordered_json to_json(const WorkerRecord& worker);

/// The workers that the database knows. All methods may be called from any thread. Throws Error as
/// store::Database.
class Workers {
 public:
  explicit Workers(Records& records) : records_(records) {}

  static constexpr double announce_seconds = 5;
  static constexpr double there_seconds = 20;      ///< since it was seen
  static constexpr double known_seconds = 86'400;  ///< after which it is forgotten

  /// Says that it is there and what it can; again and again.
  void announce(const WorkerRecord& worker);
  /// It ends.
  void leave(const std::string& id);
  /// Those who are there first.
  [[nodiscard]] std::vector<WorkerRecord> list();

  /// Why nobody who is there can do the job that waits, for people; nothing: somebody can.
  [[nodiscard]] std::optional<std::string> obstacle(std::int64_t job);

 private:
  Records& records_;
};

/// SQL of whether the worker of a row `w` can do the job of a row `j` and has not declined it.
[[nodiscard]] std::string_view fits_sql();

}  // namespace atelier::studio
