// SPDX-License-Identifier: Apache-2.0
#include "image/text.hpp"

#include <fmt/format.h>

#include <vips/vips8>

#include "atelier/base/error.hpp"
#include "image/vips_runtime.hpp"

namespace atelier::image {
namespace {

/// Signs of Pango's markup, as text; bytes that are no UTF-8, as in some file names, as '?'.
std::string plain_markup(const std::string& text) {
  gchar* valid = g_utf8_make_valid(text.c_str(), static_cast<gssize>(text.size()));
  gchar* escaped = g_markup_escape_text(valid, -1);
  std::string result(escaped);
  g_free(escaped);
  g_free(valid);
  return result;
}

}  // namespace

Text draw_text(const std::string& text, int size, int width, Align align, bool bold) {
  if (text.find_first_not_of(" \n\t") == text.npos) return {};
  start_vips();
  try {
    // At 72 dpi a point is a pixel.
    vips::VImage drawn = vips::VImage::text(
        plain_markup(text).c_str(),
        vips::VImage::option()
            ->set("font", fmt::format("sans {}{}", bold ? "bold " : "", size).c_str())
            ->set("dpi", 72)
            ->set("width", width)
            ->set("wrap", VIPS_TEXT_WRAP_WORD_CHAR)
            ->set("align", align == Align::centre ? VIPS_ALIGN_CENTRE : VIPS_ALIGN_LOW));
    size_t bytes = 0;
    void* memory = drawn.write_to_memory(&bytes);
    const auto* values = static_cast<const std::uint8_t*>(memory);
    Text result{drawn.width(), drawn.height(), {values, values + bytes}};
    g_free(memory);
    return result;
  } catch (const vips::VError&) {
    fail(ErrorKind::missing_capability,
         "the image library draws no text ({}); install libvips with Pango and a font.",
         take_vips_reason());
  }
}

}  // namespace atelier::image
