// SPDX-License-Identifier: Apache-2.0
#include "studio/api/thumbnail.hpp"

#include <csignal>
#include <semaphore>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "studio/api/problem.hpp"
#include "studio/worker/child.hpp"
#include "studio/worker/report.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;

constexpr int most_cpu_seconds = 20;
constexpr auto most_time = 60s;                              // then others have the processors
constexpr std::int64_t most_memory = std::int64_t{8} << 30;  ///< bytes of address space
constexpr std::uintmax_t most_bytes = 4u << 20;

std::counting_semaphore<2> at_once(2);

class Turn {
 public:
  Turn() { at_once.acquire(); }
  ~Turn() { at_once.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

}  // namespace

std::string thumbnail_of(Studio& studio, const FileRecord& file, int edge) {
  if (auto known = studio.files.thumbnail(file.digest, edge)) return *known;
  if (file.kind != "picture")
    throw Problem(422, fmt::format("a {} has no thumbnail; only pictures have.", file.kind));
  const Turn turn;
  if (auto known = studio.files.thumbnail(file.digest, edge)) return *known;
  const TemporaryFolder folder(studio.store.incoming());
  const std::string name = "picture." + file.suffix;
  studio.store.place(file.digest, folder.path() / name);
  std::string log;
  Child child({.program = studio.program,
               .words = {"thumbnail", name, "thumbnail.jpg", "--edge", std::to_string(edge)},
               .folder = folder.path(),
               .memory_bytes = most_memory,
               .cpu_seconds = most_cpu_seconds},
              [&](std::string_view line) {
                if (log.size() < most_bytes) log.append(line).append("\n");
              });
  if (child.run_for(most_time)) {
    child.kill();
    throw Problem(503, "the studio is too busy to make the picture small; ask again later.");
  }
  if (child.status() == 128 + SIGXCPU)
    throw Problem(422, "the picture takes too long to be made small.");
  if (child.status() != 0) {
    throw Problem(422, failure_problem(child.status(), log)["detail"].get<std::string>());
  }
  std::string picture = read_file(folder.path() / "thumbnail.jpg", most_bytes);
  studio.files.keep_thumbnail(file.digest, edge, picture);
  return picture;
}

}  // namespace atelier::studio
