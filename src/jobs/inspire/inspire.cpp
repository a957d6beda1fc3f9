// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/inspire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/jobs/frame.hpp"
#include "atelier/jobs/generate.hpp"
#include "atelier/jobs/match.hpp"
#include "atelier/jobs/stylize.hpp"
#include "atelier/jobs/write.hpp"
#include "atelier/palette/extract.hpp"
#include "jobs/html/html.hpp"
#include "jobs/inputs.hpp"
#include "jobs/inspire/board_page.hpp"
#include "jobs/inspire/fitting.hpp"
#include "jobs/inspire/idea.hpp"
#include "jobs/inspire/shell_words.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr int colours_shown = 6, compositions_shown = 2, preview_size = 384;

class Board {
 public:
  Board(const InspireRequest& request, const OnProgress& on_progress, std::stop_token stop)
      : request_(request),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        watch_(seconds_),
        idea_(read_idea(request.idea)),
        names_(collection(request.folders), request.options.names) {
    check_page_output(request.output);
    if (request.folders.empty()) {
      fail(ErrorKind::invalid_argument,
           "name your collection with --in: folders whose works are looked through.");
    }
  }

  InspireReport run() {
    report_.idea =
        idea_.picture.empty() ? first_line(idea_.text) : idea_.picture.filename().string();
    if (!idea_.picture.empty()) pictures_.idea = load_picture(idea_.picture, board_sheet_edge);
    report_.works = fitting_works(
        request_, idea_, names_, [&](const std::string& what) { report_.left_out.push_back(what); },
        on_progress_, stop_);
    if (report_.works.empty()) {
      fail(ErrorKind::bad_input,
           "nothing in the collection fits '{}'; use words that stand in names of files, that name "
           "things, colours or feelings, or give a picture.",
           report_.idea);
    }
    for (const FittingWork& work : report_.works) {
      pictures_.works.push_back(load_picture(work.path, board_edge));
      pictures_.palettes.push_back(palette::extract(pictures_.works.back(), colours_shown));
    }
    part("a verse", [&] { add_verse(); });
    part("other hands", [&] { add_styles(); });
    part("sketches", [&] { add_sketches(); });
    part("how it may be built", [&] { add_compositions(); });
    write_file(request_.output, board_page(report_, pictures_));
    report_.output = request_.output;
    report_.seconds = watch_.elapsed();
    report_.peak_rss_bytes = peak_rss_bytes();
    return std::move(report_);
  }

 private:
  static std::vector<fs::path> collection(const std::vector<fs::path>& folders) {
    std::vector<fs::path> all;
    for (const fs::path& folder : folders) {
      const auto pictures = pictures_below(folder);
      all.insert(all.end(), pictures.begin(), pictures.end());
    }
    return all;
  }

  static std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

