// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/dataset.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/image/file.hpp"
#include "atelier/train/picture_set.hpp"
#include "jobs/look_alike.hpp"
#include "jobs/sources/picture_source.hpp"

namespace atelier::jobs {
namespace {

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

/// The picture, its shorter edge at most `short_edge`. Errors name it as people can find it.
image::Image load_small(const FoundPicture& found, int short_edge) {
  try {
    return load_small(found.file, short_edge);
  } catch (const Error& error) {
    std::string message = error.what();
    const std::string file = found.file.string();
    const std::size_t at = message.find(file);
    if (at != message.npos) message.replace(at, file.size(), shown(found));
    throw Error(error.kind(), message);
  }
}

/// Correlation of two pictures of the same work in a collection (look_alike.hpp).
constexpr float same_work = 0.98F;

std::vector<std::byte> bytes_of(const image::Image& picture) {
  std::vector<std::byte> bytes(picture.rgb.size());
  std::transform(picture.rgb.begin(), picture.rgb.end(), bytes.begin(), [](float v) {
    return static_cast<std::byte>(std::lround(std::clamp(v, 0.0F, 1.0F) * 255));
  });
  return bytes;
}

void describe(const train::PictureSet& set, PackReport& report) {
  report.pictures = static_cast<std::int64_t>(set.size());
  report.bytes = static_cast<std::int64_t>(std::filesystem::file_size(report.output));
  report.digest = set.digest();
  for (const train::PackedPicture& picture : set.pictures()) {
    if (!picture.label.empty()) ++report.labels[picture.label];
    ++report.sizes[bucket_of(picture.width, picture.height)];
  }
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
      {&O::duplicates,
       {"duplicates",
        "Packing",
        "pictures that look like an earlier one, in another size or quality: leave them out or not",
        "",
        {},
        {},
        {"drop", "keep"},
        {}}},
      {&O::labels,
       {"labels",
        "Packing",
        "classes of pictures: as tables, annotations and LSUN's names say; or the folder directly "
        "below "
        "what was named",
        "",
        {},
        {},
        {"given", "folder"},
        {}}},
      {&O::label_column,
       {"label-column",
        "Packing",
        "column of tables that holds classes; else label, style, class, movement, genre or artist",
        "",
        {},
        {},
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
  const LabelRule rule{request.options.labels == "folder", request.options.label_column};
  std::vector<std::unique_ptr<PictureSource>> sources;
  std::int64_t total = 0;
  for (const std::string& named : request.pictures) {
    sources.push_back(open_source(named, rule));
    total += sources.back()->size();
  }
  LookAlike measured, packed(same_work);
  const bool drops_duplicates = request.options.duplicates == "drop";
  for (const std::string& named : request.options.unlike) {
    open_source(named, {})->each(
        [&](const FoundPicture& found) { measured.add(load_small(found, 64)); });
  }
  train::PictureSetWriter writer(request.output);
  PackReport report;
  report.output = request.output;
  double seconds = 0;
  const Stopwatch watch(seconds);
  std::int64_t done = 0;
  const auto add = [&](const FoundPicture& found) {
    try {
      const image::Image picture = load_small(found, request.options.short_edge);
      const std::vector<std::byte> bytes = bytes_of(picture);
      if (measured.knows(picture)) {
        report.alike.push_back(shown(found));
      } else if (writer.holds(bytes)) {
        ++report.twice;
      } else if (drops_duplicates && packed.knows(picture)) {
        report.duplicates.push_back(found.name);
      } else {
        static_cast<void>(
            writer.add(found.name, picture.width, picture.height, bytes, found.label));
        if (drops_duplicates) packed.add(picture);
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::bad_input) throw;
      report.unreadable.emplace_back(error.what());
    }
    if (on_progress) {
      on_progress({.stage = "packing",
                   .done = ++done,
                   .total = total,
                   .seconds = watch.elapsed(),
                   .remaining = -1,
                   .values = {}});
    }
  };
  for (const auto& source : sources) source->each(add);
  writer.finish();
  describe(train::PictureSet(request.output), report);
  return report;
}

PackReport check_set(const std::filesystem::path& path) {
  const train::PictureSet set(path);
  for (std::size_t i = 0; i < set.size(); ++i) static_cast<void>(set.at(i));
  PackReport report;
  report.output = path;
  describe(set, report);
  return report;
}

PackReport set_info(const std::filesystem::path& path) {
  PackReport report;
  report.output = path;
  describe(train::PictureSet(path), report);
  return report;
}

const OptionTable<SplitOptions>& split_option_table() {
  using O = SplitOptions;
  static const OptionTable<O> table{
      {&O::share,
       {"share",
        "Splitting",
        "of the pictures that go into the second set",
        "",
        0.001,
        0.999,
        {},
        {}}},
      {&O::by,
       {"by",
        "Splitting",
        "what stays together: nothing; or names as far as the first _ (artist_title.jpg)",
        "",
        {},
        {},
        {"picture", "artist"},
        {}}},
  };
  return table;
}

SplitReport split(const SplitRequest& request) {
  const train::PictureSet set(request.set);
  train::PictureSetWriter first(request.first), second(request.second);
  for (std::size_t i = 0; i < set.size(); ++i) {
    const train::PackedPicture& picture = set.at(i);
    const std::string artist = picture.name.substr(0, picture.name.find('_'));
    const std::string together =
        request.options.by == "artist" ? sha256(std::as_bytes(std::span(artist))) : picture.sha256;
    const double place =
        static_cast<double>(std::stoul(together.substr(0, 8), nullptr, 16)) / 4294967296.0;
    (place < request.options.share ? second : first)
        .add(picture.name, picture.width, picture.height, picture.pixels, picture.label);
  }
  first.finish();
  second.finish();
  return {set_info(request.first), set_info(request.second)};
}

nlohmann::json to_json(const PackReport& report) {
  std::map<std::string, std::int64_t> edges;
  nlohmann::json buckets = nlohmann::json::array();
  for (const auto& [bucket, count] : report.sizes) {
    edges[std::to_string(bucket.shorter_from)] += count;
    buckets.push_back({{"shorter_edge_from", bucket.shorter_from},
                       {"aspect", aspect_classes.at(bucket.aspect)},
                       {"pictures", count}});
  }
  return {{"output", report.output.string()},
          {"pictures", report.pictures},
          {"labels", report.labels},
          {"shorter_edge_from", edges},
          {"buckets", buckets},
          {"twice", report.twice},
          {"duplicates", report.duplicates},
          {"alike", report.alike},
          {"unreadable", report.unreadable},
          {"bytes", report.bytes},
          {"sha256", report.digest}};
}

}  // namespace atelier::jobs
