// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes, opening them ends in a picture or in an Error. Run with -rss_limit_mb=2048 on
// a folder of small pictures.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "image/xmp.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace atelier::image;
  (void)recipe_in_xmp({reinterpret_cast<const char*>(data), size});
  const int file = memfd_create("picture", 0);
  if (file < 0 || ::write(file, data, size) != static_cast<ssize_t>(size)) __builtin_trap();
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  try {
    if (probe(path).size.width > 2000) throw atelier::Error(atelier::ErrorKind::bad_input, "slow");
    (void)read_recipe(path);
    (void)load(path, {.long_edge = 32, .min_edge = 1});
  } catch (const atelier::Error&) {
  }
  ::close(file);
  return 0;
}
