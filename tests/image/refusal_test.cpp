// SPDX-License-Identifier: Apache-2.0
// Each file that is not a good picture ends in one sentence: what it is, and what to do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "atelier/base/random.hpp"
#include "atelier/image/file.hpp"
#include "pictures.hpp"

namespace atelier::image {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Refused = InFolder;

/// load(), probe() and read_recipe() refuse alike; the sentence names the path and says `words`.
void expect_refused(const std::filesystem::path& path, std::initializer_list<const char*> words) {
  for (const int call : {0, 1, 2}) {
    const Refusal error = refusal([&] {
      if (call == 0) (void)load(path);
      if (call == 1) (void)probe(path);
      if (call == 2) (void)read_recipe(path);
    });
    EXPECT_EQ(error.kind, ErrorKind::bad_input) << error.message;
    EXPECT_THAT(error.message, HasSubstr(path.string()));
    for (const char* word : words) EXPECT_THAT(error.message, HasSubstr(word));
    EXPECT_EQ(std::count(error.message.begin(), error.message.end(), '\n'), 0);
    EXPECT_EQ(error.message.back(), '.');
  }
}

TEST_F(Refused, WhatIsNoFile) {
  expect_refused(in_folder("none.png"), {"does not exist"});
  expect_refused(folder_.path(), {"is a folder"});
  write_bytes(in_folder("empty.png"), "");
  expect_refused(in_folder("empty.png"), {"is empty"});
  ASSERT_EQ(::mkfifo(in_folder("pipe.png").c_str(), 0600), 0);
  expect_refused(in_folder("pipe.png"), {"is not a file"});
  expect_refused("/dev/null", {"is not a file"});
  expect_refused(in_folder(std::string(5000, 'x')), {"cannot be reached"});
  std::filesystem::create_symlink(in_folder("b"), in_folder("a"));
  std::filesystem::create_symlink(in_folder("a"), in_folder("b"));
  expect_refused(in_folder("a"), {"cannot be reached"});
}

TEST_F(Refused, WhatMayNotBeRead) {
  save(pattern({20, 20}, 8, false), in_folder("secret.png"));
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
  std::filesystem::permissions(in_folder("secret.png"), std::filesystem::perms::none);
  constexpr uid_t nobody = 65534;
  const bool root = ::geteuid() == 0;
  if (root) {
    ASSERT_EQ(::seteuid(nobody), 0);
  }
  expect_refused(in_folder("secret.png"), {"cannot be read", "permissions"});
  if (root) {
    ASSERT_EQ(::seteuid(0), 0);
  }
}

TEST_F(Refused, OtherKindsOfFile) {
  const std::pair<std::string, const char*> others[] = {{"GIF89a\x01\x00\x01\x00", "a GIF picture"},
                                                        {"BM\x01\x02\x03\x04", "a BMP picture"},
                                                        {"%PDF-1.7\n", "a PDF document"},
                                                        {"<svg xmlns='x'/>", "an SVG drawing"},
                                                        {"Dear diary,\n", "text"},
                                                        {"\x01\x02\x03\x04", "of an unknown type"},
                                                        {std::string("\0\0\0\x1c"
                                                                     "ftypheic",
                                                                     12),
                                                         "a HEIC picture"}};
  for (const auto& [bytes, name] : others) {
    write_bytes(in_folder("a.png"), bytes);
    expect_refused(in_folder("a.png"), {name, "PNG, JPEG, TIFF or WebP"});
  }
}

TEST_F(Refused, Animations) {
  const std::string animation(
      "\0\0\0\x08"
      "acTL"
      "\0\0\0\x05"
      "\0\0\0\0"
      "\0\0\0\0",
      20);
  write_bytes(in_folder("a.png"), png_head(32, 32, animation));
  expect_refused(in_folder("a.png"), {"animated PNG of 5 frames"});
  vips::VImage film =
      flat({32, 96}, {9, 9, 9}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB)
          .insert(flat({32, 32}, {200, 9, 9}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB), 0, 32)
          .copy();
  film.set("page-height", 32);
  film.webpsave(in_folder("a.webp").c_str());
  expect_refused(in_folder("a.webp"), {"animated WebP of 3 frames"});
}

TEST_F(Refused, AbsurdSizes) {
  write_bytes(in_folder("a.png"), png_head(70000, 70000));
  expect_refused(in_folder("a.png"), {"70000 x 70000 px", "4295 million"});
  write_bytes(in_folder("b.png"), png_head(0x7fffffff, 0x7fffffff));
  expect_refused(in_folder("b.png"), {"2147483647 x 2147483647 px"});
  write_bytes(in_folder("c.png"), png_head(0, 20));
  expect_refused(in_folder("c.png"), {"damaged or cut short"});

  // An uncompressed grey TIFF of 100,000 x 100,000 px that holds nothing.
  std::string tiff("II*\0\x08\0\0\0\x08\0", 10);
  const auto entry = [&](int tag, int type, std::uint32_t value) {
    for (const std::uint32_t half : {static_cast<std::uint32_t>(tag | type << 16), 1U, value}) {
      for (int shift = 0; shift < 32; shift += 8) tiff += static_cast<char>(half >> shift & 0xff);
    }
  };
  entry(256, 4, 100000);
  entry(257, 4, 100000);
  entry(258, 3, 8);
  entry(259, 3, 1);
  entry(262, 3, 1);
  entry(273, 4, 8);
  entry(278, 4, 1);
  entry(279, 4, 100000);
  tiff += std::string(4, '\0');
  write_bytes(in_folder("d.tif"), tiff);
  expect_refused(in_folder("d.tif"), {"100000 x 100000 px"});
}

TEST_F(Refused, LargePicturesThatDoNotFitIntoMemoryAsTheyAre) {
  write_bytes(in_folder("a.png"), png_head(30000, 30000,
                                           std::string("\0\0\x10\0"
                                                       "IDAT\x78\x9c",
                                                       10)));
  EXPECT_EQ(probe(in_folder("a.png")).size, (Size{30000, 30000}));
  const Refusal whole = refusal([&] { (void)load(in_folder("a.png")); });
  EXPECT_EQ(whole.kind, ErrorKind::bad_input);
  EXPECT_THAT(whole.message, AllOf(HasSubstr("30000 x 30000 px"), HasSubstr("smaller size")));
  const Refusal small = refusal([&] { (void)load(in_folder("a.png"), {.long_edge = 64}); });
  EXPECT_EQ(small.kind, ErrorKind::bad_input);
  EXPECT_THAT(small.message, HasSubstr("damaged or cut short"));

  // A progressive JPEG that declares 65,500 x 65,500 px would take 25 GB to decode.
  flat({64, 64}, {9, 9, 9}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_sRGB)
      .jpegsave(in_folder("b.jpg").c_str(), vips::VImage::option()->set("interlace", true));
  std::string jpeg = bytes_of(in_folder("b.jpg"));
  const auto frame = jpeg.find(std::string("\xff\xc2\x00\x11\x08", 5));
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xff\xdc\xff\xdc");
  write_bytes(in_folder("b.jpg"), jpeg);
  const Refusal progressive = refusal([&] { (void)load(in_folder("b.jpg"), {.long_edge = 64}); });
  EXPECT_EQ(progressive.kind, ErrorKind::bad_input);
  EXPECT_THAT(progressive.message, HasSubstr("progressively"));
}

TEST_F(Refused, WhatIsTooSmall) {
  save(pattern({1, 1}, 8, false), in_folder("a.png"));
  const Refusal tiny = refusal([&] { (void)load(in_folder("a.png")); });
  EXPECT_EQ(tiny.kind, ErrorKind::bad_input);
  EXPECT_THAT(tiny.message, AllOf(HasSubstr("1 x 1 px"), HasSubstr("at least 16 px")));
  EXPECT_EQ(load(in_folder("a.png"), {.min_edge = 1}).width, 1);
  save(pattern({200, 20}, 8, false), in_folder("b.png"));
  EXPECT_EQ(load(in_folder("b.png")).height, 20);
  const Refusal thin = refusal([&] { (void)load(in_folder("b.png"), {.long_edge = 100}); });
  EXPECT_THAT(thin.message, AllOf(HasSubstr("200 x 20 px"), HasSubstr("10 px after resizing")));
  EXPECT_EQ(load(in_folder("a.png"), {.long_edge = 32}).width, 32)
      << "what counts is the size in use";
}

TEST_F(Refused, OptionsOutOfRange) {
  save(pattern({20, 20}, 8, false), in_folder("a.png"));
  EXPECT_EQ(refusal([&] { (void)load(in_folder("a.png"), {.long_edge = -1}); }).kind,
            ErrorKind::invalid_argument);
}

/// What cannot be packed, so that nearly the whole file is pixels.
Image noise() {
  RandomStream random(3, "refusals");
  Image image = pattern({90, 70}, 8, false);
  for (float& value : image.rgb) value = static_cast<float>(random.uniform());
  return image;
}

TEST_F(Refused, CutShortAnywhere) {
  const Image image = noise();
  for (const char* name : {"a.png", "a.jpg", "a.tif", "a.webp"}) {
    save(image, in_folder(name));
    const std::string whole = bytes_of(in_folder(name));
    for (const double part : {0.01, 0.1, 0.3, 0.5, 0.7}) {
      const std::string cut =
          whole.substr(0, std::max<std::size_t>(16, static_cast<std::size_t>(whole.size() * part)));
      write_bytes(in_folder(std::string("cut-") + name), cut);
      for (const int edge : {0, 20}) {
        const Refusal error = refusal([&] {
          (void)load(in_folder(std::string("cut-") + name), {.long_edge = edge, .min_edge = 1});
        });
        EXPECT_EQ(error.kind, ErrorKind::bad_input) << name << " " << part;
        EXPECT_THAT(error.message, HasSubstr("damaged or cut short")) << name << " " << part;
      }
    }
  }
}

TEST_F(Refused, DamagedInTheMiddle) {
  const Image image = noise();
  for (const char* name : {"a.png", "a.jpg", "a.tif"}) {  // WebP has no check sums
    save(image, in_folder(name));
    std::string bytes = bytes_of(in_folder(name));
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), 40, '\xff');
    write_bytes(in_folder(name), bytes);
    const Refusal error = refusal([&] { (void)load(in_folder(name)); });
    EXPECT_EQ(error.kind, ErrorKind::bad_input) << name;
    EXPECT_THAT(error.message, HasSubstr("damaged")) << name;
  }
}

