// SPDX-License-Identifier: Apache-2.0
#include "small_files.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"

namespace atelier::provenance::test {
namespace {

constexpr std::size_t most = 1 << 20;

std::string picture(const char* name, unsigned seed) {
  image::Image made;
  made.width = made.height = 32;
  RandomStream random(seed, "small picture");
  for (std::size_t i = 0; i < 3 * made.pixels(); ++i)
    made.rgb.push_back(static_cast<float>(random.next() % 256) / 255);
  const TemporaryFolder folder;
  image::save(made, folder.path() / name);
  return read_file(folder.path() / name, most);
}

/// A tenth of a second of silence: RIFF WAVE, PCM, one channel of 8 bits at 8,000 Hz.
std::string wav() {
  constexpr std::string_view head(
      "RIFF\x44\x03\0\0WAVEfmt "
      "\x10\0\0\0\1\0\1\0\x40\x1F\0\0\x40\x1F\0\0\1\0\x08\0data\x20\x03\0\0",
      44);
  return std::string(head) + std::string(800, '\x80');
}

}  // namespace

std::string small_png(unsigned seed) {
  return picture("a.png", seed);
}

std::string small_jpeg() {
  return picture("a.jpg", 1);
}

const std::map<std::string, std::string>& small_files() {
  static const std::map<std::string, std::string> files{
      {"a.png", small_png()},           {"a.jpg", small_jpeg()}, {"a.tif", picture("a.tif", 1)},
      {"a.webp", picture("a.webp", 1)}, {"a.wav", wav()},
  };
  return files;
}

}  // namespace atelier::provenance::test
