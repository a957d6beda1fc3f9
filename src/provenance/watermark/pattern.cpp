// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/pattern.hpp"

#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

#include "provenance/watermark/polar_code.hpp"

namespace atelier::provenance::watermark {
namespace {

std::vector<std::uint32_t> numbers_of(const WatermarkKey& key, std::string_view purpose,
                                      std::size_t count) {
  std::vector<std::byte> bytes(count * 4);
  key.expand(purpose, bytes.data(), bytes.size());
  std::vector<std::uint32_t> numbers(count);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    numbers[i / 4] = numbers[i / 4] << 8 | std::to_integer<std::uint32_t>(bytes[i]);
  return numbers;
}

/// Fisher and Yates.
template <class T>
void shuffle(std::vector<T>& values, const WatermarkKey& key, std::string_view purpose) {
  const auto chance = numbers_of(key, purpose, values.size());
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[chance[i - 1] % i]);
}

}  // namespace

Pattern::Pattern(const WatermarkKey& key) {
  const int reach = static_cast<int>(band_high);
  std::vector<Tone> tones;
  for (int y = 0; y <= reach; ++y)
    for (int x = y == 0 ? 1 : -reach; x <= reach; ++x) {
      const double radius = std::hypot(x, y);
      if (radius >= band_low && radius <= band_high)
        tones.push_back({x, y, static_cast<float>(radius), {}});
    }
  shuffle(tones, key, "places");
  const auto phases = numbers_of(key, "phases", tones.size());
  for (std::size_t i = 0; i < tones.size(); ++i) {
    const double phase = 2 * std::numbers::pi * phases[i] / 4294967296.0;
    tones[i].turn = {static_cast<float>(std::cos(phase)), static_cast<float>(std::sin(phase))};
  }
  pilots.assign(tones.begin(), tones.begin() + pilot_count);
  carriers.assign(tones.begin() + pilot_count, tones.end());
  bit.resize(carriers.size() * 2);
  for (std::size_t i = 0; i < bit.size(); ++i)
    bit[i] = static_cast<std::uint16_t>(i % polar_length);
  shuffle(bit, key, "bits");
  for (const std::uint32_t word : numbers_of(key, "scramble", 2)) scramble = scramble << 32 | word;
}

}  // namespace atelier::provenance::watermark
