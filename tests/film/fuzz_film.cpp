// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes, reading them ends in frames or in an Error. Run with -rss_limit_mb=2048 on a
// folder of small films.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/film/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::film;
  const int file = memfd_create("film", 0);
  if (file < 0 || ::write(file, data, size) != static_cast<ssize_t>(size)) __builtin_trap();
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  try {
    (void)is_film(path);
    (void)read_recipe(path);
    FilmReader reader(path, {.skip_damage = size % 2 == 0});
    const auto [width, height] = reader.info().size;
    if (width > 2000 || height > 2000) throw atelier::Error(atelier::ErrorKind::bad_input, "slow");
    for (int k = 0; k < 8 && reader.next(); ++k) {
    }
    reader.seek(3);
    (void)reader.next();
  } catch (const atelier::Error&) {
  }
  ::close(file);
  return 0;
}
