// SPDX-License-Identifier: Apache-2.0
#include "jobs/inspire/fitting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/appraise.hpp"
#include "atelier/jobs/similar.hpp"
#include "atelier/palette/names.hpp"
#include "atelier/retrieval/looks.hpp"
#include "jobs/inputs.hpp"
#include "jobs/inspire/shell_words.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr int most_felt = 300;  // works that are appraised for a mood

class Search {
 public:
  Search(const InspireRequest& request, const Idea& idea, const WorkNames& names,
         const std::function<void(const std::string&)>& left_out, const OnProgress& on_progress,
         const std::stop_token& stop)
      : request_(request),
        idea_(idea),
        names_(names),
        left_out_(left_out),
        on_progress_(on_progress),
        stop_(stop) {}

  std::vector<FittingWork> run() {
    if (!idea_.picture.empty()) {
      by_picture();
    } else {
      for (const std::string& word : idea_.words) {
        by_name(word);
        by_colour(word);
      }
      by_mood();
    }
    std::vector<FittingWork> works;
    for (auto& [path, work] : found_) works.push_back(std::move(work));
    std::stable_sort(works.begin(), works.end(),
                     [](const FittingWork& a, const FittingWork& b) { return a.fit > b.fit; });
    if (static_cast<int>(works.size()) > request_.options.works)
      works.resize(static_cast<std::size_t>(request_.options.works));
    return works;
  }

 private:
  [[nodiscard]] SimilarReport look(SimilarRequest request) const {
    request.folders = request_.folders;
    request.options.library = request_.options.library;
    request.options.threads = request_.options.threads;
    request.options.count = 2 * request_.options.works + 1;
    return similar(request, on_progress_, stop_);
  }

  /// The command that looks so.
  [[nodiscard]] std::string finding(const std::vector<std::string>& what) const {
    std::vector<std::string> words{"atelier", "similar"};
    words.insert(words.end(), what.begin(), what.end());
    for (const fs::path& folder : request_.folders) {
      words.emplace_back("--in");
      words.push_back(folder.string());
    }
    return shell_command(words);
  }

  /// One more reason for a work, which was at this place of a ranking.
  void add(const fs::path& path, std::size_t rank, std::string reason, std::string command) {
    if (!idea_.picture.empty()) {
      std::error_code none;
      if (fs::equivalent(path, idea_.picture, none)) return;
    }
    FittingWork& work = found_[path];
    work.path = path;
    work.name = names_.of(path);
    work.fit += 1.0 / (10 + static_cast<double>(rank));
    work.reasons.push_back(std::move(reason));
    if (work.command.empty()) work.command = std::move(command);
  }

  void by_picture() {
    for (const std::string& aspect : retrieval::aspects()) {
      SimilarRequest request{.picture = idea_.picture, .folders = {}, .sheet = {}, .options = {}};
      request.options.by = aspect;
      const SimilarReport report = look(std::move(request));
      for (std::size_t i = 0; i < report.works.size(); ++i) {
        add(report.works[i].path, i,
            fmt::format("like it by {} ({:.2f})", aspect, report.works[i].likeness),
            finding({idea_.picture.string(), "--by", aspect}));
      }
    }
  }

  void by_name(const std::string& word) {
    const std::vector<fs::path> called = names_.with(word);
    for (std::size_t i = 0; i < called.size(); ++i) {
      add(called[i], i, fmt::format("“{}” is in its name", word), finding({"--words", word}));
    }
    SimilarRequest request;
    request.options.words = word;
    const SimilarReport report = look(std::move(request));
    for (std::size_t i = 0; i < report.works.size(); ++i) {
      add(report.works[i].path, i, fmt::format("“{}” is in its name or in it", word),
          finding({"--words", word}));
    }
  }

  void by_colour(const std::string& word) {
    const auto& names = palette::colour_names();
    const auto named = std::find_if(names.begin(), names.end(),
                                    [&](const auto& colour) { return colour.name == word; });
    if (named == names.end()) return;
    const TemporaryFolder folder;
    constexpr int edge = 64;
    image::Image flat{edge, edge, {}, {}};
    for (int i = 0; i < edge * edge; ++i)
      for (const float channel : named->rgb) flat.rgb.push_back(channel);
    image::save(flat, folder.path() / "colour.png");
    SimilarRequest request{
        .picture = folder.path() / "colour.png", .folders = {}, .sheet = {}, .options = {}};
    request.options.by = "palette";
    const SimilarReport report = look(std::move(request));
    for (std::size_t i = 0; i < report.works.size() && report.works[i].likeness > 0; ++i) {
      add(report.works[i].path, i, fmt::format("among those with most of {}", word),
          shell_command({"atelier", "palette", report.works[i].path.string()}));
    }
  }

  [[nodiscard]] AppraiseReport felt(const std::vector<fs::path>& works) const {
    AppraiseRequest request;
    request.works = works;
    request.origin = false;
    request.options.threads = request_.options.threads;
    return appraise_works(request, on_progress_, stop_);
  }

  void by_mood() {
    if (own_data("models/appraisal.safetensors").empty()) return;
    std::vector<fs::path> works;
    for (const fs::path& folder : request_.folders)
      for (const fs::path& file : pictures_below(folder)) works.push_back(file);
    if (works.empty()) return;
    const AppraiseReport first = felt({works.front()});
    for (const appraise::Emotion& emotion : first.works.front().appraisal.emotions) {
      const auto word = std::find_if(idea_.words.begin(), idea_.words.end(),
                                     [&](const auto& one) { return akin(one, emotion.name); });
      if (word == idea_.words.end()) continue;
      if (works.size() > most_felt) {
        left_out_(fmt::format("works by mood: {} would have to be looked at, more than {}",
                              works.size(), most_felt));
        return;
      }
      add_felt(felt(works), emotion.name);
    }
  }

  void add_felt(const AppraiseReport& report, const std::string& name) {
    std::vector<std::pair<double, fs::path>> ranked;
    for (const AppraisedWork& work : report.works) {
      for (const appraise::Emotion& emotion : work.appraisal.emotions)
        if (emotion.name == name) ranked.emplace_back(emotion.share, work.path);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    const std::size_t count =
        std::min<std::size_t>(ranked.size(), 2 * static_cast<std::size_t>(request_.options.works));
    for (std::size_t i = 0; i < count; ++i) {
      add(ranked[i].second, i,
          fmt::format("{:.0f} % of viewers would name {}", 100 * ranked[i].first, name),
          shell_command({"atelier", "appraise", ranked[i].second.string()}));
    }
  }

  const InspireRequest& request_;
  const Idea& idea_;
  const WorkNames& names_;
  const std::function<void(const std::string&)>& left_out_;
  const OnProgress& on_progress_;
  const std::stop_token& stop_;
  std::map<fs::path, FittingWork> found_;
};

}  // namespace

std::vector<FittingWork> fitting_works(const InspireRequest& request, const Idea& idea,
                                       const WorkNames& names,
                                       const std::function<void(const std::string&)>& left_out,
                                       const OnProgress& on_progress, const std::stop_token& stop) {
  return Search(request, idea, names, left_out, on_progress, stop).run();
}

}  // namespace atelier::jobs
