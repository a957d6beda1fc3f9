// SPDX-License-Identifier: Apache-2.0
// Measures how works are found again.
//
//   atelier_retrieval_bench copies LIBRARY FOLDER COUNT
//     looks through the folder, then looks for changed copies of COUNT of its pictures, evenly
//     chosen: in how many the work itself is found first.
//   atelier_retrieval_bench vectors FILE COUNT FOLDER...
//     COUNT vectors of the pictures in the folders, multiplied by changed copies, in a graph: how
//     many of the ten nearest it finds, how fast, and whether changed copies find their works
//     (vectors.hpp). What was seen is kept in FILE.
//   atelier_retrieval_bench points FILE EVERY FOLDER...
//     the same for every EVERYth changed copy, when the 30 likest are compared point by point.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/similar.hpp"
#include "atelier/retrieval/library.hpp"
#include "atelier/retrieval/looks.hpp"
#include "atelier/tensor/compute.hpp"
#include "changes.hpp"
#include "vectors.hpp"

namespace atelier {
namespace {

namespace fs = std::filesystem;
using image::Image;

void look_through(const std::string& library, const std::vector<fs::path>& folders) {
  jobs::SimilarRequest request;
  request.folders = folders;
  request.options.library = library;
  const jobs::SimilarReport report = jobs::similar(request, [](const Progress& progress) {
    if (progress.done % 200 == 0) fmt::print(stderr, "{} of {}\n", progress.done, progress.total);
  });
  fmt::print("{} works known, {} looked at in {:.0f} s\n", report.known, report.looked_at,
             report.seconds_looking);
}

void copies(const std::string& place, const fs::path& folder, std::size_t count) {
  look_through(place, {folder});
  const retrieval::Looker looker = retrieval::Looker::load();
  retrieval::Library library(place, looker.maker());
  const std::vector<fs::path> works = library.in(fs::canonical(folder));
  std::map<std::string, std::size_t> first;
  double farthest_copy = 1, nearest_other = -1;
  for (std::size_t i = 0; i < count; ++i) {
    const fs::path& work = works[i * works.size() / count];
    const Image picture = image::load(work);
    for (const auto& [name, change] : changes()) {
      const auto found = library.alike("content", looker.look(change(picture, i), "content"), 2);
      if (found.front().work.path == work) {
        ++first[name];
        farthest_copy = std::min(farthest_copy, found[0].likeness);
        nearest_other = std::max(nearest_other, found[1].likeness);
      }
    }
  }
  for (const auto& [name, change] : changes()) {
    fmt::print("{:18} {:5.1f} % found first\n", name,
               100.0 * static_cast<double>(first[name]) / static_cast<double>(count));
  }
  fmt::print("farthest copy found {:.3f}, nearest other work {:.3f}\n", farthest_copy,
             nearest_other);
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
    } else if (command == "vectors" && count > 4) {
      measure_vectors(words[2], std::stoul(words[3]), {words + 4, words + count});
    } else if (command == "points" && count > 4) {
      measure_points(words[2], std::stoul(words[3]), {words + 4, words + count});
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
