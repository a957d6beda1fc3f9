// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/resources.hpp"
#include "atelier/jobs/version.hpp"
#include "studio/api/routes.hpp"

namespace atelier::studio {
namespace {

http::Response ready(Call& call) {
  if (call.studio.closing) throw Problem(503, "the studio is shutting down.");
  try {
    const std::scoped_lock lock(call.studio.records.mutex);
    store::Transaction transaction(call.studio.records.quick);
    transaction.commit();
  } catch (const Error&) {
    throw Problem(503, "the database cannot be written now.");
  }
  return json_response({{"status", "ready"}});
}

http::Response state(Call& call) {
  Studio& studio = call.studio;
  nlohmann::ordered_json jobs;
  const std::vector<std::int64_t> counts = studio.queue.counts(call.visitor.seer());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    jobs[state_name(static_cast<JobState>(i))] = counts[i];
  }
  const FileRecords::Usage usage = studio.files.usage(call.visitor.seer());
  return json_response({{"version", jobs::version()},
                        {"workers", studio.options.workers},
                        {"jobs", jobs},
                        {"files", {{"count", usage.count}, {"bytes", usage.bytes}}},
                        {"limits",
                         {{"upload_bytes", studio.upload_bytes()},
                          {"storage_bytes", studio.storage_bytes()},
                          {"json_bytes", most_json_bytes},
                          {"waiting_jobs", studio.options.waiting_limit}}}});
}

http::Response metrics(Call& call) {
  return {.fields = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
          .body = call.studio.metrics.text(call.studio)};
}

}  // namespace

std::vector<Route> state_routes() {
  return {
      {.method = "GET",
       .pattern = "/api/v1/health",
       .role = Role::anybody,
       .handle =
           [](Call&) {
             return json_response({{"status", "ok"}});
           },
       .summary = "Whether the process answers",
       .counted = false},
      {.method = "GET",
       .pattern = "/api/v1/ready",
       .role = Role::anybody,
       .handle = ready,
       .summary = "Whether jobs can be taken",
       .problems = {503},
       .counted = false},
      {.method = "GET",
       .pattern = "/api/v1/studio",
       .role = Role::viewer,
       .handle = state,
       .summary = "Version, counts and limits"},
      {.method = "GET",
       .pattern = "/api/v1/metrics",
       .role = Role::owner,
       .handle = metrics,
       .summary = "Prometheus metrics",
       .media = "text/plain",
       .counted = false},
      {.method = "GET",
       .pattern = "/api/v1/openapi.json",
       .role = Role::viewer,
       .handle =
           [](Call& call) { return json_response(openapi(all_routes(), call.studio.commands)); },
       .summary = "This description"},
  };
}

}  // namespace atelier::studio
