// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <limits>

#include "atelier/image/file.hpp"
#include "pictures.hpp"

namespace atelier::image {
namespace {

using testing::HasSubstr;
using Save = InFolder;
constexpr const char* names[] = {"a.png", "a.jpg", "a.tif", "a.webp"};

Image constant(Size size, float value, float alpha) {
  Image image = pattern(size, 8, true);
  std::fill(image.rgb.begin(), image.rgb.end(), value);
  std::fill(image.alpha.begin(), image.alpha.end(), alpha);
  return image;
}

TEST_F(Save, GivesTheSameBytesTwice) {
  const Image image = pattern({100, 70}, 8, false);
  for (const char* name : names) {
    save(image, in_folder(name), {.recipe = R"({"seed": 1})"});
    const std::string once = bytes_of(in_folder(name));
    save(image, in_folder(name), {.recipe = R"({"seed": 1})"});
    EXPECT_EQ(bytes_of(in_folder(name)), once) << name;
  }
}

TEST_F(Save, TagsEveryFormatWithSrgb) {
  for (const char* name : names) {
    save(pattern({32, 32}, 8, false), in_folder(name));
    EXPECT_EQ(vips::VImage::new_from_file(in_folder(name).c_str()).get_typeof(VIPS_META_ICC_NAME),
              VIPS_TYPE_BLOB)
        << name;
  }
}

TEST_F(Save, DepthGoesByRequestThenByTheImage) {
  const Image wide = pattern({32, 32}, 16, false);
  for (const char* name : {"a.png", "a.tif"}) {
    save(wide, in_folder(name));
    EXPECT_EQ(probe(in_folder(name)).bits, 16);
    save(wide, in_folder(name), {.bits = 8});
    EXPECT_EQ(probe(in_folder(name)).bits, 8);
    save(pattern({32, 32}, 8, false), in_folder(name), {.bits = 16});
    EXPECT_EQ(probe(in_folder(name)).bits, 16);
  }
  for (const char* name : {"a.jpg", "a.webp"}) {
    save(wide, in_folder(name), {.bits = 16});
    EXPECT_EQ(probe(in_folder(name)).bits, 8);
  }
}

TEST_F(Save, RoundsToNearestAndClips) {
  Image image = pattern({16, 16}, 8, false);
  std::fill(image.rgb.begin(), image.rgb.end(), 0.0F);
  const std::pair<float, int> values[] = {{-3.0F, 0},  {0.49F / 255, 0},    {0.51F / 255, 1},
                                          {1.0F, 255}, {254.6F / 255, 255}, {17.0F, 255}};
  for (std::size_t i = 0; i < std::size(values); ++i) image.rgb[i] = values[i].first;
  save(image, in_folder("a.png"));
  const Image again = load(in_folder("a.png"));
  for (std::size_t i = 0; i < std::size(values); ++i) {
    EXPECT_EQ(std::lround(again.rgb[i] * 255), values[i].second) << values[i].first;
  }
}

TEST_F(Save, JpegLaysAlphaOnWhite) {
  const std::pair<float, double> covers[] = {{0.0F, 1.0}, {1.0F, 0.2}, {0.5F, 0.6}};
  for (const auto& [alpha, seen] : covers) {
    save(constant({32, 32}, 0.2F, alpha), in_folder("a.jpg"), {.quality = 100});
    const Image again = load(in_folder("a.jpg"));
    EXPECT_TRUE(again.alpha.empty());
    EXPECT_NEAR(again.rgb[0], seen, 1.0 / 255);
  }
}

TEST_F(Save, WebpKeepsAlpha) {
  save(constant({32, 32}, 0.2F, 0.4F), in_folder("a.webp"));
  const Image again = load(in_folder("a.webp"));
  ASSERT_EQ(again.alpha.size(), again.pixels());
  EXPECT_NEAR(again.alpha[0], 0.4, 1.0 / 255);
}

TEST_F(Save, JpegKeepsColourAtFullResolutionFromQuality90) {
  const auto sampling = [&](int quality) {
    save(pattern({64, 64}, 8, false), in_folder("a.jpg"), {.quality = quality});
    const std::string bytes = bytes_of(in_folder("a.jpg"));
    return bytes.at(bytes.find(std::string("\xff\xc0\x00\x11\x08", 5)) + 11);
  };
  EXPECT_EQ(sampling(90), 0x11);
  EXPECT_EQ(sampling(89), 0x22);
}

TEST_F(Save, QuickPngHoldsTheSamePicture) {
  const Image image = pattern({200, 150}, 8, true);
  save(image, in_folder("a.png"));
  save(image, in_folder("b.png"), {.quick = true});
  EXPECT_NE(bytes_of(in_folder("a.png")), bytes_of(in_folder("b.png")));
  EXPECT_EQ(load(in_folder("a.png")).rgb, load(in_folder("b.png")).rgb);
  EXPECT_EQ(load(in_folder("a.png")).alpha, load(in_folder("b.png")).alpha);
}

TEST_F(Save, OptionsOutOfRangeAreRefused) {
  const Image image = pattern({32, 32}, 8, false);
  for (const SaveOptions& options :
       {SaveOptions{.bits = 12}, SaveOptions{.quality = 0}, SaveOptions{.quality = 101}}) {
    EXPECT_EQ(refusal([&] { save(image, in_folder("a.png"), options); }).kind,
              ErrorKind::invalid_argument);
  }
}

TEST_F(Save, PicturesThatAreNoneAreRefused) {
  Image holed = pattern({32, 32}, 8, false);
  holed.rgb[100] = std::numeric_limits<float>::quiet_NaN();
  Image lacking = pattern({32, 32}, 8, false);
  lacking.rgb.pop_back();
  const Image wide = pattern({70000, 1}, 8, false);
  for (const Image& image : {Image{}, holed, lacking}) {
    EXPECT_EQ(refusal([&] { save(image, in_folder("a.png")); }).kind, ErrorKind::invalid_argument);
  }
  for (const char* name : {"a.jpg", "a.webp"}) {
    const Refusal error = refusal([&] { save(wide, in_folder(name)); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(error.message, HasSubstr("PNG or TIFF"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << "nothing is left behind";
}

TEST_F(Save, AFullDiskLeavesTheOldFile) {
  const Image before = pattern({64, 64}, 8, false);
  const Image after = pattern({300, 300}, 16, false);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  for (const char* name : names) {
    save(before, in_folder(name));
    const std::string kept = bytes_of(in_folder(name));
    const rlimit full{4096, old.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
    Refusal error;
    try {
      save(after, in_folder(name));
    } catch (const Error& e) {
      error = {e.kind(), e.what()};
    }
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);
    EXPECT_EQ(error.kind, ErrorKind::io) << name << error.message;
    EXPECT_THAT(error.message, HasSubstr("cannot be written"));
    EXPECT_EQ(bytes_of(in_folder(name)), kept) << name;
  }
  const auto files = std::distance(std::filesystem::directory_iterator(folder_.path()), {});
  EXPECT_EQ(files, 4) << "nothing is left behind";
}

TEST_F(Save, OutputsAreCheckedBeforeAnyWork) {
  for (const char* name : {"a.png", "a.PNG", "a.jpg", "a.Jpeg", "a.tif", "a.tiff", "a.webp"}) {
    EXPECT_NO_THROW(check_output(in_folder(name)));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << "a check leaves nothing behind";
  for (const char* name : {"a.gif", "a", "a.png.bak", ".png", ""}) {
    const Refusal error = refusal([&] { check_output(in_folder(name)); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument) << name;
    EXPECT_THAT(error.message, HasSubstr(".webp"));
  }
  EXPECT_EQ(refusal([] { check_output(""); }).kind, ErrorKind::invalid_argument);
  std::filesystem::create_directory(in_folder("folder.png"));
  EXPECT_EQ(refusal([&] { check_output(in_folder("folder.png")); }).kind,
            ErrorKind::invalid_argument);
  const Refusal missing = refusal([&] { check_output(in_folder("none/a.png")); });
  EXPECT_EQ(missing.kind, ErrorKind::io);
  EXPECT_THAT(missing.message, HasSubstr("does not exist"));
  write_bytes(in_folder("file"), "x");
  EXPECT_EQ(refusal([&] { check_output(in_folder("file/a.png")); }).kind, ErrorKind::io);
  EXPECT_EQ(refusal([] { check_output("/proc/a.png"); }).kind, ErrorKind::io);
  std::filesystem::create_symlink("/dev/full", in_folder("full.png"));
  EXPECT_EQ(refusal([&] { check_output(in_folder("full.png")); }).kind, ErrorKind::io);
  EXPECT_EQ(refusal([&] {
              save(pattern({32, 32}, 8, false), in_folder("full.png"));
            }).kind,
            ErrorKind::io);
}

TEST_F(Save, WorksWithoutAFolderInThePath) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  EXPECT_NO_THROW(save(pattern({32, 32}, 8, false), "here.png"));
  EXPECT_TRUE(std::filesystem::exists("here.png"));
  std::filesystem::current_path(before);
}

}  // namespace
}  // namespace atelier::image
