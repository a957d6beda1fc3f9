// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/similar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "atelier/appraise/labels.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/image/contact_sheet.hpp"
#include "atelier/image/file.hpp"
#include "atelier/retrieval/library.hpp"
#include "atelier/retrieval/looks.hpp"
#include "atelier/vision/copies.hpp"
#include "jobs/compute.hpp"
#include "jobs/inputs.hpp"
#include "jobs/picture_region.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using retrieval::Library;
using retrieval::Looker;

constexpr double least_likely = 0.1;  // that a thing is in a work, for it to be found by its name
constexpr int seen_edge = 768;        // px, long edge at which pictures are looked at
constexpr std::size_t compared = 30;  // works that may be copies

bool by_points(const SimilarOptions& options) {
  return options.compare == "points";
}

/// What a file is called, below the folder that was named, in words.
std::string words_of(const fs::path& file, const fs::path& folder) {
  std::string words = fs::path(file).replace_extension().lexically_relative(folder.parent_path());
  std::replace_if(
      words.begin(), words.end(), [](unsigned char c) { return std::ispunct(c) != 0; }, ' ');
  return words;
}

/// What names the things in works, where its model is there.
std::optional<appraise::Labels> known_labels() {
  const fs::path model = own_data("models/appraisal.safetensors");
  return model.empty() ? std::nullopt : std::optional<appraise::Labels>(model);
}

/// The picture as it is looked at, and its size in the file.
std::pair<image::Image, image::Size> loaded(const fs::path& file) {
  const image::Size size = image::probe(file).size;
  const int long_edge = std::max(size.width, size.height);
  return {image::load(file, {.long_edge = long_edge > seen_edge ? seen_edge : 0}), size};
}

class Run {
 public:
  Run(const SimilarRequest& request, const OnProgress& on_progress, std::stop_token stop)
      : request_(request),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        looker_(Looker::load()),
        labels_(known_labels()),
        library_(place(), looker_.maker() + (labels_ ? " " + labels_->digest() : "")) {
    for (const fs::path& folder : request.folders) {
      if (!fs::is_directory(folder)) {
        fail(ErrorKind::bad_input, "{} is no folder of pictures.", folder.string());
      }
      folders_.push_back(fs::canonical(folder));
    }
  }

  SimilarReport report() {
    SimilarReport report;
    report.library = place();
    {
      const Stopwatch watch(report.seconds_looking);
      for (const fs::path& folder : folders_) look_through(folder, report);
    }
    report.known = library_.size();
    {
      const Stopwatch watch(report.seconds_finding);
      find(report);
    }
    if (!request_.sheet.empty()) draw(report);
    report.peak_rss_bytes = peak_rss_bytes();
    return report;
  }

 private:
  [[nodiscard]] fs::path place() const {
    const std::string& named = request_.options.library;
    return named.empty() ? cache_dir() / "library" : fs::path(named);
  }

