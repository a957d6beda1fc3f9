// SPDX-License-Identifier: Apache-2.0
// A studio's server or worker with the stand-in for the program, as a process that tests and
// bench/studio may kill: atelier_studio_stage worker|serve DATA [DATABASE].
#include <csignal>
#include <cstdio>
#include <cstring>

#include "open_studio.hpp"

namespace {

int stage(const std::string& role, const std::string& data, const std::string& database) {
  using namespace atelier::studio;
  if (role == "worker") {
    const std::vector<Command> commands = act_commands();
    const Crew crew({.data = data,
                     .database = database,
                     .files = {},
                     .cache_limit = 1,
                     .jobs = 1,
                     .device = "auto",
                     .threads = 0,
                     .job_memory = 0,
                     .job_time = 0},
                    commands, ATELIER_FAKE_PROGRAM, act_abilities());
    ::pause();
    return 0;
  }
  const OpenStudio studio(Place(data, database, {}), 0);
  std::printf("%d\n", studio.port());
  std::fflush(stdout);
  ::pause();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return argc == 3 || argc == 4 ? stage(argv[1], argv[2], argc == 4 ? argv[3] : "") : 2;
}
