// SPDX-License-Identifier: Apache-2.0
#include "atelier/studio/serve.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <optional>

#include "atelier/base/error.hpp"
#include "studio/api/application.hpp"
#include "studio/api/hub.hpp"
#include "studio/hooks/teller.hpp"
#include "studio/log.hpp"
#include "studio/place_options.hpp"
#include "studio/worker/crew.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto reap_every = 1s;

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

std::string in_url(const std::string& address) {
  return address.find(':') == address.npos ? address : "[" + address + "]";
}

/// Refuses what would be open to others.
void check_address(const ServeOptions& options) {
  if (options.certificate.empty() != options.key.empty()) {
    fail(ErrorKind::invalid_argument,
         "--certificate and --key belong together; give both or neither.");
  }
  if (!is_loopback(options.address) && options.certificate.empty()) {
    fail(ErrorKind::invalid_argument,
         "--address {} can be reached by others, and without TLS they could read along; give "
         "--certificate and --key, or stay on 127.0.0.1 behind a proxy that has them.",
         options.address);
  }
  const bool any = options.address == "0.0.0.0" || options.address == "::";
  if (any && options.origin.empty()) {
    fail(ErrorKind::invalid_argument,
         "--address {} is every address of this machine; say by which one browsers know it: "
         "--origin https://HOST:PORT.",
         options.address);
  }
  for (const std::string& origin : options.origin) {
    const bool web = origin.starts_with("http://") || origin.starts_with("https://");
    const std::size_t host = origin.find("//") + 2;
    if (!web || host >= origin.size() || origin.find_first_of("/ ,", host) != origin.npos) {
      fail(ErrorKind::invalid_argument,
           "--origin takes https://HOST or https://HOST:PORT, not '{}'.", origin);
    }
  }
}

std::set<std::string> origins(const ServeOptions& options, int port) {
  const std::string scheme = options.certificate.empty() ? "http://" : "https://";
  const bool usual = port == (options.certificate.empty() ? 80 : 443);
  const std::string behind = usual ? "" : fmt::format(":{}", port);
  std::set<std::string> all(options.origin.begin(), options.origin.end());
  all.insert(scheme + in_url(options.address) + behind);
  if (is_loopback(options.address)) {
    for (const char* name : {"127.0.0.1", "localhost", "[::1]"}) {
      all.insert(fmt::format("{}{}{}", scheme, name, behind));
    }
  }
  return all;
}

/// One server a folder: two would each wipe the other's uploads.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& data) {
    std::error_code error;
    const bool fresh = fs::create_directories(data, error);
    if (error) {
      fail(ErrorKind::io, "{} cannot be made ({}); choose another --data.", data.string(),
           error.message());
    }
    // What is in it is its owner's alone.
    if (fresh) ::chmod(data.c_str(), S_IRWXU);
    file_ = ::open((data / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0 || ::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      if (file_ >= 0) ::close(file_);
      fail(ErrorKind::io,
           "{} is served by another process, or cannot be written; stop that one, or choose "
           "another --data.",
           data.string());
    }
  }
  ~FolderLock() { ::close(file_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_ = -1;
};

/// Whether the job is still to be done.
bool is_open(Queue& queue, const std::string& id) {
  const std::optional<Job> job = queue.find(id);
  return job && !has_ended(job->state);
}

/// Finds leases that were lost while no worker looks, and passphrases that nobody will ask for.
void reap_until(Studio& studio, const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any asked;
  while (!asked.wait_for(lock, stop, reap_every, [&] { return stop.stop_requested(); })) {
    try {
      studio.queue.reap();
      studio.passphrases.forget_unless(
          [&](const std::string& job) { return is_open(studio.queue, job); });
    } catch (const std::exception& error) {
      log_event("queue_trouble", {{"level", "error"}, {"what", error.what()}});
    }
  }
}

}  // namespace