  void look_through(const fs::path& folder, SimilarReport& report) {
    const std::vector<fs::path> files = pictures_below(folder);
    const auto began = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (stop_.stop_requested()) {
        fail(ErrorKind::cancelled, "interrupted; what was looked at is kept.");
      }
      tell(folder.filename().string(), i, files.size(), began);
      look_at(files[i], folder, report);
    }
    const std::set<fs::path> there(files.begin(), files.end());
    for (const fs::path& known : library_.in(folder)) {
      if (there.contains(known)) continue;
      library_.forget(known);
      ++report.forgotten;
    }
  }

  void tell(const std::string& stage, std::size_t done, std::size_t total,
            std::chrono::steady_clock::time_point began) const {
    if (!on_progress_) return;
    Progress progress;
    progress.stage = stage;
    progress.done = static_cast<std::int64_t>(done);
    progress.total = static_cast<std::int64_t>(total);
    progress.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    on_progress_(progress);
  }

  void look_at(const fs::path& file, const fs::path& folder, SimilarReport& report) {
    std::error_code gone;
    const auto bytes = static_cast<std::int64_t>(fs::file_size(file, gone));
    const std::int64_t modified = fs::last_write_time(file, gone).time_since_epoch().count();
    if (gone) return;
    if (library_.knows(file, bytes, modified)) {
      ++report.unchanged;
      return;
    }
    try {
      const auto [picture, size] = loaded(file);
      const std::vector<retrieval::Look> looks = looker_.looks(picture);
      library_.keep({file, bytes, modified, sha256_file(file), size.width, size.height,
                     words_of(file, folder) + labels_of(looks)},
                    looks);
      ++report.looked_at;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::bad_input) throw;
      library_.forget(file);
      report.skipped.emplace_back(error.what());
    }
  }

  /// The things in a work, in words; nothing where none is likely.
  [[nodiscard]] std::string labels_of(const std::vector<retrieval::Look>& looks) const {
    if (!labels_) return "";
    const auto whole = std::find_if(looks.begin(), looks.end(), [](const retrieval::Look& look) {
      return look.aspect == "content" && look.region == retrieval::Region{};
    });
    std::string labels;
    for (const appraise::Guess& guess : (*labels_)(whole->vector)) {
      if (guess.probability < least_likely) break;
      labels += ' ' + guess.name;
    }
    return labels;
  }

  void find(SimilarReport& report) {
    const SimilarOptions& options = request_.options;
    const auto count = static_cast<std::size_t>(options.count);
    std::vector<retrieval::Match> matches;
    std::optional<vision::CopyFinder> copies;
    if (!request_.picture.empty()) {
      auto [picture, size] = loaded(request_.picture);
      if (!options.region.empty()) {
        picture = image::load(request_.picture);
        picture = image::cut(picture, picture_region(options.region, size));
      }
      if (by_points(options)) copies.emplace(picture);
      matches = library_.alike(options.by, looker_.look(picture, options.by),
                               copies ? std::max(count, compared) : count, folders_);
    } else if (!options.words.empty()) {
      matches = library_.called(options.words, count, folders_);
    }
    for (const retrieval::Match& match : matches) report.works.push_back(found(match));
    if (copies) tell_copies(*copies, report.works);
    if (report.works.size() > count) report.works.resize(count);
  }

  /// Copies come first, those on which the most points agree before the others.
  void tell_copies(const vision::CopyFinder& copies, std::vector<SimilarWork>& works) const {
    const auto began = std::chrono::steady_clock::now();
    const std::size_t all = std::min(works.size(), compared);
    for (std::size_t i = 0; i < all; ++i) {
      if (stop_.stop_requested()) fail(ErrorKind::cancelled, "interrupted.");
      tell("comparing", i, all, began);
      try {
        tell_copy(copies, works[i]);
      } catch (const Error& error) {  // gone or damaged since it was looked at
        if (error.kind() != ErrorKind::bad_input) throw;
      }
    }
    std::stable_sort(works.begin(), works.end(), [](const SimilarWork& a, const SimilarWork& b) {
      return (a.copy ? a.copy->agreeing : 0) > (b.copy ? b.copy->agreeing : 0);
    });
  }

  static void tell_copy(const vision::CopyFinder& copies, SimilarWork& work) {
    const auto [picture, size] = loaded(work.path);
    const std::optional<vision::Copy> copy = copies.in(picture);
    if (!copy) return;
    const auto px = [&](int length) {
      return static_cast<int>(
          std::lround(static_cast<double>(length) * size.width / picture.width));
    };
    work.x = px(copy->part.left);
    work.y = px(copy->part.top);
    work.part_width = std::min(px(copy->part.width), size.width - work.x);
    work.part_height = std::min(px(copy->part.height), size.height - work.y);
    work.copy = SimilarCopy{copy->mirrored, copy->agreeing};
  }

  static SimilarWork found(const retrieval::Match& match) {
    const auto share = [](float part, int of) {
      return static_cast<int>(std::lround(part * static_cast<float>(of)));
    };
    const retrieval::Work& work = match.work;
    return {work.path,
            match.likeness,
            work.width,
            work.height,
            share(match.region.x, work.width),
            share(match.region.y, work.height),
            share(match.region.width, work.width),
            share(match.region.height, work.height)};
  }

  void draw(SimilarReport& report) const {
    constexpr int columns = 4, cell = 256;
    std::vector<image::SheetCell> cells;
    if (!request_.picture.empty()) {
      cells.push_back({image::load(request_.picture, {.long_edge = cell}), "looked for"});
    }
    for (const SimilarWork& work : report.works) {
      std::error_code gone;
      if (!fs::exists(work.path, gone)) continue;
      cells.push_back({image::load(work.path, {.long_edge = cell}),
                       fmt::format("{:.3f} {}", work.likeness, work.path.filename().string())});
    }
    if (cells.empty()) fail(ErrorKind::bad_input, "nothing was found to be drawn.");
    image::save(image::contact_sheet({"", {image::flat_block(std::move(cells), columns)}, cell}),
                request_.sheet);
    report.sheet = request_.sheet;
  }

  const SimilarRequest& request_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  Looker looker_;
  std::optional<appraise::Labels> labels_;
  Library library_;
  std::vector<fs::path> folders_;
};

