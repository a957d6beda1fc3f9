// SPDX-License-Identifier: Apache-2.0
#include "cli/stylize_film.hpp"

#include <fmt/ranges.h>

#include "atelier/base/error.hpp"
#include "atelier/jobs/animate.hpp"
#include "atelier/jobs/film.hpp"
#include "cli/losses_text.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"

namespace atelier::cli {
namespace {

/// Options as a repeated recipe has them, then those that are given now.
template <class T>
T options_of(const OptionTable<T>& table, const nlohmann::json& recorded,
             const GivenOptions& given) {
  T options;
  for (const auto& [name, value] : recorded.items()) {
    if (const auto* entry = table.find(name)) entry->parse(options, value);
  }
  apply_options(table, given, options);
  return options;
}

nlohmann::json recorded(const jobs::StylizeRequest& request) {
  return request.repeats && request.repeats->film.is_object() ? request.repeats->film
                                                              : nlohmann::json::object();
}

bool animated(const GivenFilm& given, const jobs::StylizeRequest& request) {
  return given.animated || recorded(request).value("animate", false);
}

void print_report(const jobs::FilmReport& report) {
  if (report.stop_reason == "cancelled") {
    print_line("stopped; {} of {} frames are painted and kept, and the same command goes on",
               report.frames, report.frames_asked);
    return;
  }
  print_line("{}", report.output.string());
  print_line(
      "{} frames of {} x {} px, {} iterations in {:.1f} s{}", report.frames, report.width,
      report.height, report.iterations, report.seconds,
      report.resumed_at > 0 ? fmt::format(" ({} frames from before)", report.resumed_at) : "");
  if (!report.cuts.empty()) print_line("scenes begin at frames {}", fmt::join(report.cuts, ", "));
  print_line("losses: {}", losses_text(report.losses));
}

}  // namespace

void add_film_options(CLI::App& command, GivenFilm& given) {
  command
      .add_flag(
          "--animate", given.animated,
          "make a film of the way from the photograph to the painting, or from style to style")
      ->group("Film");
  add_table_options(command, given.film, jobs::film_option_table());
  add_table_options(command, given.encode, film::encode_options());
}

bool makes_film(const GivenFilm& given, const jobs::StylizeRequest& request) {
  const bool animates = animated(given, request), film = jobs::is_film(request.content);
  const auto refuse = [](const std::string& option, const char* what) {
    fail(ErrorKind::invalid_argument, "--{} is for {}; leave it out.", option, what);
  };
  for (const auto& [option, value] : given.film) {
    if (option == "frames") {
      if (animates || !film) refuse(option, "films");
    } else if (!animates) {
      refuse(option, "films that --animate makes");
    }
  }
  if (!animates && !film && !given.encode.empty()) refuse(given.encode.begin()->first, "films");
  return animates || film;
}

int stylize_film(const GivenFilm& given, const GivenSigning& signing,
                 const jobs::StylizeRequest& request, bool json, bool quiet) {
  const auto signer = open_signer(signing);
  const nlohmann::json before = recorded(request);
  const auto encode = options_of(film::encode_options(), before, given.encode);
  const StopOnSignal signals;
  ProgressBar bar(quiet);
  const auto show = [&](const Progress& progress) { bar.show(progress); };
  const auto film = options_of(jobs::film_option_table(), before, given.film);
  const jobs::FilmReport report =
      animated(given, request) ? jobs::animate({request, film, encode}, show, signals.token())
                               : jobs::stylize_film({request, film, encode}, show, signals.token());
  bar.clear();
  if (report.stop_reason != "cancelled") {
    std::vector<std::filesystem::path> works = request.styles;
    works.push_back(request.content);
    sign_made(signer.get(), report.output, works);
  }
  for (const std::string& warning : report.warnings)
    fmt::print(stderr, "atelier: warning: {}\n", warning);
  if (json) {
    print_json(jobs::to_json(report));
  } else {
    print_report(report);
  }
  return report.stop_reason == "cancelled" ? exit_code(ErrorKind::cancelled) : 0;
}

}  // namespace atelier::cli
