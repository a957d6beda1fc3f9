// SPDX-License-Identifier: Apache-2.0
// Recovers made palettes, beside what other programs find in the same files.
//
//   atelier_palette_bench make DIR      writes DIR/NNN.jpg and DIR/truth.tsv (200 of them)
//   bench/palette/pillow.py DIR         writes DIR/NAME.tsv for each of Pillow's ways
//   atelier_palette_bench measure DIR   a table of ours and of every DIR/*.tsv
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string_view>

#include "atelier/image/colour_map.hpp"
#include "atelier/image/file.hpp"
#include "atelier/palette/extract.hpp"
#include "palette/made_palette.hpp"

namespace {

namespace fs = std::filesystem;
using namespace atelier;
using Palettes = std::map<std::string, std::vector<image::Rgb>>;

constexpr std::uint64_t pictures = 200;

std::string name_of(std::uint64_t index) {
  return fmt::format("{:03}", index);
}

void make(const fs::path& folder) {
  fs::create_directories(folder);
  std::ofstream truth(folder / "truth.tsv");
  for (std::uint64_t i = 0; i < pictures; ++i) {
    const palette::test::MadePalette made = palette::test::made_palette(i);
    palette::test::save_damaged(made, folder / (name_of(i) + ".jpg"), i);
    truth << name_of(i);
    for (const image::Rgb& colour : made.colours) truth << '\t' << palette::hex(colour);
    truth << '\n';
  }
}

Palettes read(const fs::path& file) {
  Palettes palettes;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, word;
    words >> name;
    while (words >> word) {
      const image::Colour colour = image::parse_colour(word);
      palettes[name].push_back({colour[0], colour[1], colour[2]});
    }
  }
  return palettes;
}

void report(const std::string& who, const Palettes& truth, const Palettes& found, bool details) {
  int exact = 0, within = 0, both = 0;
  double worst = 0, mean = 0;
  for (const auto& [name, colours] : truth) {
    const auto own = found.find(name);
    const palette::test::Recovery result = palette::test::recovery(
        colours, own == found.end() ? std::vector<image::Rgb>{} : own->second);
    exact += result.exact_count;
    within += result.worst <= 2;
    both += result.exact_count && result.worst <= 2;
    worst = std::max(worst, result.worst);
    mean += result.mean / static_cast<double>(truth.size());
    if (details && !(result.exact_count && result.worst <= 2)) {
      fmt::print("  {}: {} colours, {} found, worst {:.2f}\n", name, colours.size(),
                 own == found.end() ? 0 : own->second.size(), result.worst);
    }
  }
  fmt::print("{:<22} {:>5} {:>12} {:>6} {:>8.2f} {:>8.2f}\n", who, exact, within, both, mean,
             worst);
}

void measure(const fs::path& folder) {
  const Palettes truth = read(folder / "truth.tsv");
  Palettes counted, asked;
  const auto start = std::chrono::steady_clock::now();
  for (const auto& [name, colours] : truth) {
    const image::Image picture = image::load(folder / (name + ".jpg"), {.min_edge = 1});
    for (const auto& colour : palette::extract(picture).colours)
      counted[name].push_back(colour.rgb);
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  for (const auto& [name, colours] : truth) {
    const image::Image picture = image::load(folder / (name + ".jpg"), {.min_edge = 1});
    for (const auto& colour : palette::extract(picture, static_cast<int>(colours.size())).colours)
      asked[name].push_back(colour.rgb);
  }
  fmt::print("{} palettes, CIEDE2000; {:.2f} s a palette\n", truth.size(),
             seconds.count() / static_cast<double>(truth.size()));
  fmt::print("{:<22} {:>5} {:>12} {:>6} {:>8} {:>8}\n", "", "count", "all within 2", "both", "mean",
             "worst");
  report("atelier", truth, counted, true);
  report("atelier, count given", truth, asked, true);
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".tsv" && entry.path().stem() != "truth")
      report(entry.path().stem().string(), truth, read(entry.path()), false);
  }
}

}  // namespace

int main(int count, char** words) {
  const std::string_view verb = count == 3 ? words[1] : "";
  if (verb != "make" && verb != "measure") {
    fmt::print(stderr, "usage: atelier_palette_bench make|measure DIR\n");
    return EXIT_FAILURE;
  }
  (verb == "make" ? make : measure)(words[2]);
}
