// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "cli/commands.hpp"

namespace atelier::cli {

// Loading libtorch takes half a second, and most commands need none of it. So there are two
// programs: `atelier`, which people call and which links no libtorch, and `atelier-networks` with
// every command. `atelier` does what it can itself and becomes the other one for the rest, and
// where a command throws jobs::NeedsNetworks.

/// Whether the arguments are for one of the commands of `app`, or ask for the version alone. Help
/// is for the program that knows all commands.
[[nodiscard]] bool is_for(const CLI::App& app, int argc, const char* const* argv);

/// Has threads of GNU OpenMP, which libtorch's operations wait for at their ends, spin for
/// microseconds before they give the processor away. By default they spin for milliseconds, at
/// every operation anew when another program has one of the processors: 75 small pictures of a
/// generator on two cores, one busy, took 37 s, and take 1.3 s. Leaves alone what the environment
/// says of GOMP_SPINCOUNT or OMP_WAIT_POLICY. For programs started from this one.
void let_threads_give_way();

/// Becomes atelier-networks, with the same arguments, environment and streams, whose threads give
/// way. It lies beside this program, where both were built, or where they are installed in the
/// folder for programs that others start. Throws Error missing_capability when it is not there.
[[noreturn]] void become_networks(char** argv);

/// The program that people call, which starts jobs soonest: of atelier-networks the `atelier` that
/// lies as it looks for that one. Where there is none, this program.
[[nodiscard]] std::filesystem::path program_for_jobs();

}  // namespace atelier::cli
