// SPDX-License-Identifier: Apache-2.0
#include "verse/tone_shares.hpp"

#include <array>
#include <cmath>
#include <numeric>

#include "verse/regulated.hpp"

namespace atelier::verse {
namespace {

constexpr int rounds = 20;         // of expectation-maximisation
constexpr double steady = 0.97;    // how often a place that is not free keeps its tone
constexpr double kept_free = 0.7;  // and one that is free
constexpr double adheres = 0.95;   // how often a couplet follows the last one as it should
constexpr double regulated = 0.8;  // poems that are regulated
constexpr double prior = 1;        // evidence of no tone in particular

/// A couplet as the kinds of its lines; the last two only begin poems.
constexpr std::array<std::array<LineKind, 2>, 4> couplets{{{LineKind::a, LineKind::b},
                                                           {LineKind::c, LineKind::d},
                                                           {LineKind::d, LineKind::b},
                                                           {LineKind::b, LineKind::d}}};

using Row = std::array<double, 4>;

/// How often a place of a kind's line is level.
class Places {
 public:
  explicit Places(int length) : length_(length) {
    for (std::size_t k = 0; k < 4; ++k) {
      const auto kind = static_cast<LineKind>(k);
      const std::string tones = canonical(kind, length);
      const std::string& free = patterns(kind, length).front();
      for (std::size_t i = 0; i < tones.size(); ++i) {
        const double share = free[i] == '*' ? kept_free : steady;
        level_[k][i] = tones[i] == 'p' ? share : 1 - share;
      }
    }
  }
  [[nodiscard]] double level(LineKind kind, std::size_t place) const {
    return level_[static_cast<std::size_t>(kind)][place];
  }
  [[nodiscard]] int length() const { return length_; }

 private:
  int length_;
  std::array<std::array<double, 7>, 4> level_{};
};

class Learner {
 public:
  explicit Learner(const std::vector<VerseLines>& poems) : poems_(poems) {
    begin();
    for (int round = 0; round < rounds; ++round) {
      for (auto& [c, sums] : sums_) sums = {};
      for (const VerseLines& poem : poems_) add(poem);
      for (auto& [c, share] : shares_) {
        const auto& [level, all] = sums_[c];
        share.level = (level + prior / 2) / (all + prior);
        share.evidence = all;
      }
    }
  }

  [[nodiscard]] const std::map<char32_t, ToneShare>& shares() const { return shares_; }

 private:
  struct Sums {
    double level = 0, all = 0;
  };

  /// By the ends of lines: even ones are level, odd ones but the first oblique.
  void begin() {
    std::map<char32_t, Sums> ends;
    for (const VerseLines& poem : poems_) {
      for (std::size_t line = 0; line < poem.size(); ++line) {
        for (const char32_t c : poem[line]) ++shares_[c].occurrences;
        if (line == 0) continue;
        Sums& sums = ends[poem[line].back()];
        sums.all += 1;
        if (line % 2 == 1) sums.level += 1;
      }
    }
    for (const auto& [c, sums] : ends) {
      shares_[c].level = (sums.level + prior) / (sums.all + 2 * prior);
    }
  }

  /// ln P(line | kind), with the tones of characters unknown but for their shares.
  [[nodiscard]] double fit(const std::u32string& line, LineKind kind) const {
    const Places& places = line.size() == 5 ? five_ : seven_;
    double sum = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const double share = shares_.at(line[i]).level, level = places.level(kind, i);
      sum += std::log(level * share + (1 - level) * (1 - share));
    }
    return sum;
  }

  /// How likely each couplet of a poem is of each kind (forward and backward sums over the chain),
  /// times how likely the poem is regulated at all.
  [[nodiscard]] std::vector<Row> kinds(const VerseLines& poem) const {
    const std::size_t count = poem.size() / 2;
    std::vector<Row> fits(count), ahead(count), behind(count);
    std::vector<double> largest(count);
    for (std::size_t n = 0; n < count; ++n) {
      for (std::size_t s = 0; s < 4; ++s) {
        fits[n][s] = n > 0 && s > 1
                         ? -1e9
                         : fit(poem[2 * n], couplets[s][0]) + fit(poem[2 * n + 1], couplets[s][1]);
      }
      largest[n] = *std::max_element(fits[n].begin(), fits[n].end());
      for (double& value : fits[n]) value = std::exp(value - largest[n]);
    }
    const auto follows = [](std::size_t from, std::size_t to) {
      const bool ends_d = couplets[from][1] == LineKind::d;
      return (to == 0) == ends_d ? adheres : 1 - adheres;
    };
    double evidence = 0;  // ln P(poem | regulated)
    for (std::size_t n = 0; n < count; ++n) {
      for (std::size_t s = 0; s < 4; ++s) {
        double before = n == 0 ? 0.25 : 0;
        for (std::size_t r = 0; n > 0 && r < 4; ++r) before += ahead[n - 1][r] * follows(r, s);
        ahead[n][s] = before * fits[n][s];
      }
      const double sum = std::accumulate(ahead[n].begin(), ahead[n].end(), 0.0);
      for (double& value : ahead[n]) value /= sum;
      evidence += std::log(sum) + largest[n];
    }
    behind.back().fill(1);
    for (std::size_t n = count - 1; n > 0; --n) {
      for (std::size_t r = 0; r < 4; ++r) {
        for (std::size_t s = 0; s < 2; ++s) {
          behind[n - 1][r] += follows(r, s) * fits[n][s] * behind[n][s];
        }
      }
    }
    // Of other verse, each tone is as likely.
    const auto characters = static_cast<double>(poem.size() * poem.front().size());
    const double other = characters * std::log(0.5);
    const double share =
        regulated / (regulated + (1 - regulated) * std::exp(std::min(other - evidence, 600.0)));
    for (std::size_t n = 0; n < count; ++n) {
      double sum = 0;
      for (std::size_t s = 0; s < 4; ++s) sum += ahead[n][s] * behind[n][s];
      for (std::size_t s = 0; s < 4; ++s) ahead[n][s] *= share * behind[n][s] / sum;
    }
    return ahead;
  }

  void add(const VerseLines& poem) {
    const std::vector<Row> found = kinds(poem);
    const Places& places = poem.front().size() == 5 ? five_ : seven_;
    for (std::size_t line = 0; line < poem.size(); ++line) {
      for (std::size_t s = 0; s < 4; ++s) {
        const double weight = found[line / 2][s];
        if (weight < 1e-4) continue;
        const LineKind kind = couplets[s][line % 2];
        const std::string& pattern = patterns(kind, places.length()).front();
        for (std::size_t i = 0; i < poem[line].size(); ++i) {
          if (pattern[i] == '*') continue;  // says little of its character
          const double share = shares_.at(poem[line][i]).level, level = places.level(kind, i);
          const double both = level * share;
          Sums& sums = sums_[poem[line][i]];
          sums.level += weight * both / (both + (1 - level) * (1 - share));
          sums.all += weight;
        }
      }
    }
  }

  const std::vector<VerseLines>& poems_;
  const Places five_{5}, seven_{7};
  std::map<char32_t, ToneShare> shares_;
  std::map<char32_t, Sums> sums_;
};

}  // namespace

std::map<char32_t, ToneShare> tone_shares(const std::vector<VerseLines>& poems) {
  return Learner(poems).shares();
}

}  // namespace atelier::verse
