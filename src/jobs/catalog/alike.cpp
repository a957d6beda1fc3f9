// SPDX-License-Identifier: Apache-2.0
#include "jobs/catalog/alike.hpp"

#include <algorithm>
#include <map>

#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/image/file.hpp"
#include "atelier/retrieval/library.hpp"
#include "atelier/retrieval/looks.hpp"
#include "jobs/compute.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using namespace catalogue;
using retrieval::Library;
using retrieval::Looker;

constexpr int seen_edge = 768;  // px, long edge at which pictures are looked at
constexpr const char* aspect = "content";

/// Pictures are known by what is in them, so that a file may move.
Library looks_of(const Catalogue& catalogue, const Looker& looker) {
  return {catalogue.folder() / "looks", looker.maker()};
}

image::Image loaded(const fs::path& file) {
  const image::Size size = image::probe(file).size;
  return image::load(file,
                     {.long_edge = std::max(size.width, size.height) > seen_edge ? seen_edge : 0});
}

void check_alone(const Query& query) {
  Query plain;
  plain.limit = query.limit;
  if (query_option_table().to_json(query) == query_option_table().to_json(plain) &&
      query.words.empty())
    return;
  fail(ErrorKind::invalid_argument,
       "--like finds by the picture alone; leave out the other conditions.");
}

}  // namespace

FindReport find_alike(const Catalogue& catalogue, const FindRequest& request) {
  check_alone(request.query);
  static_cast<void>(set_up_compute("cpu", 0));
  const Looker looker = Looker::load();
  Library library = looks_of(catalogue, looker);
  const std::vector<float> look = looker.look(loaded(request.like), aspect);
  FindReport report;
  const Stopwatch watch(report.seconds);
  std::vector<std::string> digests;
  std::map<std::string, double> likeness;
  for (const retrieval::Match& match :
       library.alike(aspect, look, static_cast<std::size_t>(request.query.limit))) {
    digests.push_back(match.work.sha256);
    likeness.emplace(match.work.sha256, match.likeness);
  }
  report.works = with_files(catalogue, digests);
  for (const Found& found : report.works) {
    double most = 0;
    for (const WorkFile& file : files_of(catalogue, found.work.number)) {
      const auto known = likeness.find(file.digest);
      if (known != likeness.end()) most = std::max(most, known->second);
    }
    report.likeness.push_back(most);
  }
  report.total = std::ssize(report.works);
  return report;
}

std::int64_t look_at_catalog(const fs::path& folder, const OnProgress& on_progress,
                             std::stop_token stop) {
  const Catalogue catalogue(folder);
  static_cast<void>(set_up_compute("cpu", 0));
  const Looker looker = Looker::load();
  Library library = looks_of(catalogue, looker);
  store::Statement row = catalogue.database().prepare(
      "SELECT DISTINCT digest, path FROM files WHERE width > 0 ORDER BY id");
  std::vector<std::pair<std::string, fs::path>> pictures;
  while (row.step()) {
    if (!library.knows(row.text(0), 0, 0)) pictures.emplace_back(row.text(0), folder / row.text(1));
  }
  std::int64_t done = 0;
  double seconds = 0;
  const Stopwatch watch(seconds);
  for (const auto& [digest, file] : pictures) {
    if (stop.stop_requested()) fail(ErrorKind::cancelled, "stopped; what was looked at is kept.");
    const image::Image picture = loaded(file);
    const retrieval::Work known{.path = digest,
                                .bytes = 0,
                                .modified = 0,
                                .sha256 = digest,
                                .width = picture.width,
                                .height = picture.height,
                                .words = {}};
    library.keep(known, looker.looks(picture));
    ++done;
    if (on_progress) {
      on_progress({.stage = "look",
                   .done = done,
                   .total = std::ssize(pictures),
                   .seconds = watch.elapsed(),
                   .remaining = watch.elapsed() / static_cast<double>(done) *
                                static_cast<double>(std::ssize(pictures) - done),
                   .values = {}});
    }
  }
  return done;
}

}  // namespace atelier::jobs
