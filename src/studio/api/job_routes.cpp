// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "studio/api/job_events.hpp"
#include "studio/api/routes.hpp"
#include "studio/commands/request.hpp"

namespace atelier::studio {
namespace {

constexpr int page_size = 50, largest_page = 200;
constexpr std::size_t most_key = 200;

http::Response job_response(const Job& job, int status = 200) {
  return json_response(to_json(job, true), status);
}

[[noreturn]] void no_such_job() {
  throw Problem(404, "there is no job with this id.");
}

Job named_job(Call& call) {
  if (auto job = call.studio.queue.find(call.names.at(0))) return *job;
  no_such_job();
}

std::string idempotency_key(const Call& call) {
  const auto key = call.request.field("Idempotency-Key");
  if (!key) return {};
  const bool printable =
      std::all_of(key->begin(), key->end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (key->empty() || key->size() > most_key || !printable) {
    throw Problem(400, fmt::format("Idempotency-Key is 1 to {} printable characters.", most_key),
                  "Idempotency-Key");
  }
  return *key;
}

http::Response submit(Call& call) {
  Studio& studio = call.studio;
  const JobRequest request = parse_request(studio.commands, call.body);
  const Command& command = *find_command(studio.commands, request.command);
  check_files(command, request, [&](const std::string& digest) -> std::optional<FileType> {
    const auto file = studio.files.find(digest);
    if (!file) return std::nullopt;
    return FileType{file->kind, file->media, file->suffix};
  });
  if (studio.queue.waiting(call.visitor.name) >= studio.options.waiting_limit) {
    throw Problem(429,
                  fmt::format("{} of your jobs wait, which is the most; submit more when some are "
                              "done.",
                              studio.options.waiting_limit),
                  {}, {{"Retry-After", "60"}});
  }
  const std::string key = idempotency_key(call);
  try {
    const auto made = studio.queue.submit(request, call.visitor.name, command.repeatable, key);
    http::Response response = job_response(made.job, made.fresh ? 201 : 200);
    response.fields.emplace_back("Location", "/api/v1/jobs/" + made.job.id);
    return response;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::invalid_argument)
      throw Problem(422, error.what(), "Idempotency-Key");
    throw;
  }
}

http::Response list_jobs(Call& call) {
  Queue::Filter filter;
  if (const std::string state = call.query("state"); !state.empty()) {
    try {
      filter.state = state_of(state);
    } catch (const Error& error) {
      throw Problem(400, error.what(), "state");
    }
  }
  filter.command = call.query("command");
  filter.limit = static_cast<int>(call.query_number("limit", page_size, 1, largest_page));
  filter.before = call.query_number("before", 0, 1, std::numeric_limits<std::int64_t>::max());
  const std::vector<Job> jobs = call.studio.queue.list(filter);
  nlohmann::ordered_json list = nlohmann::ordered_json::array(), next;
  for (const Job& job : jobs) {
    list.push_back(to_json(job, false));
    list.back().erase("text");
  }
  if (static_cast<int>(jobs.size()) == filter.limit) next = std::to_string(jobs.back().number);
  return json_response({{"jobs", list}, {"next", next}});
}

http::Response cancel(Call& call) {
  const Job before = named_job(call);
  const auto job = call.studio.queue.cancel(before.id);
  if (!job) no_such_job();
  return job_response(*job, has_ended(before.state) ? 200 : 202);
}

http::Response retry(Call& call) {
  const auto job = call.studio.queue.retry(call.names.at(0));
  if (!job) no_such_job();
  return job_response(*job, 202);
}

http::Response remove_job(Call& call) {
  if (!call.studio.queue.remove(call.names.at(0))) no_such_job();
  return {.status = 204};
}

http::Response preview(Call& call) {
  const Job job = named_job(call);
  if (job.preview.empty() || !std::filesystem::exists(call.studio.store.path(job.preview)))
    throw Problem(404, "there is no preview now.");
  const auto path = call.studio.store.path(job.preview);
  http::Response response{.fields = {{"Content-Type", "image/jpeg"},
                                     {"ETag", "\"" + job.preview + "\""},
                                     {"Cache-Control", "no-cache"}}};
  response.file = http::FilePart{path, 0, std::filesystem::file_size(path)};
  return response;
}

http::Response points(Call& call) {
  const Job job = named_job(call);
  return json_response({{"points", call.studio.queue.points(job.id)}});
}

http::Response log(Call& call) {
  const Job job = named_job(call);
  return {.fields = {{"Content-Type", "text/plain; charset=utf-8"}},
          .body = call.studio.queue.log(job.id)};
}

/// The version after which events are wanted; nothing: from the present state on.
std::optional<std::int64_t> resume_after(const Call& call) {
  const std::string text = call.request.field("Last-Event-ID").value_or(call.query("after"));
  if (text.empty()) return std::nullopt;
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc{} || end != text.data() + text.size() || version < 0)
    throw Problem(400, "Last-Event-ID and ?after= take the version of an event.", "after");
  return version;
}

http::Response event_response(http::EventStream stream) {
  return {.fields = {{"Content-Type", "text/event-stream"}, {"X-Accel-Buffering", "no"}},
          .events = std::move(stream)};
}

http::Response all_events(Call& call) {
  const auto after = resume_after(call);
  return event_response({"", [&studio = call.studio, after] {
                           const std::scoped_lock lock(studio.records.mutex);
                           const store::Database& database = studio.records.quick;
                           return after ? changes_after(database, *after) : present_jobs(database);
                         }});
}

http::Response job_events(Call& call) {
  const Job job = named_job(call);
  const auto after = resume_after(call);
  // A browser that has heard the end asks again; this tells it to stop.
  if (after && *after >= job.version && has_ended(job.state)) return {.status = 204};
  return event_response({job.id, [&studio = call.studio, id = job.id] {
                           std::vector<http::Event> events;
                           if (const auto now = studio.queue.find(id))
                             events.push_back(job_event(*now));
                           return events;
                         }});
}

}  // namespace

