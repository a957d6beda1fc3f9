// SPDX-License-Identifier: Apache-2.0
#include "image/colour.hpp"

#include <algorithm>
#include <string_view>

#include "atelier/base/error.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {
namespace {

bool is_lab(const vips::VImage& image) {
  return image.interpretation() == VIPS_INTERPRETATION_LAB ||
         image.interpretation() == VIPS_INTERPRETATION_LABS;
}

vips::VOption* perceived() {
  return vips::VImage::option()
      ->set("depth", 16)
      ->set("intent", VIPS_INTENT_RELATIVE)
      ->set("black_point_compensation", true);
}

/// Whether the embedded profile says how to read `colours` channels, and says more than "sRGB".
bool profile_counts(const vips::VImage& image, int colours) {
  if (image.get_typeof(VIPS_META_ICC_NAME) != VIPS_TYPE_BLOB) return false;
  size_t size = 0;
  const void* data = image.get_blob(VIPS_META_ICC_NAME, &size);
  const std::string_view profile(static_cast<const char*>(data), size);
  if (profile.size() < 128 || profile == srgb_profile()) return false;
  // ICC.1:2010 7.2.6: the colour space of the data stands at byte 16.
  const std::string_view space = profile.substr(16, 4);
  const std::string_view expected = colours == 1 ? "GRAY" : colours == 4 ? "CMYK" : "RGB ";
  return space == expected && vips_icc_is_compatible_profile(image.get_image(), data, size);
}

vips::VImage colours_to_srgb(const vips::VImage& image, int colours) {
  if (is_lab(image)) return image.colourspace(VIPS_INTERPRETATION_RGB16);
  if (profile_counts(image, colours)) {
    try {
      return image.icc_transform("srgb", perceived()->set("embedded", true));
    } catch (const vips::VError&) {
      vips_error_clear();  // a damaged profile counts as none
    }
  }
  if (colours == 4) return image.icc_transform("srgb", perceived()->set("input_profile", "cmyk"));
  if (colours == 1) return vips::VImage::bandjoin({image, image, image});
  return image;
}

}  // namespace

Channels channels_of(const vips::VImage& image, const std::filesystem::path& path) {
  Channels channels;
  switch (image.interpretation()) {
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_GREY16:
      channels.colours = 1;
      break;
    case VIPS_INTERPRETATION_CMYK:
      channels.colours = 4;
      break;
    default:
      channels.colours = image.bands() < 3 ? 1 : 3;
  }
  const int most = is_lab(image) ? 3 : channels.colours + 1;
  if (image.bands() < channels.colours || image.bands() > most) {
    fail(ErrorKind::bad_input,
         "{} has {} channels; export it as grey, RGB or CMYK, with or without one alpha channel.",
         path.string(), image.bands());
  }
  channels.alpha = image.bands() == channels.colours + 1;
  const VipsBandFormat format = image.format();
  if (format != VIPS_FORMAT_UCHAR && format != VIPS_FORMAT_USHORT && !is_lab(image)) {
    fail(ErrorKind::bad_input,
         "{} stores its samples as {}; export it with 8 or 16 bits a channel.", path.string(),
         vips_enum_nick(VIPS_TYPE_BAND_FORMAT, format));
  }
  channels.bits = format == VIPS_FORMAT_UCHAR ? 8 : 16;
  return channels;
}

vips::VImage to_srgb(const vips::VImage& image, const Channels& channels) {
  const auto part = [&](int first, int count) {
    return image.extract_band(first, vips::VImage::option()->set("n", count));
  };
  if (!channels.alpha) return colours_to_srgb(image, channels.colours);
  const vips::VImage rgb = colours_to_srgb(part(0, channels.colours), channels.colours);
  vips::VImage alpha = part(channels.colours, 1);
  if (alpha.format() != rgb.format()) {
    alpha = alpha.linear(257, 0).cast(rgb.format());  // 8 bit beside 16: 255 is 65535
  }
  return rgb.bandjoin(alpha);
}

}  // namespace atelier::image
