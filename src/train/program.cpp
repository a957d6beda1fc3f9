// SPDX-License-Identifier: Apache-2.0
#include "train/program.hpp"

#include <fmt/ranges.h>

#include <csignal>
#include <cstdio>
#include <exception>

#include "atelier/base/error.hpp"

namespace atelier::train {
namespace {

std::stop_source& stop_source() {
  static std::stop_source source;
  return source;
}

RunReport run_words(const Program& program, const std::vector<std::string>& words) {
  const std::size_t paths = program.paths.size();
  if (words.size() < paths || (words.size() - paths) % 2 != 0) {
    fail(ErrorKind::invalid_argument, "{} takes {} [--OPTION VALUE]...", program.name,
         fmt::join(program.paths, " "));
  }
  for (std::size_t i = paths; i < words.size(); i += 2) {
    const std::string_view word = words[i];
    if (!word.starts_with("--") || !program.set(word.substr(2), words[i + 1])) {
      fail(ErrorKind::invalid_argument, "there is no option {}.", word);
    }
  }
  RunListeners listeners;
  listeners.on_log = [](const nlohmann::ordered_json& line) {
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
  };
  listeners.on_warning = [](const std::string& warning) {
    std::fprintf(stderr, "%s\n", warning.c_str());
  };
  stop_source();
  std::signal(SIGINT, [](int) { stop_source().request_stop(); });
  std::signal(SIGTERM, [](int) { stop_source().request_stop(); });
  const auto end = words.begin() + static_cast<std::ptrdiff_t>(paths);
  return program.run({words.begin(), end}, listeners, stop_source().get_token());
}

}  // namespace

int run_program(const Program& program, int count, char** words) {
  try {
    const RunReport report = run_words(program, {words + 1, words + count});
    return report.stopped ? exit_code(ErrorKind::cancelled) : 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s: %s\n", program.name.c_str(), error.what());
    return exit_code(error.kind());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: internal error: %s\n", program.name.c_str(), error.what());
    return 1;
  }
}

}  // namespace atelier::train
