// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/rows.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <limits>

#include "atelier/base/random.hpp"
#include "image/resample.hpp"
#include "pictures.hpp"

namespace atelier::image {
namespace {

using RowStreams = InFolder;

/// Read in pieces of unequal height.
Image read_in_pieces(const std::filesystem::path& path, const LoadOptions& options = {}) {
  RowReader reader(path, options);
  Image whole = blank(reader.size(), reader.alpha(), reader.bits());
  int at = 0;
  for (int piece = 1; at < whole.height; piece = piece % 40 + 7) {
    const int count = std::min(piece, whole.height - at);
    reader.read(whole, at, count);
    at += count;
  }
  return whole;
}

/// What no encoder makes small.
Image noise(Size size) {
  RandomStream random(7, "rows");
  Image image = blank(size, false, 8);
  for (float& value : image.rgb) value = static_cast<float>(random.uniform());
  return image;
}

void expect_same(const Image& a, const Image& b, const std::string& name) {
  EXPECT_EQ(a.width, b.width) << name;
  EXPECT_EQ(a.height, b.height) << name;
  EXPECT_EQ(a.bits, b.bits) << name;
  EXPECT_EQ(a.rgb, b.rgb) << name;
  EXPECT_EQ(a.alpha, b.alpha) << name;
}

/// Rows `first` to `end` of a picture.
Image part(const Image& whole, int first, int end) {
  Image rows = blank({whole.width, end - first}, !whole.alpha.empty(), whole.bits);
  std::vector<float> row(static_cast<std::size_t>(whole.width) * 4);
  for (int y = first; y < end; ++y) {
    fetch_row(whole, y, row.data());
    store_row(rows, y - first, row.data());
  }
  return rows;
}

TEST_F(RowStreams, AreThoseOfTheLoadedPicture) {
  save(pattern({67, 141}, 8, true), in_folder("alpha.png"));
  save(pattern({67, 141}, 16, true), in_folder("deep.tif"));
  save(pattern({67, 141}, 8, false), in_folder("a.webp"));
  const auto colour = vips::VImage::new_from_file(in_folder("a.webp").c_str());
  colour.colourspace(VIPS_INTERPRETATION_B_W).jpegsave(in_folder("grey.jpg").c_str());
  colour.jpegsave(in_folder("slow.jpg").c_str(), vips::VImage::option()->set("interlace", true));
  colour.icc_export(vips::VImage::option()->set("output_profile", "cmyk"))
      .tiffsave(in_folder("cmyk.tif").c_str());
  tagged(colour, "p3").pngsave(in_folder("p3.png").c_str());
  colour.tiffsave(in_folder("tiled.tif").c_str(),
                  vips::VImage::option()->set("tile", true)->set("bigtiff", true));
  for (const char* name : {"alpha.png", "deep.tif", "a.webp", "grey.jpg", "slow.jpg", "cmyk.tif",
                           "p3.png", "tiled.tif"}) {
    for (const int edge : {0, 33, 200}) {
      const LoadOptions options{.long_edge = edge, .min_edge = 1};
      expect_same(read_in_pieces(in_folder(name), options), load(in_folder(name), options), name);
    }
  }
}

TEST_F(RowStreams, AreUpright) {
  save(pattern({150, 77}, 8, true), in_folder("plain.tif"));
  for (int orientation = 1; orientation <= 8; ++orientation) {
    vips::VImage turned = vips::VImage::new_from_file(in_folder("plain.tif").c_str()).copy();
    turned.set("orientation", orientation);
    turned.tiffsave(in_folder("turned.tif").c_str());
    for (const int edge : {0, 60}) {
      const LoadOptions options{.long_edge = edge};
      expect_same(read_in_pieces(in_folder("turned.tif"), options),
                  load(in_folder("turned.tif"), options), std::to_string(orientation));
    }
  }
}

TEST_F(RowStreams, ResizeAsThePictureDoes) {
  const Image picture = pattern({90, 61}, 16, true);
  for (const Size to : {Size{90, 61}, Size{31, 20}, Size{100, 80}}) {
    RowResizer resizer({90, 61}, to, true, 16);
    for (int y = 0; y < 61; y += 11) resizer.add(part(picture, y, std::min(61, y + 11)));
    expect_same(resizer.finish(), resize(picture, to), std::to_string(to.width));
  }
  EXPECT_THROW(RowResizer({0, 4}, {2, 2}, false, 8), Error);
}

TEST_F(RowStreams, DamageIsToldAsLoadingTellsIt) {
  const Image image = noise({300, 400});
  for (const char* name : {"a.png", "a.jpg", "a.tif", "a.webp"}) {
    save(image, in_folder(name));
    const std::string bytes = bytes_of(in_folder(name));
    for (const double share : {0.01, 0.5, 0.95}) {
      write_bytes(
          in_folder(name),
          bytes.substr(0, static_cast<std::size_t>(share * static_cast<double>(bytes.size()))));
      const Refusal refused = refusal([&] { static_cast<void>(read_in_pieces(in_folder(name))); });
      const Refusal loaded = refusal([&] { static_cast<void>(load(in_folder(name))); });
      EXPECT_EQ(refused.kind, ErrorKind::bad_input) << name << share;
      EXPECT_EQ(refused.message, loaded.message);
      EXPECT_NE(refused.message.find("damaged or cut short"), std::string::npos);
    }
  }
}

TEST_F(RowStreams, ReadOnPastHarmlessWarnings) {
  save(pattern({300, 400}, 8, false), in_folder("a.jpg"));
  std::string bytes = bytes_of(in_folder("a.jpg"));
  bytes.insert(bytes.size() - 2, "extra");  // before the end's mark
  write_bytes(in_folder("b.jpg"), bytes);
  expect_same(read_in_pieces(in_folder("b.jpg")), load(in_folder("b.jpg")), "b.jpg");
  save(pattern({300, 400}, 8, false), in_folder("c.png"));
  write_bytes(in_folder("c.png"), bytes_of(in_folder("c.png")).substr(0, 2000));
  const Refusal refused = refusal([&] { static_cast<void>(load(in_folder("c.png"))); });
  EXPECT_EQ(refused.message.find("JPEG"), std::string::npos) << refused.message;
}

TEST_F(RowStreams, WriteTheSameFileAsSave) {
  for (const bool alpha : {false, true}) {
    for (const int bits : {8, 16}) {
      const Image image = pattern({61, 333}, bits, alpha);
      const SaveOptions options{.recipe = R"({"a": "ä"})"};
      for (const char* name : {"a.png", "a.jpg", "a.tif", "a.webp"}) {
        save(image, in_folder(name), options);
        const auto streamed = in_folder(std::string("streamed_") + name);
        RowWriter writer(streamed, {61, 333}, alpha, bits, options);
        for (int y = 0, rows = 1; y < 333; y += rows, rows = rows % 90 + 13) {
          writer.write(part(image, y, std::min(333, y + rows)));
        }
        writer.finish();
        EXPECT_EQ(bytes_of(in_folder(name)), bytes_of(streamed)) << name << bits << alpha;
        EXPECT_EQ(read_recipe(streamed), options.recipe) << name;
      }
    }
  }
}

TEST_F(RowStreams, NothingIsLeftWithoutFinish) {
  save(pattern({20, 20}, 8, false), in_folder("a.png"));
  const std::string before = bytes_of(in_folder("a.png"));
  {
    RowWriter writer(in_folder("a.png"), {64, 4000}, false, 8);
    for (int i = 0; i < 10; ++i) writer.write(pattern({64, 100}, 8, false));
  }
  { const RowWriter unused(in_folder("b.tif"), {64, 64}, false, 8); }
  EXPECT_EQ(bytes_of(in_folder("a.png")), before);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(RowStreams, WaitingOnesDoNotGrowWithThePicture) {
  for (const char* name : {"a.png", "a.tif", "a.jpg"}) {
    const Image strip = pattern({256, 32}, 8, false);
    const std::size_t bytes = strip.rgb.size();
    RowWriter writer(in_folder(name), {256, 32 * 300}, false, 8);
    std::size_t most = 0;
    for (int i = 0; i < 300; ++i) {
      writer.write(strip);
      most = std::max(most, writer.waiting_bytes());
    }
    writer.finish();
    // libvips looks a buffer or two of rows ahead.
    EXPECT_LE(most, 40 * bytes) << name;
    EXPECT_EQ(writer.waiting_bytes(), 0) << name;
  }
}

TEST_F(RowStreams, AFullDiskIsOneSentence) {
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 100000;
  const Image strip = noise({512, 64});
  for (const char* name : {"a.png", "a.tif", "a.jpg", "a.webp"}) {
    ::setrlimit(RLIMIT_FSIZE, &small);
    const Refusal refused = refusal([&] {
      RowWriter writer(in_folder(name), {512, 64 * 30}, false, 8);
      for (int i = 0; i < 30; ++i) writer.write(strip);
      writer.finish();
    });
    ::setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(refused.kind, ErrorKind::io) << name << refused.message;
    EXPECT_NE(refused.message.find("File too large"), std::string::npos) << refused.message;
  }
  std::signal(SIGXFSZ, handler);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(RowStreams, RefuseWhatCannotBeWritten) {
  const auto kind_of = [&](auto&& call) { return refusal(call).kind; };
  EXPECT_EQ(kind_of([&] { RowWriter(in_folder("no/a.png"), {9, 9}, false, 8); }), ErrorKind::io);
  EXPECT_EQ(kind_of([&] {
              RowWriter(in_folder("a.gif"), {9, 9}, false, 8);
            }),
            ErrorKind::invalid_argument);
  EXPECT_EQ(kind_of([&] {
              RowWriter(in_folder("a.jpg"), {70000, 9}, false, 8);
            }),
            ErrorKind::invalid_argument);
  EXPECT_EQ(kind_of([&] {
              RowWriter writer(in_folder("a.png"), {8, 8}, false, 8);
              Image strip = pattern({8, 8}, 8, false);
              strip.rgb[5] = std::numeric_limits<float>::quiet_NaN();
              writer.write(strip);
            }),
            ErrorKind::invalid_argument);
}

}  // namespace
}  // namespace atelier::image