nlohmann::ordered_json copy_json(const std::optional<SimilarCopy>& copy) {
  if (!copy) return nullptr;
  return {{"mirrored", copy->mirrored}, {"agreeing", copy->agreeing}};
}

void check(const SimilarRequest& request) {
  const SimilarOptions& options = request.options;
  if (!request.picture.empty() && !options.words.empty()) {
    fail(ErrorKind::invalid_argument, "look for a picture or for --words, not for both.");
  }
  if (request.picture.empty() && !options.region.empty()) {
    fail(ErrorKind::invalid_argument, "--region is a part of a picture; name the picture.");
  }
  if (request.picture.empty() && by_points(options)) {
    fail(ErrorKind::invalid_argument, "--compare points takes a picture; name it.");
  }
  if (request.picture.empty() && options.words.empty() && request.folders.empty()) {
    fail(ErrorKind::invalid_argument,
         "there is nothing to look for; name a picture, --words, or folders by --in.");
  }
}

}  // namespace

const OptionTable<SimilarOptions>& similar_option_table() {
  using O = SimilarOptions;
  static const OptionTable<O> table{
      {&O::by,
       {"by",
        "Search",
        "in which respect works are to be alike",
        "",
        {},
        {},
        retrieval::aspects(),
        {}}},
      {&O::region,
       {"region",
        "Search",
        "the part of the picture that counts: x,y,width,height from its upper left corner",
        "px",
        {},
        {},
        {},
        {}}},
      {&O::words,
       {"words",
        "Search",
        "words of works, in the place of a picture: of their files' and folders' names",
        "",
        {},
        {},
        {},
        {}}},
      {&O::compare,
       {"compare",
        "Search",
        "by looks alone, or the 30 likest works by points, too: the same picture, cut, mirrored or "
        "damaged, is told and comes first",
        "",
        {},
        {},
        {"looks", "points"},
        {}}},
      {&O::count, {"count", "Search", "works to be found, at most", "", 1, 1000, {}, {}}},
      {&O::library,
       {"library",
        "Run",
        "the folder in which what is known of works is kept; none: one of yours for all",
        "",
        {},
        {},
        {},
        {}}},
      {&O::threads, {"threads", "Run", "threads to compute with", "", 0, 1024, {}, {{"all", 0}}}},
  };
  return table;
}

nlohmann::ordered_json to_json(const SimilarReport& report) {
  nlohmann::ordered_json works = nlohmann::ordered_json::array();
  for (const SimilarWork& work : report.works) {
    works.push_back({{"path", work.path.string()},
                     {"likeness", work.likeness},
                     {"width", work.width},
                     {"height", work.height},
                     {"region", {work.x, work.y, work.part_width, work.part_height}},
                     {"copy", copy_json(work.copy)}});
  }
  return {{"works", works},
          {"known", report.known},
          {"looked_at", report.looked_at},
          {"unchanged", report.unchanged},
          {"forgotten", report.forgotten},
          {"skipped", report.skipped},
          {"library", report.library.string()},
          {"output", report.sheet.string()},
          {"seconds", {{"looking", report.seconds_looking}, {"finding", report.seconds_finding}}},
          {"peak_rss_bytes", report.peak_rss_bytes}};
}

SimilarReport similar(const SimilarRequest& request, const OnProgress& on_progress,
                      std::stop_token stop) {
  check(request);
  static_cast<void>(set_up_compute("cpu", request.options.threads));
  return Run(request, on_progress, std::move(stop)).report();
}

}  // namespace atelier::jobs