std::vector<Route> job_routes() {
  return {
      {.method = "POST",
       .pattern = "/api/v1/jobs",
       .body = BodyKind::json,
       .handle = submit,
       .summary = "Submit a job",
       .answers = {200, 201},
       .problems = {422},
       .schema = "JobRequest"},
      {.method = "GET",
       .pattern = "/api/v1/jobs",
       .handle = list_jobs,
       .summary = "Jobs, newest first",
       .queries = {"state", "command", "limit", "before"}},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}",
       .handle = [](Call& call) { return job_response(named_job(call)); },
       .summary = "A job",
       .problems = {404}},
      {.method = "DELETE",
       .pattern = "/api/v1/jobs/{id}",
       .handle = remove_job,
       .summary = "Forget an ended job and the files that only it holds",
       .answers = {204},
       .problems = {404, 409}},
      {.method = "POST",
       .pattern = "/api/v1/jobs/{id}/cancel",
       .handle = cancel,
       .summary = "Stop a job",
       .answers = {200, 202},
       .problems = {404}},
      {.method = "POST",
       .pattern = "/api/v1/jobs/{id}/retry",
       .handle = retry,
       .summary = "Let a job that is not done wait again",
       .answers = {202},
       .problems = {404, 409}},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}/preview",
       .handle = preview,
       .summary = "What a running job has so far, as a picture",
       .problems = {404},
       .media = "image/jpeg",
       .queries = {"digest"}},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}/points",
       .handle = points,
       .summary = "Progress over the whole run, for charts",
       .problems = {404}},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}/log",
       .handle = log,
       .summary = "What the command said",
       .problems = {404},
       .media = "text/plain"},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}/events",
       .handle = job_events,
       .summary = "Server-sent events of one job",
       .answers = {200, 204},
       .problems = {404},
       .media = "text/event-stream",
       .queries = {"after"}},
      {.method = "GET",
       .pattern = "/api/v1/events",
       .handle = all_events,
       .summary = "Server-sent events of all jobs",
       .media = "text/event-stream",
       .queries = {"after"}},
  };
}

}  // namespace atelier::studio
