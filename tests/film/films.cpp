// SPDX-License-Identifier: Apache-2.0
#include "films.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <numbers>

namespace atelier::film {

image::Image flat(image::Size size, float r, float g, float b) {
  image::Image image{.width = size.width, .height = size.height, .rgb = {}, .alpha = {}};
  for (std::size_t i = 0; i < image.pixels(); ++i) image.rgb.insert(image.rgb.end(), {r, g, b});
  return image;
}

image::Image scene(int frame, image::Size size) {
  image::Image image = flat(size, 0, 0, 0);
  const auto whole = [](double v) {
    return static_cast<float>(std::lround(std::clamp(v, 0.0, 1.0) * 255)) / 255;
  };
  const double radius = size.height / 4.0, cx = radius + 3.0 * frame, cy = size.height / 2.0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double inside = std::clamp((radius - std::hypot(x - cx, y - cy)) / 3 + 0.5, 0.0, 1.0);
      const double u = static_cast<double>(x) / size.width,
                   v = static_cast<double>(y) / size.height;
      float* rgb = image.rgb.data() + (static_cast<std::size_t>(y) * size.width + x) * 3;
      rgb[0] = whole((0.2 + 0.5 * u) * (1 - inside) + 0.9 * inside);
      rgb[1] = whole((0.3 + 0.4 * v) * (1 - inside) + 0.5 * inside);
      rgb[2] = whole((0.8 - 0.5 * u) * (1 - inside) + 0.1 * inside);
    }
  }
  return image;
}

void write_scenes(const std::filesystem::path& path, int frames, WriteOptions options) {
  FilmWriter writer(path, options);
  for (int k = 0; k < frames; ++k) writer.add(scene(k, options.size));
  writer.finish();
}

std::vector<Frame> read_all(const std::filesystem::path& path, const ReadOptions& options) {
  FilmReader reader(path, options);
  std::vector<Frame> frames;
  while (auto frame = reader.next()) frames.push_back(std::move(*frame));
  return frames;
}

Difference difference(const image::Image& a, const image::Image& b) {
  EXPECT_EQ(a.width, b.width);
  EXPECT_EQ(a.height, b.height);
  if (a.rgb.size() != b.rgb.size()) return {255, 255};
  Difference result;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) {
    const double d = std::abs(a.rgb[i] - b.rgb[i]) * 255;
    result.mean += d;
    result.most = std::max(result.most, d);
  }
  result.mean /= static_cast<double>(a.rgb.size());
  return result;
}

bool can_write(const std::string& suffix, const std::string& codec) {
  TemporaryFolder folder;
  WriteOptions options{.size = {64, 64}};
  options.encode.codec = codec;
  try {
    check_film_output(folder.path() / ("a" + suffix), options);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::missing_capability) << error.what();
    return false;
  }
  return true;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string tone(double seconds, int rate, int channels) {
  const auto little = [](std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text.push_back(static_cast<char>(value >> (8 * i)));
    return text;
  };
  std::string samples;
  for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
    const auto value = static_cast<std::int16_t>(
        std::lround(8000 * std::sin(2 * std::numbers::pi * 440 * i / rate)));
    for (int c = 0; c < channels; ++c) samples += little(static_cast<std::uint16_t>(value), 2);
  }
  const auto size = static_cast<std::uint32_t>(samples.size());
  return "RIFF" + little(36 + size, 4) + "WAVEfmt " + little(16, 4) + little(1, 2) +
         little(channels, 2) + little(rate, 4) + little(rate * channels * 2, 4) +
         little(channels * 2, 2) + little(16, 2) + "data" + little(size, 4) + samples;
}

std::string y4m(image::Size size, std::string_view words, const std::vector<std::string>& frames) {
  std::string text = "YUV4MPEG2 W" + std::to_string(size.width) + " H" +
                     std::to_string(size.height) + " " + std::string(words) + "\n";
  for (const std::string& frame : frames) text += "FRAME\n" + frame;
  return text;
}

}  // namespace atelier::film
