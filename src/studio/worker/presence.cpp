// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/presence.hpp"

#include <unistd.h>

#include <array>
#include <condition_variable>
#include <mutex>

#include "atelier/base/resources.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "studio/log.hpp"
#include "studio/worker/child.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;

constexpr auto most_time = 60s;
constexpr double gibibyte = 1024.0 * 1024 * 1024;

/// What `doctor --json` says; null where it does not.
nlohmann::json report_of(const std::filesystem::path& program) {
  const TemporaryFolder folder;
  Child child({program, {"doctor", "--json"}, folder.path(), 0, -1}, [](std::string_view) {});
  if (child.run_for(most_time)) return nullptr;
  nlohmann::json report = nlohmann::json::parse(child.output(), nullptr, false);
  return report.is_object() ? report : nlohmann::json(nullptr);
}

void add_report(const nlohmann::json& report, Abilities& abilities) {
  for (const nlohmann::json& device : report.at("devices")) {
    const std::string name = device.get<std::string>();
    if (!name.starts_with("cpu")) abilities.gpus.push_back(name);
  }
  for (const nlohmann::json& model : report.at("weights").at("models"))
    if (model.at("present").get<bool>()) abilities.models.push_back(model.at("name"));
}

Abilities abilities_for(const std::vector<Command>& commands, bool at_home, double memory,
                        int jobs) {
  Abilities abilities;
  abilities.memory =
      memory > 0 ? memory : static_cast<double>(available_memory_bytes()) / gibibyte / jobs;
  for (const Command& command : commands)
    if (command.at_home == at_home) abilities.commands.push_back(command.name);
  return abilities;
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

}  // namespace

Abilities look_at_machine(const std::filesystem::path& program,
                          const std::vector<Command>& commands, double memory, int jobs) {
  Abilities abilities = abilities_for(commands, false, memory, jobs);
  try {
    add_report(report_of(program), abilities);
  } catch (const std::exception& error) {
    log_event("machine_unknown", {{"level", "error"}, {"what", error.what()}});
  }
  return abilities;
}

Abilities abilities_at_home(const std::vector<Command>& commands, double memory,
                            const std::string& server) {
  Abilities abilities = abilities_for(commands, true, memory, 1);
  abilities.server = server;
  return abilities;
}

Presence::Presence(Records& records, int jobs, Abilities abilities) : workers_(records) {
  worker_.id = random_text(8);
  worker_.host = host_name();
  worker_.jobs = jobs;
  worker_.abilities = std::move(abilities);
  workers_.announce(worker_);
  thread_ = std::jthread([this](const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any stopped;
    const std::chrono::duration<double> between(Workers::announce_seconds);
    while (!stopped.wait_for(lock, stop, between, [&] { return stop.stop_requested(); })) {
      try {
        workers_.announce(worker_);
      } catch (const std::exception& error) {
        log_event("presence_trouble", {{"level", "error"}, {"what", error.what()}});
      }
    }
  });
}

Presence::~Presence() {
  thread_.request_stop();
  thread_.join();
  try {
    workers_.leave(worker_.id);
  } catch (const std::exception&) {
    // Others see that it is not there any more.
  }
}

}  // namespace atelier::studio
