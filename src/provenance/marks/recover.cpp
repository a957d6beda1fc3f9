// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cassert>

#include "atelier/provenance/marks.hpp"
#include "atelier/provenance/perceptual_hash.hpp"

namespace atelier::provenance {
namespace {

/// By distance, from 0: docs/watermark.md says of which pairs.
constexpr std::array<double, max_fingerprint_distance + 1> measured{
    6.4e-7, 6.4e-7, 8.8e-7, 8.8e-7, 9.4e-7, 9.4e-7, 1e-6, 1e-6, 1.3e-6, 1.3e-6, 1.8e-6};

}  // namespace

double unrelated_share(int distance) {
  assert(distance >= 0);
  return distance <= max_fingerprint_distance ? measured[static_cast<std::size_t>(distance)] : 1;
}

std::vector<Recovery> recover(const image::Image& picture, const MarkStore& store,
                              std::size_t count) {
  std::vector<Recovery> found;
  const std::uint64_t fingerprint = perceptual_hash(picture);
  if (std::min(picture.width, picture.height) >= min_readable_edge)
    if (const auto reading = read_watermark(picture, store.key()))
      if (auto work = store.by_payload(reading->payload)) {
        const int distance = hash_distance(fingerprint, work->fingerprint);
        found.push_back({*std::move(work), Recovery::Evidence::watermark, reading->false_positive,
                         reading, distance});
      }
  const auto works = static_cast<double>(store.size());
  for (NearWork& near : store.by_fingerprint(fingerprint, max_fingerprint_distance, count)) {
    if (!found.empty() && found.front().evidence == Recovery::Evidence::watermark &&
        found.front().work.payload == near.work.payload)
      continue;
    const double chance = std::min(1.0, works * unrelated_share(near.distance));
    found.push_back({std::move(near.work), Recovery::Evidence::fingerprint, chance, std::nullopt,
                     near.distance});
  }
  if (found.size() > count) found.resize(count);
  return found;
}

}  // namespace atelier::provenance
