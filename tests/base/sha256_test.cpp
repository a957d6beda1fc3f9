// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/sha256.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <string>

#include "atelier/base/digest.hpp"

namespace atelier {
namespace {

TEST(Sha256InPieces, IsThatOfTheWhole) {
  std::string text;
  Sha256 hash;  // one for all
  for (int size = 0; size < 200; ++size) {
    for (const std::size_t cut : {std::size_t{0}, text.size() / 3, text.size()}) {
      hash.update(std::string_view(text).substr(0, cut));
      hash.update(std::string_view(text).substr(cut));
      ASSERT_EQ(fmt::format("{:02x}", fmt::join(hash.finish(), "")),
                sha256(std::as_bytes(std::span(text))));
    }
    text += static_cast<char>(size * 31);
  }
}

}  // namespace
}  // namespace atelier
