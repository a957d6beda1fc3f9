// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace atelier::studio {

/// Where a job is. The last four are its ends.
enum class JobState { queued, running, done, failed, cancelled, set_aside };

/// "set_aside".
[[nodiscard]] const char* state_name(JobState state);
[[nodiscard]] JobState state_of(std::string_view name);
[[nodiscard]] inline bool has_ended(JobState state) {
  return state != JobState::queued && state != JobState::running;
}

/// A file of the studio, known by its content.
struct FileRecord {
  std::string digest, name, kind, media, suffix;
  std::int64_t bytes = 0;
  std::string origin = "upload";  ///< or "job"
  double created = 0;
  std::int64_t number = 0;  ///< grows with each file
};

struct OutputRecord {
  std::string name;       ///< of the command's output: "picture"
  std::string file_name;  ///< "picture-2.png"
  FileRecord file;
};

/// A job as the database has it. Times are seconds since 1970, 0: not yet.
struct Job {
  std::int64_t number = 0, version = 0;
  std::string id, owner, command, label;
  nlohmann::json request;  ///< to_json(JobRequest)
  std::string request_digest;
  int priority = 0;
  JobState state = JobState::queued;
  int attempts = 0;  ///< times that it was begun
  int losses = 0;    ///< times that it took its process or its worker down
  bool reused = false;
  bool stopping = false;   ///< somebody cancelled it
  bool finishing = false;  ///< somebody wants it to end with what there is
  bool shared = false;     ///< everybody sees it
  double created = 0, started = 0, ended = 0;
  nlohmann::json progress, report, error;  ///< null: none
  std::string preview, text;
  std::string checkpoint;  ///< name in the store of what it goes on from; empty: there is none
  std::vector<OutputRecord> outputs;
};

/// The name under which the store has the checkpoint of one attempt at a job.
[[nodiscard]] std::string checkpoint_name(const std::string& job, int attempt);

[[nodiscard]] nlohmann::ordered_json to_json(const FileRecord& file);
/// `whole`: with the report.
[[nodiscard]] nlohmann::ordered_json to_json(const Job& job, bool whole);

}  // namespace atelier::studio
