// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/verse/chinese_sounds.hpp"
#include "atelier/verse/poems.hpp"

namespace atelier::verse::bench {

/// The Pingshui lexicon as a book: its traditional characters, and for others of the poems what its
/// simplified form has. Characters that neither has (variants, rare ones) fit everywhere, so that
/// they are no faults; they are counted.
class Pingshui {
 public:
  Pingshui(const char* traditional, const char* simplified);

  [[nodiscard]] ChineseSounds book_for(const std::vector<Poem>& poems);
  /// Occurrences of characters that it lacks.
  [[nodiscard]] double strange() const { return strange_; }

 private:
  void read_simplified(const std::u32string& text);

  ChineseSounds book_, simplified_;
  double strange_ = 0;
};

}  // namespace atelier::verse::bench
