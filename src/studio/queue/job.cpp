// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/job.hpp"

#include <fmt/format.h>

#include <array>

#include "atelier/base/error.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {
namespace {

constexpr std::array names{"queued", "running", "done", "failed", "cancelled", "set_aside"};

nlohmann::ordered_json time_or_null(double seconds) {
  if (seconds <= 0) return nullptr;
  return time_text(seconds);
}

}  // namespace

const char* state_name(JobState state) {
  return names.at(static_cast<std::size_t>(state));
}

JobState state_of(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (name == names[i]) return static_cast<JobState>(i);
  }
  fail(ErrorKind::invalid_argument, "there is no state '{}'; states are {}.", name,
       "queued, running, done, failed, cancelled and set_aside");
}

std::string checkpoint_name(const std::string& job, int attempt) {
  return fmt::format("{}-{}", job, attempt);
}

nlohmann::ordered_json to_json(const FileRecord& file) {
  return {{"digest", file.digest},
          {"name", file.name},
          {"kind", file.kind},
          {"type", file.media},
          {"bytes", file.bytes},
          {"origin", file.origin},
          {"created", time_text(file.created)}};
}

nlohmann::ordered_json to_json(const Job& job, bool whole) {
  nlohmann::ordered_json outputs = nlohmann::ordered_json::array();
  for (const OutputRecord& output : job.outputs) {
    outputs.push_back({{"name", output.name},
                       {"file_name", output.file_name},
                       {"digest", output.file.digest},
                       {"kind", output.file.kind},
                       {"type", output.file.media},
                       {"bytes", output.file.bytes}});
  }
  nlohmann::ordered_json preview;
  if (!job.preview.empty()) {
    preview = {{"digest", job.preview},
               {"href", fmt::format("/api/v1/jobs/{}/preview?digest={}", job.id, job.preview)}};
  }
  nlohmann::ordered_json json{{"id", job.id},
                              {"version", job.version},
                              {"command", job.command},
                              {"label", job.label},
                              {"state", state_name(job.state)},
                              {"owner", job.owner},
                              {"priority", job.priority},
                              {"attempts", job.attempts},
                              {"reused", job.reused},
                              {"shared", job.shared},
                              {"created", time_text(job.created)},
                              {"started", time_or_null(job.started)},
                              {"ended", time_or_null(job.ended)},
                              {"request", job.request},
                              {"request_digest", job.request_digest},
                              {"progress", job.progress},
                              {"preview", preview},
                              {"outputs", outputs}};
  if (whole) json["report"] = job.report;
  json["text"] = job.text;
  json["error"] = job.error;
  return json;
}

}  // namespace atelier::studio
