// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/polar_code.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace atelier::provenance::watermark {
namespace {

std::array<int, polar_information> most_reliable() {
  std::array<double, polar_length> weight{};
  for (int i = 0; i < polar_length; ++i)
    for (int bit = 0; bit < polar_levels; ++bit)
      if ((i >> bit & 1) != 0) weight[i] += std::exp2(bit / 4.0);
  std::array<int, polar_length> order{};
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return weight[a] > weight[b]; });
  std::array<int, polar_information> best{};
  std::copy_n(order.begin(), polar_information, best.begin());
  std::sort(best.begin(), best.end());
  return best;
}

/// One way through the code's tree. A node of level l covers 2^l bits; what belongs to the node of
/// level l that is being walked lies at 2^l.
struct Path {
  float penalty = 0;
  float leaf = 0;                                 ///< the next bit, soft
  std::array<float, polar_length> soft{};         ///< levels 0..8
  std::array<std::uint8_t, polar_length> left{};  ///< what the left child of each node came to
  PolarMessage message{};

  void descend(int bit, std::span<const float, polar_length> channel) {
    const auto parent_of = [&](int level) {
      return level + 1 == polar_levels ? channel.data() : soft.data() + (2 << level);
    };
    int level = polar_levels - 1;
    if (bit != 0) {
      level = 0;
      while ((bit >> level & 1) == 0) ++level;
      const int half = 1 << level;
      const float* parent = parent_of(level);
      for (int i = 0; i < half; ++i)
        soft[half + i] = parent[half + i] + (left[half + i] != 0 ? -parent[i] : parent[i]);
      --level;
    }
    for (; level >= 0; --level) {
      const int half = 1 << level;
      const float* parent = parent_of(level);
      for (int i = 0; i < half; ++i) {
        const float a = parent[i], b = parent[half + i];
        const float least = std::min(std::abs(a), std::abs(b));
        soft[half + i] = (a < 0) != (b < 0) ? -least : least;
      }
    }
    leaf = soft[1];
  }

  void decide(int bit, std::uint8_t value) {
    if ((leaf < 0) != (value != 0)) penalty += std::abs(leaf);
    PolarWord done{};
    done[0] = value;
    int level = 0;
    for (; (bit >> level & 1) != 0; ++level) {
      const int half = 1 << level;
      for (int i = 0; i < half; ++i) {
        done[half + i] = done[i];
        done[i] = static_cast<std::uint8_t>(done[i] ^ left[half + i]);
      }
      if (level + 1 == polar_levels) return;
    }
    std::copy_n(done.begin(), 1 << level, left.begin() + (1 << level));
  }
};

/// Doubles the paths at a bit that carries information and keeps the likeliest.
void fork(std::vector<Path>& paths, int bit, int place) {
  struct Choice {
    float penalty;
    std::size_t path;
    std::uint8_t value;
  };
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < paths.size(); ++i)
    for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{1}}) {
      const bool against = (paths[i].leaf < 0) != (value != 0);
      choices.push_back({paths[i].penalty + (against ? std::abs(paths[i].leaf) : 0), i, value});
    }
  std::stable_sort(choices.begin(), choices.end(),
                   [](const Choice& a, const Choice& b) { return a.penalty < b.penalty; });
  if (choices.size() > polar_list) choices.resize(polar_list);
  std::vector<Path> next;
  next.reserve(choices.size());
  for (const Choice& choice : choices) {
    next.push_back(paths[choice.path]);
    next.back().decide(bit, choice.value);
    next.back().message[place] = choice.value;
  }
  paths = std::move(next);
}

}  // namespace

const std::array<int, polar_information>& polar_positions() {
  static const std::array<int, polar_information> positions = most_reliable();
  return positions;
}

PolarWord polar_encode(const PolarMessage& message) {
  PolarWord word{};
  for (int i = 0; i < polar_information; ++i) word[polar_positions()[i]] = message[i];
  for (int half = 1; half < polar_length; half *= 2)
    for (int begin = 0; begin < polar_length; begin += 2 * half)
      for (int i = begin; i < begin + half; ++i)
        word[i] = static_cast<std::uint8_t>(word[i] ^ word[i + half]);
  return word;
}

std::optional<PolarMessage> polar_decode(std::span<const float, polar_length> soft,
                                         const std::function<bool(const PolarMessage&)>& accept) {
  std::vector<Path> paths(1);
  int place = 0;
  for (int bit = 0; bit < polar_length; ++bit) {
    for (Path& path : paths) path.descend(bit, soft);
    if (place < polar_information && polar_positions()[place] == bit)
      fork(paths, bit, place++);
    else
      for (Path& path : paths) path.decide(bit, 0);
  }
  std::stable_sort(paths.begin(), paths.end(),
                   [](const Path& a, const Path& b) { return a.penalty < b.penalty; });
  for (const Path& path : paths)
    if (accept(path.message)) return path.message;
  return std::nullopt;
}

}  // namespace atelier::provenance::watermark
