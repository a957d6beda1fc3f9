// SPDX-License-Identifier: Apache-2.0
// What appraisal sees, and whether the parts that it says speak for a painter do.
//
//   atelier_appraise_bench features STORE < LIST
//     looks at each file that LIST names, a path a line, and keeps what was seen in STORE; what is
//     there already is not looked at again. To train in that folder later, call it features.bin.
//   atelier_appraise_bench parts MODEL FOLDER
//     FOLDER holds a folder for each class, pictures named ARTIST_TITLE. A work by a painter of 15
//     or more and one by another of the same class are put side by side; does the painter's half
//     speak for him, compared with the rest of his works?
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "appraise/collection.hpp"
#include "appraise/feature_store.hpp"
#include "atelier/appraise/appraiser.hpp"
#include "atelier/appraise/parts.hpp"
#include "atelier/base/random.hpp"
#include "atelier/image/file.hpp"
#include "atelier/tensor/compute.hpp"

namespace {

using namespace atelier;
using appraise::Work;

void features(const std::string& store_file) {
  const appraise::Eyes eyes(appraise::load_eyes());
  appraise::FeatureStore store(store_file, eyes);
  std::string line;
  for (std::size_t done = 0; std::getline(std::cin, line);) {
    static_cast<void>(store.of(line));
    if (++done % 100 == 0) fmt::print(stderr, "{}\n", done);
  }
}

constexpr std::size_t least_works = 15, tries = 10;  // of a painter
constexpr int edge = 256;                            // px, of each half

/// Two pictures side by side, squares.
image::Image side_by_side(const image::Image& left, const image::Image& right) {
  const image::Image a = image::resize(left, {edge, edge}), b = image::resize(right, {edge, edge});
  image::Image both{2 * edge, edge, {}, {}};
  for (std::ptrdiff_t y = 0; y < edge; ++y) {
    for (const image::Image* half : {&a, &b}) {
      const auto row = half->rgb.begin() + 3 * y * edge;
      both.rgb.insert(both.rgb.end(), row, row + std::ptrdiff_t{3} * edge);
    }
  }
  return both;
}

/// Whether the half on this side is more like the painter than the other.
bool told(const appraise::Appraiser& appraiser, const image::Image& picture, bool on_the_left,
          const std::vector<appraise::Hand>& reference) {
  const auto parts = appraise::likeness_of_parts(appraiser, picture, reference);
  double left = 0, right = 0;
  for (int y = 0; y < appraise::parts_across; ++y) {
    const auto at = [&](int x) {
      return parts[static_cast<std::size_t>(y * appraise::parts_across + x)].lean;
    };
    left += at(0);
    right += at(appraise::parts_across - 1);
  }
  return (left > right) == on_the_left;
}

void parts(const std::filesystem::path& model, const std::filesystem::path& folder) {
  const appraise::Appraiser appraiser(model, appraise::load_eyes());
  std::map<std::string, std::vector<Work>> painters, classes;
  for (const Work& work : appraise::read_classes(folder)) {
    if (work.artist.empty()) continue;
    painters[work.artist].push_back(work);
    classes[work.label].push_back(work);
  }
  RandomStream chance(0, "parts");
  const auto pick = [&](const std::vector<Work>& works) -> const Work& {
    return works[static_cast<std::size_t>(chance.uniform() * static_cast<double>(works.size()))];
  };
  std::size_t asked = 0, right = 0;
  for (const auto& [name, works] : painters) {
    if (works.size() < least_works) continue;
    std::vector<appraise::Hand> hands;
    for (const Work& work : works) hands.push_back(appraiser.hand_of(image::load(work.file)));
    std::size_t of_these = 0;
    for (std::size_t i = 0; i < tries; ++i) {
      const Work* other = nullptr;
      do {
        other = &pick(classes[works[i].label]);
      } while (other->artist == name);
      std::vector<appraise::Hand> rest = hands;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      const bool left = chance.uniform() < 0.5;
      const image::Image mine = image::load(works[i].file), theirs = image::load(other->file);
      of_these += told(appraiser, left ? side_by_side(mine, theirs) : side_by_side(theirs, mine),
                       left, rest)
                      ? 1
                      : 0;
    }
    fmt::print("{}: {} of {}\n", name, of_these, tries);
    asked += tries;
    right += of_these;
  }
  fmt::print("the painter's half was told in {} of {}\n", right, asked);
}

}  // namespace

int main(int count, char** words) {
  const std::string command = count > 2 ? words[1] : "";
  try {
    static_cast<void>(tensor::set_up("cpu", 1));
    if (command == "features" && count == 3) {
      features(words[2]);
    } else if (command == "parts" && count == 4) {
      parts(words[2], words[3]);
    } else {
      fmt::print(stderr, "atelier_appraise_bench features STORE < LIST | parts MODEL FOLDER\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "atelier_appraise_bench: {}\n", error.what());
    return 1;
  }
  return 0;
}