const OptionTable<ServeOptions>& serve_option_table() {
  using O = ServeOptions;
  const std::string reach = "Reach", limits = "Limits", working = "Working";
  static const OptionTable<O> table{
      {&O::data,
       {"data", "Studio", "the studio's folder; none: one of yours", "DIR", {}, {}, {}, {}}},
      {&O::database, database_option()},
      {&O::files, files_option()},
      {&O::cache_limit, cache_option()},
      {&O::address,
       {"address",
        reach,
        "address to listen on; beyond loopback with TLS alone",
        "IP",
        {},
        {},
        {},
        {}}},
      {&O::port, {"port", reach, "port to listen on; 0: any that is free", "", 0, 65535, {}, {}}},
      {&O::certificate,
       {"certificate", reach, "TLS certificate with its chain, PEM", "FILE", {}, {}, {}, {}}},
      {&O::key, {"key", reach, "its private key, PEM", "FILE", {}, {}, {}, {}}},
      {&O::origin,
       {"origin",
        reach,
        "further addresses that browsers know it by, such as that of a proxy before it",
        "https://HOST",
        {},
        {},
        {},
        {}}},
      {&O::workers,
       {"workers",
        working,
        "jobs at once in this process; 0: `atelier worker` does them",
        "",
        0,
        64,
        {},
        {}}},
      {&O::upload_limit, {"upload-limit", limits, "longest upload", "MiB", 1, 1048576, {}, {}}},
      {&O::storage_limit,
       {"storage-limit", limits, "all files together", "GiB", 0.01, 1048576, {}, {}}},
      {&O::waiting_limit,
       {"waiting-limit", limits, "jobs of one token that may wait", "", 1, 1000000, {}, {}}},
      {&O::connections, {"connections", limits, "connections at once", "", 8, 100000, {}, {}}},
      {&O::webhook_hosts,
       {"webhook-hosts",
        reach,
        "hosts that webhooks of jobs may tell of their ends; none: nothing is sent",
        "HOST",
        {},
        {},
        {},
        {}}},
      {&O::log,
       {"log", "Studio", "what is told on stderr", "", {}, {}, {"text", "json", "off"}, {}}},
  };
  return table;
}

void serve(const ServeOptions& options, const WorkerOptions& worker,
           const std::function<void(const Opened&)>& on_open, const std::stop_token& stop,
           const fs::path& program) {
  check_address(options);
  set_log(options.log == "json"  ? LogFormat::json
          : options.log == "off" ? LogFormat::off
                                 : LogFormat::text);
  const FolderLock folder_lock(options.data);
  Studio studio(options, commands(), program);
  studio.store.forget_incoming();
  StudioApplication application(studio, all_routes());
  http::Server server({.address = options.address,
                       .port = options.port,
                       .certificate = options.certificate,
                       .key = options.key,
                       .connections = options.connections},
                      application);
  studio.origins = origins(options, server.port());
  studio.cookie = fmt::format("atelier_{}", server.port());
  studio.counts = [&server] { return server.counts(); };
  server.start();
  const Hub hub(place_of(options),
                [&server](std::vector<http::Event> events) { server.publish(std::move(events)); });
  WorkerOptions own = worker;
  own.data = options.data;
  own.database = options.database;
  own.files = options.files;
  own.cache_limit = options.cache_limit;
  own.jobs = 1;
  const Crew at_home(own, commands(), program,
                     abilities_at_home(commands(), own.job_memory, studio.accounts.server()),
                     &studio.passphrases);
  std::optional<Crew> crew;
  if (options.workers > 0) {
    own.jobs = options.workers;
    crew.emplace(own, commands(), program,
                 look_at_machine(program, commands(), own.job_memory, own.jobs));
  }
  const Teller teller(studio.records, options.webhook_hosts);
  const std::string address = options.origin.empty()
                                  ? fmt::format("{}://{}:{}", studio.secure() ? "https" : "http",
                                                in_url(options.address), server.port())
                                  : options.origin.front();
  log_event("opened", {{"address", address}, {"data", options.data}});
  on_open({address,
           fmt::format("{}/login?token={}", address, studio.accounts.make_link(Accounts::owner))});
  reap_until(studio, stop);
  studio.closing = true;
  log_event("closing");
}

}  // namespace atelier::studio
