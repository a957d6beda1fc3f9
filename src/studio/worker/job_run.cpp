// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/job_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "atelier/base/digest.hpp"
#include "studio/worker/checkpoint_taker.hpp"
#include "studio/worker/child.hpp"
#include "studio/worker/job_folder.hpp"
#include "studio/worker/preview_taker.hpp"
#include "studio/worker/report.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto look_every = 50ms;
constexpr auto tell_every = 100ms;
constexpr auto orders_every = 200ms;
constexpr auto renew_every = 3s;
constexpr auto grace = 500ms;
constexpr auto grace_to_keep = 5s;  ///< where the worker ends, to write a checkpoint
constexpr std::chrono::milliseconds copy_time = 300ms, last_copy_time = 1h;  ///< of a last one
constexpr std::size_t most_log = 64u << 10;
constexpr double gibibyte = 1024.0 * 1024 * 1024;

/// What the process says on stderr: progress and text as JSON lines, everything else is the log.
class Listener {
 public:
  /// `before`: what was told of the work that this process goes on with; null: it begins.
  /// `may_finish`: whether there is something to end with, once work has begun.
  Listener(nlohmann::json before, std::function<bool()> may_finish)
      : before_(std::move(before)), may_finish_(std::move(may_finish)) {}

  void hear(std::string_view line) {
    nlohmann::json json;
    if (line.starts_with('{')) json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_object() && json.contains("text") && json["text"].is_string()) {
      beat_.text += json["text"].get<std::string>();
    } else if (json.is_object() && json.contains("stage")) {
      beat_.progress = going_on(std::move(json));
      if (beat_.progress->value("done", std::int64_t{0}) > 0 && may_finish_())
        (*beat_.progress)["may_finish"] = true;
    } else {
      log_ += without_places(line);
      log_ += '\n';
      if (log_.size() > 2 * most_log) log_.erase(0, log_.size() - most_log);
      beat_.log = log();
    }
  }

  [[nodiscard]] std::string log() const {
    return log_.size() > most_log ? log_.substr(log_.size() - most_log) : log_;
  }
  Beat& beat() { return beat_; }
  [[nodiscard]] bool has_news() const {
    return beat_.progress || beat_.preview || beat_.checkpoint || beat_.log || !beat_.text.empty();
  }

 private:
  /// While it only makes ready to go on, what was done before counts.
  nlohmann::json going_on(nlohmann::json progress) {
    if (!before_.is_object()) return progress;
    if (const auto total = progress.find("total");
        total != progress.end() && total->is_number() && *total > 0) {
      before_ = nullptr;
      return progress;
    }
    nlohmann::json shown = before_;
    shown["stage"] = progress["stage"];
    return shown;
  }

  std::string log_;
  Beat beat_;
  nlohmann::json before_;
  std::function<bool()> may_finish_;
};

enum class End { by_itself, early, stopped, lost, worker_ends, too_long };

/// Watches over the process until it has ended.
class Watch {
 public:
  Watch(const Workbench& bench, const Lease& lease, Child& child, Listener& listener,
        PreviewTaker& previews, CheckpointTaker& checkpoints, bool keeps_checkpoint)
      : bench_(bench),
        lease_(lease),
        child_(child),
        listener_(listener),
        previews_(previews),
        checkpoints_(checkpoints),
        keeps_checkpoint_(keeps_checkpoint) {}

  End until_end(const std::stop_token& stop) {
    const double most = bench_.options.job_time;
    while (child_.run_for(look_every)) {
      const Clock::time_point now = Clock::now();
      if (stop.stop_requested())
        return keeps_checkpoint_ ? stop_softly(End::worker_ends, grace_to_keep)
                                 : kill(End::worker_ends);
      if (most > 0 && now - began_ > std::chrono::duration<double>(most))
        return kill(End::too_long);
      switch (tell(now)) {
        case Orders::lost:
          return kill(End::lost);
        case Orders::stop:
          return stop_softly(End::stopped, grace);
        case Orders::finish:
          // It takes the time that it needs for its last step and its result.
          if (!std::exchange(finishes_, true)) child_.ask_to_stop();
          break;
        case Orders::go_on:
          break;
      }
    }
    return finishes_ ? End::early : End::by_itself;
  }

