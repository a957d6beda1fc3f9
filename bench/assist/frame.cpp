// SPDX-License-Identifier: Apache-2.0
// Measures `frame` on photographs: what crops cut, how tilts are told, how long it takes.
//
//   atelier_assist_bench cuts FOLDER bench/assist/known.tsv   crops of every picture of the table
//   atelier_assist_bench faces FOLDER...                      the same for faces that are detected
//   atelier_assist_bench level FOLDER...                      photographs turned by known angles
//   atelier_assist_bench time PHOTO                           enlarged to 12 million pixels
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>

#include "atelier/assist/level.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "atelier/image/turn.hpp"
#include "atelier/jobs/frame.hpp"
#include "atelier/vision/lines.hpp"

namespace {

namespace fs = std::filesystem;
using namespace atelier;

const std::vector<std::string> shapes{"1:1", "4:5", "16:9", "9:16", "3:2"};
constexpr double touched = 0.03;  // share of a thing within (or outside of) a crop that is no cut

struct Known {
  std::string kind;
  assist::Box box;
};
using Table = std::map<std::string, std::vector<Known>>;

Table read(const fs::path& file) {
  Table table;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::string picture;
    Known known;
    words >> picture >> known.kind >> known.box.left >> known.box.top >> known.box.right >>
        known.box.bottom;
    table[picture].push_back(known);
  }
  return table;
}

std::vector<fs::path> pictures_in(const std::vector<fs::path>& folders) {
  std::vector<fs::path> pictures;
  for (const fs::path& folder : folders) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      const fs::path suffix = entry.path().extension();
      if (suffix == ".jpg" || suffix == ".png") pictures.push_back(entry.path());
    }
  }
  std::sort(pictures.begin(), pictures.end());
  return pictures;
}

struct Counts {
  int pictures = 0, with_crops = 0;
  int crops = 0, sure = 0, refused = 0, cuts = 0, sure_cuts = 0, whole = 0, outside = 0;
};

Counts operator+(Counts a, const Counts& b) {
  for (const auto field :
       {&Counts::pictures, &Counts::with_crops, &Counts::crops, &Counts::sure, &Counts::refused,
        &Counts::cuts, &Counts::sure_cuts, &Counts::whole, &Counts::outside})
    a.*field += b.*field;
  return a;
}

void judge(const std::string& name, const jobs::FrameReport& report,
           const std::vector<Known>& things, Counts& counts) {
  const int before = counts.crops;
  ++counts.pictures;
  for (const assist::Proposal& proposal : report.proposals) {
    if (proposal.crops.empty()) ++counts.refused;
    for (const assist::Crop& crop : proposal.crops) {
      ++counts.crops;
      counts.sure += crop.sure ? 1 : 0;
      const assist::Box part = assist::box_of(crop.part, report.size);
      for (const Known& thing : things) {
        const double inside = assist::common(part, thing.box).area() / thing.box.area();
        if (inside >= 1 - touched) {
          ++counts.whole;
        } else if (inside <= touched) {
          ++counts.outside;
        } else {
          ++counts.cuts;
          counts.sure_cuts += crop.sure ? 1 : 0;
          fmt::print("  {} {}{}: {} at {:.2f} {:.2f} {:.2f} {:.2f} is cut, {:.0f} % within\n", name,
                     proposal.aspect.name, crop.sure ? "" : " (unsure)", thing.kind, thing.box.left,
                     thing.box.top, thing.box.right, thing.box.bottom, 100 * inside);
        }
      }
    }
  }
  counts.with_crops += counts.crops > before ? 1 : 0;
}

void print(const Counts& counts) {
  fmt::print(
      "{} pictures, {} with a crop; {} crops ({} sure), {} shapes refused; known things whole {}, "
      "outside {}, cut {} ({} by sure crops)\n",
      counts.pictures, counts.with_crops, counts.crops, counts.sure, counts.refused, counts.whole,
      counts.outside, counts.cuts, counts.sure_cuts);
}

jobs::FrameReport framed(const fs::path& picture) {
  jobs::FrameRequest request{.photo = picture};
  request.options.aspect = shapes;
  return jobs::frame(request);
}

void measure_cuts(const fs::path& folder, const fs::path& file) {
  const Table table = read(file);
  std::array<Counts, 2> halves;
  std::size_t number = 0;
  for (const auto& [name, things] : table)
    judge(name, framed(folder / name), things, halves[number++ % 2]);
  fmt::print("every second picture, on which numbers were chosen: ");
  print(halves[0]);
  fmt::print("the others: ");
  print(halves[1]);
  fmt::print("all: ");
  print(halves[0] + halves[1]);
}

