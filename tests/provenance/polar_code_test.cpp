// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/polar_code.hpp"

#include <gtest/gtest.h>

#include <string_view>

#include "atelier/base/random.hpp"
#include "provenance/watermark/codeword.hpp"
#include "provenance/watermark/crc24.hpp"

namespace atelier::provenance::watermark {
namespace {

std::array<float, polar_length> soft_of(const PolarWord& word) {
  std::array<float, polar_length> soft{};
  for (std::size_t i = 0; i < word.size(); ++i) soft[i] = word[i] == 0 ? 1.0F : -1.0F;
  return soft;
}

TEST(Crc24, HasTheKnownCheckValue) {
  std::uint32_t crc = crc24_start;
  for (const char c : std::string_view("123456789")) crc = crc24(crc, static_cast<std::uint8_t>(c));
  EXPECT_EQ(crc, 0x21CF02U);  // CRC-24/OPENPGP in the catalogue of parametrised CRC algorithms
}

TEST(PolarCode, CarriesTheMostReliablePositions) {
  const auto& positions = polar_positions();
  EXPECT_EQ(positions.back(), 511);  // all ones: the largest weight
  for (std::size_t i = 1; i < positions.size(); ++i) EXPECT_LT(positions[i - 1], positions[i]);
  for (const int position : positions) EXPECT_GE(position, 64);
}

// x = u F^(x)9: a word's bit i is the sum of the u[j] whose j has all ones of i.
TEST(PolarCode, EncodesAsTheMatrixSays) {
  RandomStream random(1, "message");
  PolarMessage message{};
  for (auto& bit : message) bit = static_cast<std::uint8_t>(random.next() & 1);
  const PolarWord word = polar_encode(message);
  for (int i = 0; i < polar_length; ++i) {
    int sum = 0;
    for (std::size_t k = 0; k < message.size(); ++k)
      if ((polar_positions()[k] & i) == i) sum += message[k];
    EXPECT_EQ(word[static_cast<std::size_t>(i)], sum % 2);
  }
}

TEST(PolarCode, GivesBackWhatWasEncodedThroughErasuresAndErrors) {
  RandomStream random(2, "noise");
  for (int round = 0; round < 20; ++round) {
    const std::uint64_t payload = random.next(), scramble = random.next();
    auto soft = soft_of(codeword(payload, scramble));
    // Amplitude 1 in noise of deviation 1.25: Eb/N0 = 512 / 88 / (2 * 1.25^2) = 2.7 dB.
    for (float& value : soft) value += static_cast<float>(1.25 * random.normal());
    EXPECT_EQ(payload_of(soft, scramble), payload);
  }
}

TEST(PolarCode, FindsNothingInNoise) {
  RandomStream random(3, "noise");
  for (int round = 0; round < 100; ++round) {
    std::array<float, polar_length> soft{};
    for (float& value : soft) value = static_cast<float>(random.normal());
    EXPECT_EQ(payload_of(soft, 0), std::nullopt);
  }
  EXPECT_EQ(payload_of(std::array<float, polar_length>{}, 0), std::nullopt);
}

}  // namespace
}  // namespace atelier::provenance::watermark