 private:
  Orders tell(Clock::time_point now) {
    if (auto preview = previews_.take()) listener_.beat().preview = std::move(preview);
    if (auto checkpoint = checkpoints_.take()) listener_.beat().checkpoint = std::move(checkpoint);
    const bool news = listener_.has_news() && now - told_ >= tell_every;
    if (news || now - told_ >= renew_every) {
      told_ = asked_ = now;
      return bench_.queue.beat(lease_, std::exchange(listener_.beat(), {}));
    }
    if (now - asked_ < orders_every) return Orders::go_on;
    asked_ = now;
    return bench_.queue.orders(lease_);
  }

  End kill(End why) {
    child_.kill();
    while (child_.run_for(look_every)) {
    }
    return why;
  }

  End stop_softly(End why, Clock::duration patience) {
    child_.ask_to_stop();
    const Clock::time_point asked = Clock::now();
    while (child_.run_for(look_every)) {
      if (Clock::now() - asked > patience) child_.kill();
    }
    return why;
  }

  const Workbench& bench_;
  const Lease& lease_;
  Child& child_;
  Listener& listener_;
  PreviewTaker& previews_;
  CheckpointTaker& checkpoints_;
  bool keeps_checkpoint_, finishes_ = false;
  Clock::time_point began_ = Clock::now(), told_ = began_, asked_ = began_;
};

void deliver(const Workbench& bench, const Command& command, const CommandLine& line,
             const Lease& lease, JobFolder& folder, const Child& child, const Listener& listener) {
  std::vector<MadeFile> made = folder.results(command);
  // Asked to end with what there is before there was anything.
  if (made.empty() && child.status() == exit_code(ErrorKind::cancelled)) {
    bench.queue.stopped(lease, listener.log());
    return;
  }
  std::map<std::string, std::string> digests;
  for (const PlacedFile& input : line.inputs) digests[input.name] = input.digest;
  for (const MadeFile& file : made) {
    digests[file.path.lexically_relative(folder.path()).string()] = file.digest;
  }
  // What waits to be told belongs to the result: the last of a text above all.
  bench.queue.finish(lease, public_report(child.output(), digests), made, listener.log());
}

/// Whether an exit code says what was found, and not that nothing was.
bool tells_its_finding(const Command& command, const Child& child) {
  const auto& codes = command.answers;
  return std::find(codes.begin(), codes.end(), child.status()) != codes.end() &&
         !public_report(child.output(), {}).is_null();
}

/// What the process is to read. Throws Error bad_input where a passphrase is missing.
provenance::Secret input_of(const Workbench& bench, const Command& command, const Job& job) {
  if (!command.passphrase) return provenance::Secret();
  auto passphrase = bench.passphrases ? bench.passphrases->take(job.id) : std::nullopt;
  if (!passphrase && command.passphrase->required) {
    fail(ErrorKind::bad_input,
         "the passphrase is no longer known, since none is ever kept; submit the job anew.");
  }
  return passphrase ? std::move(*passphrase) : provenance::Secret();
}

void end_job(const Workbench& bench, const Command& command, const CommandLine& line,
             const Lease& lease, JobFolder& folder, const Child& child, Listener& listener,
             End end) {
  if (end != End::lost && listener.has_news())
    bench.queue.beat(lease, std::exchange(listener.beat(), {}));
  const std::string log = listener.log();
  switch (end) {
    case End::lost:
      return;
    case End::worker_ends:
      bench.queue.release(lease);
      return;
    case End::stopped:
      bench.queue.stopped(lease, log);
      folder.let_go();
      return;
    case End::too_long:
      bench.queue.give_up(
          lease,
          failure_problem(1, fmt::format("the job was ended after {} s, the most that this worker "
                                         "gives one (--job-time).",
                                         bench.options.job_time)),
          log);
      folder.let_go();
      return;
    case End::by_itself:
    case End::early:
      break;
  }
  if (child.was_killed()) {
    const std::string what = fmt::format(
        "its process was ended by signal {} twice, as happens when memory runs out; try a smaller "
        "size.",
        child.status() - 128);
    nlohmann::json problem = failure_problem(1, what);
    problem["type"] = "/api/v1/problems/set-aside";
    bench.queue.crashed(lease, problem, log);
    return;
  }
  constexpr int lacking = 3;  ///< weights, or what the machine has not
  if (child.status() == lacking) {
    bench.queue.decline(lease, bench.worker, failure_problem(child.status(), log), log);
  } else if (child.status() == 0 || tells_its_finding(command, child) ||
             (end == End::early && child.status() == exit_code(ErrorKind::cancelled))) {
    deliver(bench, command, line, lease, folder, child, listener);
  } else {
    bench.queue.give_up(lease, failure_problem(child.status(), log), log);
  }
  folder.let_go();
}