void measure_faces(const std::vector<fs::path>& folders) {
  Counts counts;
  for (const fs::path& picture : pictures_in(folders)) {
    const jobs::FrameReport report = framed(picture);
    std::vector<Known> things;
    for (const assist::Face& face : report.scene.evidence.faces)
      things.push_back({"face", face.box});
    if (things.empty()) continue;
    judge(picture.filename().string(), report, things, counts);
  }
  print(counts);
}

std::optional<double> tilt_of(const image::Image& picture) {
  const auto width = static_cast<double>(picture.width),
             height = static_cast<double>(picture.height);
  std::vector<assist::Edge> edges;
  for (const vision::LineSegment& line : vision::find_lines(picture)) {
    edges.push_back({{{line.x0 / width, line.y0 / height}, {line.x1 / width, line.y1 / height}},
                     line.surprise});
  }
  const assist::Level level = assist::find_level(picture, edges);
  if (level.certainty < assist::certain) return std::nullopt;
  return level.tilt;
}

image::Image turned(const image::Image& picture, double degrees) {
  const double share = assist::level_share({picture.width, picture.height}, degrees);
  const int width = static_cast<int>(picture.width * share) - 2,
            height = static_cast<int>(picture.height * share) - 2;
  return image::Turn(picture, degrees)
      .part({(picture.width - width) / 2, (picture.height - height) / 2, width, height});
}

/// Turning a picture by an angle must change its tilt by that angle.
void measure_level(const std::vector<fs::path>& folders) {
  std::vector<double> errors, tilts;
  int all = 0, lost = 0;
  for (const fs::path& file : pictures_in(folders)) {
    const image::Image picture = image::load(file);
    ++all;
    const auto before = tilt_of(picture);
    if (!before) continue;
    tilts.push_back(std::abs(*before));
    for (const double degrees : {-6.0, -2.5, 1.0, 4.0}) {
      const auto after = tilt_of(turned(picture, degrees));
      if (after) errors.push_back(std::abs(*after - (*before - degrees)));
      lost += after ? 0 : 1;
    }
  }
  const auto within = [](const std::vector<double>& values, double most) {
    const auto count =
        std::count_if(values.begin(), values.end(), [&](double value) { return value <= most; });
    return values.empty() ? 0 : 100.0 * static_cast<double>(count) / std::ssize(values);
  };
  fmt::print(
      "{} photographs, {} with a certain level; tilt as found within 0.5 degrees {:.0f} %, "
      "1 degree {:.0f} %, 2 degrees {:.0f} %\n",
      all, tilts.size(), within(tilts, 0.5), within(tilts, 1), within(tilts, 2));
  fmt::print(
      "{} turned by known angles, {} no more certain; the angle is found within 0.3 degrees "
      "in {:.0f} %, 0.5 in {:.0f} %, 1 in {:.0f} %\n",
      errors.size(), lost, within(errors, 0.3), within(errors, 0.5), within(errors, 1));
}

void measure_time(const fs::path& photo) {
  const TemporaryFolder folder;
  const image::Image picture = image::load(photo);
  const double scale = std::sqrt(12e6 / static_cast<double>(picture.pixels()));
  const fs::path large = folder.path() / "large.jpg";
  image::save(image::resize(picture, {static_cast<int>(picture.width * scale),
                                      static_cast<int>(picture.height * scale)}),
              large);
  for (const bool crop : {false, true}) {
    std::vector<double> seconds;
    for (int round = 0; round < 5; ++round) {
      jobs::FrameRequest request{.photo = large, .output = folder.path() / "sheet.png"};
      if (crop) request.crop = folder.path() / "crop.jpg";
      seconds.push_back(jobs::frame(request).seconds);
    }
    std::sort(seconds.begin(), seconds.end());
    fmt::print("12 million pixels, {}: median {:.2f} s\n",
               crop ? "sheet and crop written" : "sheet written", seconds[2]);
  }
}

}  // namespace

int main(int count, char** words) {
  const std::string_view verb = count > 2 ? words[1] : "";
  const std::vector<fs::path> rest(words + std::min(count, 2), words + count);
  if (verb == "cuts" && rest.size() == 2) {
    measure_cuts(rest[0], rest[1]);
  } else if (verb == "faces") {
    measure_faces(rest);
  } else if (verb == "level") {
    measure_level(rest);
  } else if (verb == "time" && rest.size() == 1) {
    measure_time(rest[0]);
  } else {
    fmt::print(stderr,
               "usage: atelier_assist_bench cuts FOLDER TABLE | faces FOLDER... | "
               "level FOLDER... | time PHOTO\n");
    return EXIT_FAILURE;
  }
}
