// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <qrencode.h>

#include <iterator>
#include <memory>

#include "atelier/base/error.hpp"
#include "catalogue/html.hpp"

namespace atelier::catalogue {
namespace {

constexpr int quiet = 4;  // modules of white around the code, as the standard asks for

}  // namespace

std::string qr_code(const std::string& text, std::string_view width) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
      QRcode_free);
  if (!code)
    fail(ErrorKind::bad_input, "{} bytes are too many for a QR code; shorten the --url.",
         text.size());
  std::string path;
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      if ((code->data[y * code->width + x] & 1) != 0)
        fmt::format_to(std::back_inserter(path), "M{} {}h1v1h-1z", x + quiet, y + quiet);
    }
  }
  const int edge = code->width + 2 * quiet;
  return fmt::format(
      R"(<svg class="qr" width="{0}" height="{0}" viewBox="0 0 {1} {1}" shape-rendering="crispEdges"><path d="{2}"/></svg>)",
      width, edge, path);
}

}  // namespace atelier::catalogue
