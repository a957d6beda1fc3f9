// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/image.hpp"

#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"

namespace atelier::image {

Size fit_long_edge(Size from, int long_edge) {
  if (from.width < 1 || from.height < 1 || long_edge < 1) {
    fail(ErrorKind::invalid_argument,
         "a picture of {} x {} px cannot be fitted to a long edge of {} px; all must be 1 or more.",
         from.width, from.height, long_edge);
  }
  const double scale = static_cast<double>(long_edge) / std::max(from.width, from.height);
  const auto scaled = [scale](int edge) {
    return std::max(1, static_cast<int>(std::lround(edge * scale)));
  };
  return {scaled(from.width), scaled(from.height)};
}

}  // namespace atelier::image
