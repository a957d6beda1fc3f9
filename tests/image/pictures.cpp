// SPDX-License-Identifier: Apache-2.0
#include "pictures.hpp"

#include <fstream>
#include <iterator>

#include "image/resample.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {

InFolder::InFolder() {
  start_vips();
}

Image pattern(Size size, int bits, bool alpha) {
  Image image = blank(size, alpha, bits);
  const int top = bits == 8 ? 255 : 65535;
  const auto value = [top](std::size_t i) {
    return static_cast<float>(i * 7919 % (static_cast<std::size_t>(top) + 1)) /
           static_cast<float>(top);
  };
  for (std::size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = value(i);
  for (std::size_t i = 0; i < image.alpha.size(); ++i) image.alpha[i] = value(i + 3);
  return image;
}

vips::VImage flat(Size size, const std::vector<double>& values, VipsBandFormat format,
                  VipsInterpretation interpretation) {
  const std::vector<double> ones(values.size(), 1.0);
  return vips::VImage::black(size.width, size.height,
                             vips::VImage::option()->set("bands", static_cast<int>(values.size())))
      .linear(ones, values)
      .cast(format)
      .copy(vips::VImage::option()->set("interpretation", interpretation));
}

vips::VImage tagged(const vips::VImage& image, const char* profile) {
  VipsBlob* blob = nullptr;
  if (vips_profile_load(profile, &blob, nullptr) != 0) throw vips::VError();
  vips::VImage result = image.copy();
  size_t size = 0;
  const void* data = vips_blob_get(blob, &size);
  vips_image_set_blob_copy(result.get_image(), VIPS_META_ICC_NAME, data, size);
  vips_area_unref(VIPS_AREA(blob));
  return result;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string png_head(std::uint32_t width, std::uint32_t height, std::string_view rest) {
  const auto number = [](std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
    return bytes;
  };
  std::string body = "IHDR";
  body += number(width);
  body += number(height);
  body +=
      std::string("\x08\x02\x00\x00\x00", 5);  // 8 bit, RGB, deflate, adaptive filter, no interlace
  std::uint32_t crc = 0xffffffffU;
  for (const char c : body) {
    crc ^= static_cast<unsigned char>(c);
    for (int k = 0; k < 8; ++k) crc = crc & 1 ? 0xedb88320U ^ crc >> 1 : crc >> 1;
  }
  std::string png = "\x89PNG\r\n\x1a\n";
  png += number(13);
  png += body;
  png += number(~crc);
  png += rest;
  return png;
}

}  // namespace atelier::image
