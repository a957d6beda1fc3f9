// SPDX-License-Identifier: Apache-2.0
// Bytes changed at random: opening ends in a picture or in an Error, never otherwise. Sanitizer
// builds make this count; fuzz_image.cpp goes further.
#include <gtest/gtest.h>

#include "atelier/base/random.hpp"
#include "atelier/image/file.hpp"
#include "pictures.hpp"

namespace atelier::image {
namespace {

using Hostile = InFolder;

TEST_F(Hostile, ChangedBytesAreSurvived) {
  RandomStream random(7, "hostile");
  const Image image = pattern({40, 30}, 8, true);
  int refused = 0;
  for (const char* name : {"a.png", "a.jpg", "a.tif", "a.webp"}) {
    save(image, in_folder(name), {.recipe = R"({"a": 1})"});
    const std::string whole = bytes_of(in_folder(name));
    for (int round = 0; round < 150; ++round) {
      std::string bytes = whole;
      // Heads first: they decide what is allocated.
      const std::size_t reach = round % 2 ? bytes.size() : std::min<std::size_t>(bytes.size(), 300);
      for (int i = 0; i < 1 + round % 5; ++i) {
        bytes[random.next() % reach] = static_cast<char>(random.next());
      }
      if (round % 7 == 0) bytes.resize(random.next() % bytes.size());
      write_bytes(in_folder("changed"), bytes);
      testing::internal::CaptureStderr();
      try {
        if (probe(in_folder("changed")).size.width < 3000) {
          (void)read_recipe(in_folder("changed"));
          (void)load(in_folder("changed"), {.long_edge = 32, .min_edge = 1});
        }
      } catch (const Error& error) {
        EXPECT_TRUE(error.kind() == ErrorKind::bad_input ||
                    error.kind() == ErrorKind::out_of_memory);
        ++refused;
      }
      EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    }
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace atelier::image
