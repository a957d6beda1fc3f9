// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/needs_networks.hpp"
#include "cli/hand_over.hpp"
#include "cli/quick_commands.hpp"
#include "cli/run.hpp"

int main(int argc, char** argv) {
  using namespace atelier::cli;
  return with_exit_code([&] {
    try {
      CommandLine line(add_quick_commands);
      if (is_for(line.app(), argc, argv)) return line.run(argc, argv);
    } catch (const atelier::jobs::NeedsNetworks&) {
    }
    become_networks(argv);
  });
}