  /// A part of the board. Without a model, or with a form that cannot be kept, the rest goes on.
  template <class Make>
  void part(const char* name, const Make& make) {
    if (stop_.stop_requested()) fail(ErrorKind::cancelled, "interrupted; nothing was written.");
    try {
      make();
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::cancelled || error.kind() == ErrorKind::io) throw;
      report_.left_out.push_back(fmt::format("{}, since {}", name, error.what()));
    }
  }

  void add(BoardItem item, image::Image picture) {
    report_.items.push_back(std::move(item));
    pictures_.items.push_back(std::move(picture));
  }

  /// The picture that was given, or the work that fits best.
  [[nodiscard]] const fs::path& subject() const {
    return idea_.picture.empty() ? report_.works.front().path : idea_.picture;
  }

  void add_verse() {
    if (idea_.text.empty()) return;
    WriteRequest request;
    request.options.form = idea_.chinese ? "qijue" : "quatrain";
    request.options.topic = idea_.words.front();
    request.options.seed = request_.options.seed;
    const WriteReport written = write(request, {}, stop_);
    add({"verse", written.texts.front().title, written.texts.front().text,
         shell_command({"atelier", "write", "--form", request.options.form, "--topic",
                        request.options.topic, "--seed", std::to_string(request_.options.seed)})},
        {});
  }

  void add_styles() {
    if (request_.options.styles == 0) return;
    MatchRequest request{
        .content = subject(), .styles = {}, .leave_out = {subject()}, .options = {}};
    request.styles = collection(request_.folders);
    request.options.top = request_.options.styles;
    request.options.threads = request_.options.threads;
    const MatchReport matched = match(request, on_progress_, stop_);
    for (const MatchedStyle& style : matched.styles) add_preview(style);
  }

  void add_preview(const MatchedStyle& matched) {
    const TemporaryFolder folder;
    StylizeRequest request;
    request.content = subject();
    request.styles = {matched.path};
    request.output = folder.path() / "preview.png";
    request.options.method = "fast";
    request.options.size = preview_size;
    request.options.threads = request_.options.threads;
    static_cast<void>(stylize(request, on_progress_, stop_));
    add({"style", names_.of(matched.path),
         "a quick preview; without --method fast it is painted step by step",
         shell_command({"atelier", "stylize", subject().string(), matched.path.string(), "-o",
                        "painted.png", "--method", "fast", "--size",
                        std::to_string(preview_size)})},
        load_picture(request.output, board_edge));
  }

  void add_sketches() {
    if (request_.options.model.empty() || request_.options.sketches == 0) return;
    const TemporaryFolder folder;
    for (int i = 0; i < request_.options.sketches; ++i) {
      const std::uint64_t seed = request_.options.seed + static_cast<std::uint64_t>(i);
      GenerateRequest request;
      request.output = folder.path() / "sketch.png";
      request.options.seed = seed;
      request.run.model = request_.options.model;
      static_cast<void>(generate(request, on_progress_, stop_));
      add({"sketch", fmt::format("seed {}", seed), "",
           shell_command({"atelier", "generate", "-o", "sketch.png", "--model",
                          request_.options.model, "--seed", std::to_string(seed)})},
          load_picture(request.output, board_edge));
    }
  }

  void add_compositions() {
    std::vector<fs::path> of;
    if (!idea_.picture.empty()) of.push_back(idea_.picture);
    for (const FittingWork& work : report_.works) of.push_back(work.path);
    for (int i = 0; i < compositions_shown && i < std::ssize(of); ++i) {
      const fs::path& picture = of[static_cast<std::size_t>(i)];
      const TemporaryFolder folder;
      static_cast<void>(
          frame({.photo = picture, .output = folder.path() / "sheet.png", .options = {}}));
      add({"composition", picture == idea_.picture ? shown_name(picture) : names_.of(picture), "",
           shell_command({"atelier", "frame", picture.string(), "-o", "sheet.png"})},
          load_picture(folder.path() / "sheet.png", board_sheet_edge));
    }
  }

  const InspireRequest& request_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  double seconds_ = 0;
  Stopwatch watch_;
  Idea idea_;
  WorkNames names_;
  InspireReport report_;
  BoardPictures pictures_;
};

}  // namespace

const OptionTable<InspireOptions>& inspire_option_table() {
  using O = InspireOptions;
  static const OptionTable<O> table{
      {&O::works,
       {"works", "Board", "how many works of the collection are shown", "works", 1, 48, {}, {}}},
      {&O::styles,
       {"styles",
        "Board",
        "how many paintings of the collection the first work, or the picture, is repainted like",
        "previews",
        0,
        12,
        {},
        {}}},
      {&O::sketches,
       {"sketches", "Board", "how many sketches a generator makes", "sketches", 0, 16, {}, {}}},
      {&O::model,
       {"model",
        "Board",
        "a generator that `atelier train gan` made, for sketches; not given: none",
        "",
        {},
        {},
        {},
        {}}},
      {&O::names,
       {"names",
        "Search",
        "what the works are called, in the order of their files; not given: as their files are",
        "",
        {},
        {},
        {},
        {}}},
      {&O::library,
       {"library",
        "Search",
        "a folder that keeps what was seen, as `similar` does",
        "",
        {},
        {},
        {},
        {}}},
      {&O::seed, {"seed", "Board", "chooses the verse and the sketches", "", {}, {}, {}, {}}},
      {&O::threads, {"threads", "Run", "threads to compute with; 0: all", "", 0, 1024, {}, {}}},
  };
  return table;
}

nlohmann::ordered_json to_json(const InspireReport& report) {
  nlohmann::ordered_json works = nlohmann::ordered_json::array(),
                         items = nlohmann::ordered_json::array();
  for (const FittingWork& work : report.works) {
    works.push_back({{"path", work.path.string()},
                     {"name", work.name},
                     {"fit", work.fit},
                     {"reasons", work.reasons},
                     {"command", work.command}});
  }
  for (const BoardItem& item : report.items) {
    items.push_back({{"kind", item.kind},
                     {"title", item.title},
                     {"text", item.text},
                     {"command", item.command}});
  }
  return {{"output", report.output.string()},
          {"idea", report.idea},
          {"works", works},
          {"items", items},
          {"left_out", report.left_out},
          {"seconds", report.seconds},
          {"peak_rss_bytes", report.peak_rss_bytes}};
}

InspireReport inspire(const InspireRequest& request, const OnProgress& on_progress,
                      std::stop_token stop) {
  return Board(request, on_progress, std::move(stop)).run();
}

}  // namespace atelier::jobs
