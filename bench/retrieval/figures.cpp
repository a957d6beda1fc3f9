// SPDX-License-Identifier: Apache-2.0
// Measures how works are found again.
//
//   atelier_retrieval_bench copies LIBRARY FOLDER COUNT
//     looks through the folder, then looks for changed copies of COUNT of its pictures, evenly
//     chosen: in how many the work itself is found first.
//   atelier_retrieval_bench vectors FOLDER...
//     content of pictures in the folders, whole and in parts, in a graph but for that of every
//     twentieth picture, whose wholes are looked for: how many of the ten nearest by exact
//     comparison the graph finds, and the time of each.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "atelier/image/turn.hpp"
#include "atelier/jobs/similar.hpp"
#include "atelier/retrieval/library.hpp"
#include "atelier/retrieval/looks.hpp"
#include "atelier/retrieval/nearest.hpp"
#include "atelier/tensor/compute.hpp"
#include "jobs/inputs.hpp"

namespace atelier {
namespace {

namespace fs = std::filesystem;
using image::Image;

void look_through(const std::string& library, const std::vector<fs::path>& folders) {
  const jobs::SimilarReport report =
      jobs::similar({{}, folders, {}, {.library = library}}, [](const Progress& progress) {
        if (progress.done % 200 == 0) {
          fmt::print(stderr, "{} of {}\n", progress.done, progress.total);
        }
      });
  fmt::print("{} works known, {} looked at in {:.0f} s\n", report.known, report.looked_at,
             report.seconds_looking);
}

Image cut(const Image& picture, double share_of_area, std::uint64_t seed) {
  RandomStream chance(seed, "cut");
  const double edge = std::sqrt(share_of_area);
  const int width = static_cast<int>(picture.width * edge),
            height = static_cast<int>(picture.height * edge);
  return image::cut(
      picture, {static_cast<int>(chance.uniform() * (picture.width - width)),
                static_cast<int>(chance.uniform() * (picture.height - height)), width, height});
}

Image mirrored(Image picture) {
  for (int y = 0; y < picture.height; ++y) {
    auto* row =
        &picture.rgb[3 * static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width)];
    for (int x = 0; x < picture.width / 2; ++x) {
      std::swap_ranges(row + 3 * x, row + 3 * x + 3, row + 3 * (picture.width - 1 - x));
    }
  }
  return picture;
}

Image compressed(const Image& picture, const char* suffix, int quality) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / (std::string("copy") + suffix);
  image::save(picture, file, {.quality = quality});
  return image::load(file);
}

Image resized(const Image& picture, double scale) {
  return image::resize(
      picture, {static_cast<int>(picture.width * scale), static_cast<int>(picture.height * scale)});
}

Image brighter(Image picture) {
  for (float& v : picture.rgb) v = std::min(1.0F, v * 1.2F);
  return picture;
}

void copies(const std::string& place, const fs::path& folder, std::size_t count) {
  look_through(place, {folder});
  const retrieval::Looker looker = retrieval::Looker::load();
  retrieval::Library library(place, looker.maker());
  const std::vector<fs::path> works = library.in(fs::canonical(folder));
  using Change = std::function<Image(const Image&, std::uint64_t)>;
  const std::vector<std::pair<const char*, Change>> changes{
      {"70 % of the area", [](const Image& p, std::uint64_t s) { return cut(p, 0.7, s); }},
      {"50 % of the area", [](const Image& p, std::uint64_t s) { return cut(p, 0.5, s); }},
      {"30 % of the area", [](const Image& p, std::uint64_t s) { return cut(p, 0.3, s); }},
      {"mirrored", [](const Image& p, std::uint64_t) { return mirrored(p); }},
      {"JPEG 50", [](const Image& p, std::uint64_t) { return compressed(p, ".jpg", 50); }},
      {"WebP 30", [](const Image& p, std::uint64_t) { return compressed(p, ".webp", 30); }},
      {"half the size", [](const Image& p, std::uint64_t) { return resized(p, 0.5); }},
      {"brighter by 20 %", [](const Image& p, std::uint64_t) { return brighter(p); }}};
  std::map<std::string, std::size_t> first;
  double farthest_copy = 1, nearest_other = -1;
  for (std::size_t i = 0; i < count; ++i) {
    const fs::path& work = works[i * works.size() / count];
    const Image picture = image::load(work);
    for (const auto& [name, change] : changes) {
      const auto found = library.alike("content", looker.look(change(picture, i), "content"), 2);
      if (found.front().work.path == work) {
        ++first[name];
        farthest_copy = std::min(farthest_copy, found[0].likeness);
        nearest_other = std::max(nearest_other, found[1].likeness);
      }
    }
  }
  for (const auto& [name, change] : changes) {
    fmt::print("{:18} {:5.1f} % found first\n", name,
               100.0 * static_cast<double>(first[name]) / static_cast<double>(count));
  }
  fmt::print("farthest copy found {:.3f}, nearest other work {:.3f}\n", farthest_copy,
             nearest_other);
}