TEST_F(Refused, SamplesThatAreNoPicture) {
  flat({32, 32}, {0.5, 0.5, 0.5}, VIPS_FORMAT_FLOAT, VIPS_INTERPRETATION_sRGB)
      .tiffsave(in_folder("float.tif").c_str());
  expect_refused(in_folder("float.tif"), {"float", "8 or 16 bits"});
  flat({32, 32}, {1, 2, 3, 4, 5, 6}, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_MULTIBAND)
      .tiffsave(in_folder("six.tif").c_str());
  expect_refused(in_folder("six.tif"), {"6 channels"});
}

TEST_F(Refused, NotAJpegWithBytesBeforeAMarker) {
  save(pattern({64, 64}, 8, false), in_folder("a.jpg"));
  const Image expected = load(in_folder("a.jpg"));
  std::string bytes = bytes_of(in_folder("a.jpg"));
  const auto frame = bytes.find(std::string("\xff\xc0", 2));
  ASSERT_NE(frame, std::string::npos);
  bytes.insert(frame, std::string(4, '\0'));  // some cameras pad like this; no pixel is hurt
  write_bytes(in_folder("b.jpg"), bytes);
  EXPECT_EQ(load(in_folder("b.jpg")).rgb, expected.rgb);
}

}  // namespace
}  // namespace atelier::image
