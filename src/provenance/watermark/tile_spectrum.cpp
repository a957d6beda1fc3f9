// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/tile_spectrum.hpp"

namespace atelier::provenance::watermark {

const Fft& tile_fft() {
  static const Fft fft(tile);
  return fft;
}

TileSpectrum::TileSpectrum(const Plane& signal) : values_(tile * tile) {
  for (int y = 0; y < signal.height; ++y) {
    const float* from = signal.row(y);
    Complex* to = values_.data() + static_cast<std::ptrdiff_t>(y % tile) * tile;
    for (int x = 0; x < signal.width; ++x) to[x % tile] += from[x];
  }
  tile_fft().forward_square(values_.data());
}

TileSpectrum TileSpectrum::turned(int quarters, bool mirror) const {
  TileSpectrum result;
  result.values_.resize(values_.size());
  for (int y = 0; y < tile; ++y)
    for (int x = 0; x < tile; ++x) {
      int u = x, v = y;
      for (int quarter = 0; quarter < quarters; ++quarter) {
        const int turned = -u;  // a clockwise turn brings (v, -u) to (u, v)
        u = v;
        v = turned;
      }
      result.values_[static_cast<std::size_t>(y) * tile + static_cast<std::size_t>(x)] =
          at(mirror ? -u : u, v);
    }
  return result;
}

}  // namespace atelier::provenance::watermark
