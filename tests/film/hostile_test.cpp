// SPDX-License-Identifier: Apache-2.0
// Bytes changed at random: reading ends in frames or in an Error, never otherwise. Sanitizer builds
// make this count; fuzz_film.cpp goes further.
#include "atelier/base/random.hpp"
#include "films.hpp"

namespace atelier::film {
namespace {

using Hostile = InFolder;

TEST_F(Hostile, ChangedBytesAreSurvived) {
  RandomStream random(7, "hostile films");
  int refused = 0;
  std::vector<std::string> wholes{
      y4m({16, 16}, "F25:1 C420", {std::string(384, 'a'), std::string(384, 'b')})};
  for (const char* suffix : {".mp4", ".mkv", ".webm", ".gif", ".webp", ".nut"}) {
    if (!can_write(suffix, "auto")) continue;
    const auto path = in_folder(std::string("a") + suffix);
    write_scenes(path, 5,
                 {.size = {64, 48}, .recipe = suffix == std::string(".nut") ? "" : R"({"a": 1})"});
    wholes.push_back(bytes_of(path));
  }
  for (const std::string& whole : wholes) {
    for (int round = 0; round < 40; ++round) {
      std::string bytes = whole;
      // Heads first: they decide what is allocated.
      const std::size_t reach = round % 2 ? bytes.size() : std::min<std::size_t>(bytes.size(), 900);
      for (int i = 0; i < 1 + round % 5; ++i)
        bytes[random.next() % reach] = static_cast<char>(random.next());
      if (round % 7 == 0) bytes.resize(16 + random.next() % (bytes.size() - 16));
      write_bytes(in_folder("changed"), bytes);
      testing::internal::CaptureStderr();
      try {
        (void)is_film(in_folder("changed"));
        (void)read_recipe(in_folder("changed"));
        FilmReader reader(in_folder("changed"), {.skip_damage = round % 3 == 0});
        if (reader.info().size.width < 2000 && reader.info().size.height < 2000) {
          for (int k = 0; k < 20 && reader.next(); ++k) {
          }
          reader.seek(2);
          (void)reader.next();
        }
      } catch (const Error& error) {
        EXPECT_TRUE(error.kind() == ErrorKind::bad_input ||
                    error.kind() == ErrorKind::out_of_memory ||
                    error.kind() == ErrorKind::missing_capability)
            << error.what();
        ++refused;
      }
      EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    }
  }
  EXPECT_GT(refused, 40);
}

}  // namespace
}  // namespace atelier::film