double seconds_of(const std::function<void()>& f) {
  const auto began = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

std::vector<float> unit(std::vector<float> v) {
  const double norm = std::sqrt(std::inner_product(v.begin(), v.end(), v.begin(), 0.0));
  for (float& x : v) x = static_cast<float>(x / norm);
  return v;
}

std::vector<std::int64_t> exactly_nearest(const std::vector<std::vector<float>>& all,
                                          const std::vector<float>& query, std::size_t count) {
  std::vector<std::pair<float, std::int64_t>> ranked;
  for (std::size_t i = 0; i < all.size(); ++i) {
    ranked.emplace_back(-std::inner_product(query.begin(), query.end(), all[i].begin(), 0.0F), i);
  }
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count),
                    ranked.end());
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < count; ++i) ids.push_back(ranked[i].second);
  return ids;
}

void vectors(const std::vector<fs::path>& folders) {
  constexpr std::size_t nearest = 10, apart = 20;
  const retrieval::Looker looker = retrieval::Looker::load();
  std::vector<std::vector<float>> all, queries;
  std::size_t number = 0;
  for (const fs::path& folder : folders) {
    for (const fs::path& file : jobs::pictures_in(folder)) {
      const bool asked = number++ % apart == 0;
      for (const retrieval::Look& look : looker.looks(image::load(file))) {
        if (look.aspect != "content") continue;
        if (!asked) all.push_back(unit(look.vector));
        if (asked && look.region == retrieval::Region{}) queries.push_back(unit(look.vector));
      }
    }
  }
  retrieval::NearestIndex index(static_cast<int>(all.front().size()));
  const double built = seconds_of([&] {
    for (std::size_t i = 0; i < all.size(); ++i) index.add(static_cast<std::int64_t>(i), all[i]);
  });
  std::size_t found = 0;
  double by_graph = 0, exactly = 0;
  for (const std::vector<float>& query : queries) {
    std::vector<retrieval::Neighbour> near;
    std::vector<std::int64_t> exact;
    by_graph += seconds_of([&] { near = index.nearest(query, nearest); });
    exactly += seconds_of([&] { exact = exactly_nearest(all, query, nearest); });
    for (const retrieval::Neighbour& n : near) {
      found += static_cast<std::size_t>(std::count(exact.begin(), exact.end(), n.id));
    }
  }
  const auto asked = static_cast<double>(queries.size());
  fmt::print("{} vectors of {}, {} queries; the graph was built in {:.0f} s\n", all.size(),
             index.dimension(), queries.size(), built);
  fmt::print("found of the exact ten: {:.4f}; {:.2f} ms a query, exactly {:.2f} ms\n",
             static_cast<double>(found) / asked / nearest, 1e3 * by_graph / asked,
             1e3 * exactly / asked);
}

}  // namespace
}  // namespace atelier

int main(int count, char** words) {
  using namespace atelier;
  const std::string command = count > 2 ? words[1] : "";
  try {
    static_cast<void>(tensor::set_up("cpu", 0));
    if (command == "copies" && count == 5) {
      copies(words[2], words[3], std::stoul(words[4]));
    } else if (command == "vectors") {
      vectors({words + 2, words + count});
    } else {
      fmt::print(stderr, "figures.cpp says at its top how this is run.\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
