// SPDX-License-Identifier: Apache-2.0
#include "verse/rhyme_groups.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "verse/communities.hpp"

namespace atelier::verse {
namespace {

constexpr double resolution = 3;       // of 1, 2, 3 and 5; docs/verse.md says how it was chosen
constexpr double second_share = 0.25;  // of a character's rhymes, to belong to a second group
constexpr double second_least = 2;     // and their weight: about two poems
constexpr int least_group = 8;         // occurrences

struct Rhymes {
  std::vector<char32_t> characters;  // most common first
  std::vector<int> occurrences;
  Graph graph;
};

/// Two characters are joined by 1 / (n - 1) for each poem of n rhymes that has both, so that a
/// character gets weight 1 a poem.
Rhymes rhymes_of(const std::vector<VerseLines>& poems) {
  std::map<char32_t, int> counts;
  std::vector<std::set<char32_t>> sets;
  for (const VerseLines& poem : poems) {
    std::set<char32_t> rhymes;
    for (std::size_t line = 1; line < poem.size(); line += 2) {
      rhymes.insert(poem[line].back());
      ++counts[poem[line].back()];
    }
    if (rhymes.size() > 1) sets.push_back(std::move(rhymes));
  }
  Rhymes result;
  for (const auto& [c, count] : counts) result.characters.push_back(c);
  std::ranges::stable_sort(result.characters,
                           [&](char32_t x, char32_t y) { return counts[x] > counts[y]; });
  std::map<char32_t, std::size_t> nodes;
  for (const char32_t c : result.characters) {
    nodes.emplace(c, nodes.size());
    result.occurrences.push_back(counts[c]);
  }
  result.graph.resize(nodes.size());
  for (const auto& set : sets) {
    const double weight = 1.0 / static_cast<double>(set.size() - 1);
    for (const char32_t x : set) {
      for (const char32_t y : set) {
        if (x != y) result.graph[nodes[x]][nodes[y]] += weight;
      }
    }
  }
  return result;
}

}  // namespace

std::vector<std::u32string> rhyme_groups(const std::vector<VerseLines>& poems) {
  const Rhymes rhymes = rhymes_of(poems);
  const std::vector<std::size_t> community = communities(rhymes.graph, resolution);
  struct Group {
    std::u32string characters;
    int occurrences = 0;
  };
  std::map<std::size_t, Group> groups;
  for (std::size_t node = 0; node < community.size(); ++node) {
    if (rhymes.graph[node].empty()) continue;
    std::map<std::size_t, double> shares;
    double all = 0;
    for (const auto& [other, weight] : rhymes.graph[node]) {
      shares[community[other]] += weight;
      all += weight;
    }
    for (const auto& [label, weight] : shares) {
      const bool own = label == community[node];
      if (!own && (weight < second_least || weight < second_share * all)) continue;
      groups[label].characters.push_back(rhymes.characters[node]);
      if (own) groups[label].occurrences += rhymes.occurrences[node];
    }
  }
  std::vector<Group> kept;
  for (auto& [label, group] : groups) {
    if (group.occurrences >= least_group) kept.push_back(std::move(group));
  }
  std::ranges::stable_sort(
      kept, [](const Group& x, const Group& y) { return x.occurrences > y.occurrences; });
  std::vector<std::u32string> result;
  result.reserve(kept.size());
  for (Group& group : kept) result.push_back(std::move(group.characters));
  return result;
}

}  // namespace atelier::verse
