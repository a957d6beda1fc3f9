// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/stopwatch.hpp"
#include "atelier/jobs/catalog.hpp"
#include "jobs/catalog/alike.hpp"

namespace atelier::jobs {
namespace {

using namespace catalogue;

/// SHA-256 of the newest picture among a work's files; empty: there is none.
std::string newest_picture(const Catalogue& catalogue, const std::string& number) {
  const std::vector<WorkFile> files = files_of(catalogue, number);
  const auto newest = std::find_if(files.rbegin(), files.rend(),
                                   [](const WorkFile& file) { return file.width > 0; });
  return newest == files.rend() ? "" : newest->digest;
}

}  // namespace

FindReport find_in_catalog(const FindRequest& request) {
  const Catalogue catalogue(request.folder);
  FindReport report;
  if (!request.like.empty()) {
    report = find_alike(catalogue, request);
  } else {
    const Stopwatch watch(report.seconds);
    report.works = find(catalogue, request.query);
    report.total = count(catalogue, request.query);
  }
  for (const Found& found : report.works)
    report.pictures.push_back(newest_picture(catalogue, found.work.number));
  return report;
}

}  // namespace atelier::jobs
