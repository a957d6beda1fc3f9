// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/dataset.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/base/file_search.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/image/file.hpp"
#include "atelier/train/picture_set.hpp"
#include "jobs/look_alike.hpp"

namespace atelier::jobs {
namespace {

bool is_picture(const std::filesystem::path& path) {
  std::string suffix = path.extension().string();
  for (char& c : suffix) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  static const std::vector<std::string> known{".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"};
  return std::find(known.begin(), known.end(), suffix) != known.end();
}

/// Every picture that a file, folder or pattern names.
std::vector<std::filesystem::path> pictures_of(const std::string& what) {
  std::error_code ignored;
  FilesFound found;
  if (std::filesystem::is_directory(what, ignored)) {
    found = files_in(what);
  } else if (is_pattern(what)) {
    found = files_named(what);
  } else {
    found.files.emplace_back(what);
  }
  std::erase_if(found.files, [](const auto& path) { return !is_picture(path); });
  return found.files;
}

std::vector<std::filesystem::path> all_pictures_of(const std::vector<std::string>& names) {
  std::vector<std::filesystem::path> all;
  for (const std::string& name : names) {
    for (auto& path : pictures_of(name)) all.push_back(std::move(path));
  }
  return all;
}

/// The picture, its shorter edge at most `short_edge`.
image::Image load_small(const std::filesystem::path& path, int short_edge) {
  const image::Size size = image::probe(path).size;
  const double shorter = std::min(size.width, size.height);
  image::LoadOptions options;
  if (shorter > short_edge) {
    options.long_edge =
        static_cast<int>(std::lround(std::max(size.width, size.height) * short_edge / shorter));
  }
  return image::load(path, options);
}

std::vector<std::byte> bytes_of(const image::Image& picture) {
  std::vector<std::byte> bytes(picture.rgb.size());
  std::transform(picture.rgb.begin(), picture.rgb.end(), bytes.begin(), [](float v) {
    return static_cast<std::byte>(std::lround(std::clamp(v, 0.0F, 1.0F) * 255));
  });
  return bytes;
}

}  // namespace

const OptionTable<PackOptions>& pack_option_table() {
  using O = PackOptions;
  static const OptionTable<O> table{
      {&O::short_edge,
       {"short-edge",
        "Packing",
        "larger pictures are made smaller until their shorter edge is this",
        "px",
        16,
        4096,
        {},
        {}}},
      {&O::unlike,
       {"unlike",
        "Packing",
        "folders of pictures for measuring: what looks like one of them is left out",
        "",
        {},
        {},
        {},
        {}}},
  };
  return table;
}

PackReport pack(const PackRequest& request, const OnProgress& on_progress) {
  const std::vector<std::filesystem::path> pictures = all_pictures_of(request.pictures);
  LookAlike measured;
  for (const auto& path : all_pictures_of(request.options.unlike)) {
    measured.add(load_small(path, 64));
  }
  train::PictureSetWriter writer(request.output);
  PackReport report;
  report.output = request.output;
  double seconds = 0;
  const Stopwatch watch(seconds);
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    try {
      const image::Image picture = load_small(pictures[i], request.options.short_edge);
      if (measured.knows(picture)) {
        report.alike.push_back(pictures[i].string());
      } else if (!writer.add(pictures[i].filename().string(), picture.width, picture.height,
                             bytes_of(picture))) {
        ++report.twice;
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::bad_input) throw;
      report.unreadable.emplace_back(error.what());
    }
    if (on_progress) {
      on_progress({.stage = "packing",
                   .done = static_cast<std::int64_t>(i + 1),
                   .total = static_cast<std::int64_t>(pictures.size()),
                   .seconds = watch.elapsed()});
    }
  }
  writer.finish();
  const train::PictureSet set(request.output);
  report.pictures = static_cast<std::int64_t>(set.size());
  report.bytes = static_cast<std::int64_t>(std::filesystem::file_size(request.output));
  report.digest = set.digest();
  return report;
}

PackReport check_set(const std::filesystem::path& path) {
  const train::PictureSet set(path);
  for (std::size_t i = 0; i < set.size(); ++i) static_cast<void>(set.at(i));
  PackReport report;
  report.output = path;
  report.pictures = static_cast<std::int64_t>(set.size());
  report.bytes = static_cast<std::int64_t>(std::filesystem::file_size(path));
  report.digest = set.digest();
  return report;
}

nlohmann::json to_json(const PackReport& report) {
  return {{"output", report.output.string()},
          {"pictures", report.pictures},
          {"twice", report.twice},
          {"alike", report.alike},
          {"unreadable", report.unreadable},
          {"bytes", report.bytes},
          {"sha256", report.digest}};
}

}  // namespace atelier::jobs
