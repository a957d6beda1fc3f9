// SPDX-License-Identifier: Apache-2.0
#include "cli/hand_over.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "atelier/base/error.hpp"
#include "cli/usage_error.hpp"

namespace atelier::cli {
namespace {

namespace fs = std::filesystem;

/// The first word that is neither an option of the whole program nor what such an option takes.
std::string_view command_word(const CLI::App& app, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (!word.starts_with('-')) return argv[i];
    const CLI::Option* option = app.get_option_no_throw(word);
    if (option != nullptr && option->get_items_expected_max() > 0) ++i;
  }
  return {};
}

constexpr const char* own_program = "/proc/self/exe";

/// Where one of the two programs lies, seen from the other: in the same folder, or installed.
using Places = std::array<fs::path, 2>;
Places places_of(const char* beside, const char* installed) {
  std::error_code error;
  const fs::path folder = fs::read_symlink(own_program, error).parent_path();
  return {folder / beside, (folder / installed).lexically_normal()};
}

Places::const_iterator find_in(const Places& places) {
  return std::find_if(places.begin(), places.end(), [](const fs::path& place) {
    std::error_code error;
    return fs::exists(place, error);
  });
}

bool asks_for_help(std::string_view word) {
  return word == "--help" || word == "-h";
}

}  // namespace

bool is_for(const CLI::App& app, int argc, const char* const* argv) {
  if (argc < 2) return false;
  if (argc == 2 && std::string_view(argv[1]) == "--version") return true;
  if (std::any_of(argv + 1, argv + argc, asks_for_help)) return false;
  return find_command(app, std::string(command_word(app, argc, argv))) != nullptr;
}

void let_threads_give_way() {
  constexpr const char *spins = "GOMP_SPINCOUNT", *policy = "OMP_WAIT_POLICY";
  if (std::getenv(policy) == nullptr) ::setenv(spins, "2000", /*overwrite=*/0);
}

void become_networks(char** argv) {
  const Places places = places_of(ATELIER_NETWORKS, ATELIER_NETWORKS_INSTALLED);
  const auto found = find_in(places);
  if (found == places.end()) {
    fail(ErrorKind::missing_capability,
         "this command needs {}, which is neither at {} nor at {}; install Atelier anew, or build "
         "all of it.",
         ATELIER_NETWORKS, places[0].string(), places[1].string());
  }
  let_threads_give_way();
  ::execv(found->c_str(), argv);
  fail(ErrorKind::missing_capability, "{} cannot be started ({}); install Atelier anew.",
       found->string(), std::strerror(errno));
}

std::filesystem::path program_for_jobs() {
  const Places places = places_of(ATELIER_PROGRAM, ATELIER_PROGRAM_INSTALLED);
  const auto found = find_in(places);
  return found == places.end() ? own_program : *found;
}

}  // namespace atelier::cli
