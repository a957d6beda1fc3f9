// SPDX-License-Identifier: Apache-2.0
#include "appraise/artists.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

namespace atelier::appraise {
namespace {

constexpr std::size_t shortest_name = 6;
constexpr double same_picture = 0.95;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Sets of works that are joined pair by pair (Tarjan 1975); a set is called by its first work.
class Joined {
 public:
  explicit Joined(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }

  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  void join(std::size_t i, std::size_t j) {
    i = find(i);
    j = find(j);
    parent_[std::max(i, j)] = std::min(i, j);
  }

 private:
  std::vector<std::size_t> parent_;
};

/// A thumbnail with mean 0 and length 1, so that products are correlations.
void normalise(std::span<float> row) {
  const double mean =
      std::accumulate(row.begin(), row.end(), 0.0) / static_cast<double>(row.size());
  double squares = 0;
  for (float& value : row) {
    value -= static_cast<float>(mean);
    squares += double{value} * value;
  }
  if (squares <= 0) return;
  for (float& value : row) value = static_cast<float>(value / std::sqrt(squares));
}

void join_artists(std::span<const std::string> artists, Joined& joined) {
  std::map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < artists.size(); ++i) {
    if (artists[i].empty()) continue;
    const auto [found, added] = first.emplace(artists[i], i);
    if (!added) joined.join(found->second, i);
  }
  for (auto a = first.begin(); a != first.end(); ++a) {
    for (auto b = std::next(a); b != first.end(); ++b) {
      if (nearly_same(a->first, b->first)) joined.join(a->second, b->second);
    }
  }
}

void join_pictures(std::span<const float> thumbnails, std::size_t length, Joined& joined) {
  std::vector<float> rows(thumbnails.begin(), thumbnails.end());
  const std::size_t count = rows.size() / length;
  const auto row = [&](std::size_t i) { return std::span(rows).subspan(i * length, length); };
  for (std::size_t i = 0; i < count; ++i) normalise(row(i));
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const auto a = row(i), b = row(j);
      if (std::inner_product(a.begin(), a.end(), b.begin(), 0.0F) > same_picture) joined.join(i, j);
    }
  }
}

}  // namespace

std::string artist_key(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || is_digit(c)) key += c;
  }
  return key;
}

std::string_view artist_in(std::string_view file_name) {
  const std::string_view artist = file_name.substr(0, file_name.find('_'));
  if (artist.size() == file_name.size() || std::any_of(artist.begin(), artist.end(), is_digit)) {
    return {};
  }
  return artist;
}

bool nearly_same(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < shortest_name || b.size() - a.size() > 1) return false;
  const auto at =
      static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  if (at == a.size()) return true;
  return a.size() == b.size() ? a.substr(at + 1) == b.substr(at + 1)
                              : a.substr(at) == b.substr(at + 1);
}

std::vector<std::size_t> group_works(std::span<const std::string> artists,
                                     std::span<const float> thumbnails,
                                     std::size_t thumbnail_length) {
  assert(thumbnails.size() == artists.size() * thumbnail_length);
  Joined joined(artists.size());
  join_artists(artists, joined);
  join_pictures(thumbnails, thumbnail_length, joined);
  std::vector<std::size_t> groups;
  std::map<std::size_t, std::size_t> numbers;
  for (std::size_t i = 0; i < artists.size(); ++i) {
    groups.push_back(numbers.emplace(joined.find(i), numbers.size()).first->second);
  }
  return groups;
}

std::vector<int> divide(std::span<const std::size_t> groups, std::span<const int> classes,
                        int count) {
  assert(groups.size() == classes.size() && count > 0);
  const int kinds = classes.empty() ? 0 : *std::max_element(classes.begin(), classes.end()) + 1;
  std::vector<double> all(static_cast<std::size_t>(kinds));
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    ++all[static_cast<std::size_t>(classes[i])];
    members[groups[i]].push_back(i);
  }
  std::vector<const std::vector<std::size_t>*> order;
  for (const auto& [group, works] : members) order.push_back(&works);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::pair(b->size(), a->front()) < std::pair(a->size(), b->front());
  });

  std::vector<std::vector<double>> filled(static_cast<std::size_t>(count),
                                          std::vector<double>(all.size()));
  std::vector<int> parts(groups.size());
  for (const auto* works : order) {
    std::vector<double> share(all.size());
    for (const std::size_t i : *works) {
      const auto kind = static_cast<std::size_t>(classes[i]);
      share[kind] += 1 / all[kind];
    }
    std::size_t best = 0;
    double least = 0;
    for (std::size_t part = 0; part < filled.size(); ++part) {
      double growth = 0;
      for (std::size_t kind = 0; kind < share.size(); ++kind) {
        growth += share[kind] * (2 * filled[part][kind] + share[kind]);
      }
      if (part == 0 || growth < least) {
        best = part;
        least = growth;
      }
    }
    for (std::size_t kind = 0; kind < share.size(); ++kind) filled[best][kind] += share[kind];
    for (const std::size_t i : *works) parts[i] = static_cast<int>(best);
  }
  return parts;
}

}  // namespace atelier::appraise
