// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "studio/api/job_events.hpp"
#include "studio/api/quota.hpp"
#include "studio/api/routes.hpp"
#include "studio/commands/request.hpp"
#include "studio/hooks/address.hpp"
#include "studio/queue/sight.hpp"

namespace atelier::studio {
namespace {

constexpr int page_size = 50, largest_page = 200;
constexpr std::size_t most_key = 200;

/// `obstacle`: why nobody can do a job that waits, or null.
nlohmann::ordered_json with_obstacle(Studio& studio, const Job& job, bool whole) {
  nlohmann::ordered_json json = to_json(job, whole), obstacle;
  if (job.state == JobState::queued) {
    if (const auto what = studio.workers.obstacle(job.number)) obstacle = *what;
  }
  json["obstacle"] = obstacle;
  return json;
}

http::Response job_response(Studio& studio, const Job& job, int status = 200) {
  return json_response(with_obstacle(studio, job, true), status);
}

[[noreturn]] void no_such_job() {
  throw Problem(404, "there is no job with this id.");
}

/// A job that whoever asks sees.
Job named_job(Call& call) {
  auto job = call.studio.queue.find(call.names.at(0));
  if (!job || !sees(call.visitor.seer(), *job)) no_such_job();
  return *std::move(job);
}

/// A job that whoever asks may change.
Job own_job(Call& call) {
  Job job = named_job(call);
  const std::string seer = call.visitor.seer();
  if (seer.empty() || job.owner == seer) return job;
  throw Problem(403,
                fmt::format("this job is {}'s and only shown to you; submit your own.", job.owner));
}

/// What the studio keeps is the owner's.
void check_command(const Call& call, const Command& command) {
  if (!command.at_home || call.visitor.role == Role::owner) return;
  throw Problem(403,
                fmt::format("'{}' works with the studio's own catalogue, ledger, keys or weights; "
                            "ask the studio's owner to do it.",
                            command.name),
                "command");
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

/// Takes the passphrase out of a request, so that it is in none that is kept. Nothing: there is
/// none. Throws Problem where it is no passphrase, without telling it.
std::optional<provenance::Secret> take_passphrase(nlohmann::json& body) {
  if (!body.is_object() || !body.contains("passphrase")) return std::nullopt;
  auto& value = body["passphrase"];
  if (!value.is_string()) throw RequestError("passphrase", "passphrase must be text.");
  auto& text = value.get_ref<std::string&>();
  provenance::Secret passphrase{std::string_view(text)};
  body.erase("passphrase");
  try {
    check_passphrase(passphrase, "a passphrase");
  } catch (const Error& error) {
    throw RequestError("passphrase", error.what());
  }
  return passphrase;
}

/// Takes the webhook's URL out of a request, since it is no part of what is done. Empty: there is
/// none. Throws RequestError where the studio may not send there, or has no secret to sign by.
std::string take_webhook(Call& call) {
  if (!call.body.is_object() || !call.body.contains("webhook")) return {};
  const nlohmann::json value = std::move(call.body["webhook"]);
  call.body.erase("webhook");
  if (!value.is_string()) throw RequestError("webhook", "webhook must be text.");
  try {
    check_hook_address(value, call.studio.options.webhook_hosts);
  } catch (const Error& error) {
    throw RequestError("webhook", error.what());
  }
  if (!call.studio.hooks.has_secret(call.visitor.name)) {
    throw RequestError("webhook",
                       "what is sent is signed; have a secret made first, by POST "
                       "/api/v1/webhook-secret.");
  }
  return value;
}

/// Throws RequestError where the command needs a passphrase that is not given, or takes none.
void check_wanted(const Command& command, bool given) {
  if (!command.passphrase && given) {
    throw RequestError("passphrase", fmt::format("'{}' takes no passphrase.", command.name));
  }
  if (command.passphrase && command.passphrase->required && !given) {
    throw RequestError("passphrase", fmt::format("'{}' needs a passphrase: {}.", command.name,
                                                 command.passphrase->help));
  }
}

/// Submits the job; what it is to be given reaches the box in the same moment.
Queue::Submitted submit_with(Studio& studio, const JobRequest& request, const std::string& owner,
                             bool repeatable, const std::string& key,
                             std::optional<provenance::Secret> passphrase) {
  if (!passphrase) return studio.queue.submit(request, owner, repeatable, key);
  Queue::Submitted made;
  studio.passphrases.keep(std::move(*passphrase), [&] {
    made = studio.queue.submit(request, owner, repeatable, key);
    return made.fresh ? made.job.id : std::string();
  });
  return made;
}

http::Response submit(Call& call) {
  Studio& studio = call.studio;
  std::optional<provenance::Secret> passphrase = take_passphrase(call.body);
  const std::string webhook = take_webhook(call);
  JobRequest request = parse_request(studio.commands, call.body);
  const Command& command = *find_command(studio.commands, request.command);
  // Its passphrase, the keys and the kept folders are this server's.
  if (command.at_home) request.needs.server = studio.accounts.server();
  check_command(call, command);
  check_wanted(command, passphrase.has_value());
  check_files(command, request, [&](const std::string& digest) -> std::optional<FileType> {
    const auto file = studio.files.find(digest, call.visitor.seer());
    if (!file) return std::nullopt;
    return FileType{file->kind, file->media, file->suffix};
  });
  const std::string key = idempotency_key(call);
  // Requests of the same moment count one after the other.
  const std::scoped_lock lock(studio.records.mutex);
  check_quotas(call);
  try {
    const auto made = submit_with(studio, request, call.visitor.name, command.repeatable, key,
                                  std::move(passphrase));
    if (!webhook.empty()) studio.hooks.add(made.job.id, webhook);
    http::Response response = job_response(studio, made.job, made.fresh ? 201 : 200);
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
  filter.seer = call.visitor.seer();
  filter.limit = static_cast<int>(call.query_number("limit", page_size, 1, largest_page));
  filter.before = call.query_number("before", 0, 1, std::numeric_limits<std::int64_t>::max());
  const std::vector<Job> jobs = call.studio.queue.list(filter);
  nlohmann::ordered_json list = nlohmann::ordered_json::array(), next;
  for (const Job& job : jobs) {
    list.push_back(with_obstacle(call.studio, job, false));
    list.back().erase("text");
  }
  if (static_cast<int>(jobs.size()) == filter.limit) next = std::to_string(jobs.back().number);
  return json_response({{"jobs", list}, {"next", next}});
}

http::Response cancel(Call& call) {
  const Job before = own_job(call);
  const auto job = call.studio.queue.cancel(before.id);
  if (!job) no_such_job();
  if (has_ended(job->state)) call.studio.passphrases.forget(job->id);
  return job_response(call.studio, *job, has_ended(before.state) ? 200 : 202);
}

http::Response finish_early(Call& call) {
  const auto job = call.studio.queue.finish_early(own_job(call).id);
  if (!job) no_such_job();
  return job_response(call.studio, *job, 202);
}

http::Response retry(Call& call) {
  const Job before = own_job(call);
  if (const Command* command = find_command(call.studio.commands, before.command))
    check_command(call, *command);
  const std::scoped_lock lock(call.studio.records.mutex);
  check_quotas(call);
  const auto job = call.studio.queue.retry(before.id);
  if (!job) no_such_job();
  return job_response(call.studio, *job, 202);
}

http::Response remove_job(Call& call) {
  if (!call.studio.queue.remove(own_job(call).id)) no_such_job();
  return {.status = 204};
}

template <bool shared>
http::Response share(Call& call) {
  const auto job = call.studio.queue.share(own_job(call).id, shared);
  if (!job) no_such_job();
  return job_response(call.studio, *job);
}

http::Response preview(Call& call) {
  const Job job = named_job(call);
  std::optional<std::filesystem::path> path;
  if (!job.preview.empty()) path = call.studio.store.fetch_preview(job.preview);
  if (!path) throw Problem(404, "there is no preview now.");
  http::Response response{.fields = {{"Content-Type", "image/jpeg"},
                                     {"ETag", "\"" + job.preview + "\""},
                                     {"Cache-Control", "no-cache"}}};
  response.file = http::FilePart{*path, 0, std::filesystem::file_size(*path)};
  return response;
}

http::Response webhook(Call& call) {
  const auto hook = call.studio.hooks.find(own_job(call).id);
  if (!hook) throw Problem(404, "this job has no webhook.");
  const bool waits = hook->state == "waiting" && hook->attempts > 0;
  return json_response(
      {{"url", hook->url},
       {"state", hook->state},
       {"attempts", hook->attempts},
       {"next", waits ? nlohmann::ordered_json(time_text(hook->next)) : nlohmann::ordered_json()},
       {"trouble", hook->trouble}});
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

http::Response event_response(const Call& call, http::EventStream stream) {
  stream.seer = call.visitor.seer();
  return {.fields = {{"Content-Type", "text/event-stream"}, {"X-Accel-Buffering", "no"}},
          .events = std::move(stream)};
}

http::Response all_events(Call& call) {
  const auto after = resume_after(call);
  return event_response(call, {"", [&studio = call.studio, after] {
                                 const std::scoped_lock lock(studio.records.mutex);
                                 const store::Database& database = studio.records.quick;
                                 return after ? changes_after(database, *after)
                                              : present_jobs(database);
                               }});
}

http::Response job_events(Call& call) {
  const Job job = named_job(call);
  const auto after = resume_after(call);
  // A browser that has heard the end asks again; this tells it to stop.
  if (after && *after >= job.version && has_ended(job.state)) return {.status = 204};
  return event_response(call, {job.id, [&studio = call.studio, id = job.id] {
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
       .role = Role::member,
       .body = BodyKind::json,
       .handle = submit,
       .summary = "Submit a job",
       .answers = {200, 201},
       .problems = {422, 507},
       .schema = "JobRequest"},
      {.method = "GET",
       .pattern = "/api/v1/jobs",
       .role = Role::viewer,
       .handle = list_jobs,
       .summary = "Jobs, newest first",
       .queries = {"state", "command", "limit", "before"}},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}",
       .role = Role::viewer,
       .handle = [](Call& call) { return job_response(call.studio, named_job(call)); },
       .summary = "A job",
       .problems = {404}},
      {.method = "DELETE",
       .pattern = "/api/v1/jobs/{id}",
       .role = Role::member,
       .handle = remove_job,
       .summary = "Forget an ended job and the files that only it holds",
       .answers = {204},
       .problems = {404, 409}},
      {.method = "POST",
       .pattern = "/api/v1/jobs/{id}/cancel",
       .role = Role::member,
       .handle = cancel,
       .summary = "Stop a job",
       .answers = {200, 202},
       .problems = {404}},
      {.method = "POST",
       .pattern = "/api/v1/jobs/{id}/finish",
       .role = Role::member,
       .handle = finish_early,
       .summary = "End a painting or training with what there is",
       .answers = {202},
       .problems = {404, 409}},
      {.method = "POST",
       .pattern = "/api/v1/jobs/{id}/retry",
       .role = Role::member,
       .handle = retry,
       .summary = "Let a job that is not done wait again",
       .answers = {202},
       .problems = {404, 409, 507}},
      {.method = "POST",
       .pattern = "/api/v1/jobs/{id}/share",
       .role = Role::member,
       .handle = share<true>,
       .summary = "Show a job and its files to everybody",
       .problems = {404}},
      {.method = "POST",
       .pattern = "/api/v1/jobs/{id}/unshare",
       .role = Role::member,
       .handle = share<false>,
       .summary = "Show them no longer",
       .problems = {404}},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}/preview",
       .role = Role::viewer,
       .handle = preview,
       .summary = "What a running job has so far, as a picture",
       .problems = {404},
       .media = "image/jpeg",
       .queries = {"digest"}},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}/webhook",
       .role = Role::member,
       .handle = webhook,
       .summary = "Whether the job's webhook was told of its end",
       .problems = {404}},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}/points",
       .role = Role::viewer,
       .handle = points,
       .summary = "Progress over the whole run, for charts",
       .problems = {404}},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}/log",
       .role = Role::viewer,
       .handle = log,
       .summary = "What the command said",
       .problems = {404},
       .media = "text/plain"},
      {.method = "GET",
       .pattern = "/api/v1/jobs/{id}/events",
       .role = Role::viewer,
       .handle = job_events,
       .summary = "Server-sent events of one job",
       .answers = {200, 204},
       .problems = {404},
       .media = "text/event-stream",
       .queries = {"after"}},
      {.method = "GET",
       .pattern = "/api/v1/events",
       .role = Role::viewer,
       .handle = all_events,
       .summary = "Server-sent events of all jobs",
       .media = "text/event-stream",
       .queries = {"after"}},
  };
}

}  // namespace atelier::studio