/// One that came into the store when the job had ended, or when it was another worker's already.
void drop_unused_checkpoint(const Workbench& bench, const Job& job) {
  const std::string name = checkpoint_name(job.id, job.attempts);
  const std::optional<Job> now = bench.queue.find(job.id);
  if (!now || now->checkpoint != name) bench.store.remove_checkpoint(name);
}

}  // namespace

void run_job(const Workbench& bench, const Job& job, const Lease& lease,
             const std::stop_token& stop) {
  const Command* command = find_command(bench.commands, job.command);
  try {
    if (command == nullptr)
      fail(ErrorKind::missing_capability, "this worker has no command '{}'.", job.command);
    const TypeOf type_of = [&](const std::string& digest) -> std::optional<FileType> {
      const std::optional<FileRecord> file = bench.files.find(digest);
      if (!file) return std::nullopt;
      return FileType{file->kind, file->media, file->suffix};
    };
    const CommandLine line = command_line(*command, parse_request(bench.commands, job.request),
                                          type_of, {bench.options.device, bench.options.threads});
    JobFolder folder(bench.options.data, job);
    folder.bring(bench.store, line);
    const bool keeps = !line.checkpoint.empty();
    const fs::path checkpoint = keeps ? folder.path() / line.checkpoint : fs::path();
    const bool goes_on = keeps && !job.checkpoint.empty() &&
                         bench.store.place_checkpoint(job.checkpoint, checkpoint);
    PreviewTaker previews(bench.store, folder.path(), line);
    CheckpointTaker checkpoints(bench.store, folder.path(), checkpoint,
                                checkpoint_name(job.id, job.attempts));
    provenance::Secret input = input_of(bench, *command, job);
    // A painting has something to show from its first step on, a training once it has a model.
    const fs::path model =
        command->checkpoint_at.empty() ? "" : checkpoint.parent_path() / checkpoint_companions[0];
    Listener listener(goes_on ? job.progress : nlohmann::json(),
                      [&] { return keeps && (model.empty() || fs::exists(model)); });
    std::vector<std::string> words{"--progress=json"};
    words.insert(words.end(), line.words.begin(), line.words.end());
    Child child({bench.program, words, folder.path(),
                 static_cast<std::int64_t>(bench.options.job_memory * gibibyte), folder.lock(),
                 input.view()},
                [&](std::string_view text) { listener.hear(text); });
    input = provenance::Secret();  // it is the process's now
    const End end =
        Watch(bench, lease, child, listener, previews, checkpoints, keeps).until_end(stop);
    if (keeps && (end == End::worker_ends || end == End::stopped)) {
      bench.queue.beat(lease, std::exchange(listener.beat(), {}));  // the copy may take long
      auto last = checkpoints.take_last(end == End::stopped ? copy_time : last_copy_time);
      if (last) listener.beat().checkpoint = std::move(last);
    }
    end_job(bench, *command, line, lease, folder, child, listener, end);
    if (checkpoints.ends()) drop_unused_checkpoint(bench, job);
  } catch (const Error& error) {
    // A full disk or a busy database is no fault of the job's.
    if (error.kind() == ErrorKind::io) throw;
    bench.queue.give_up(lease, failure_problem(exit_code(error.kind()), error.what()), "");
  }
}

}  // namespace atelier::studio
