// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "atelier/jobs/appraise.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::vector<std::string> works, reference;
  std::string page, text_model;
  GivenOptions options;
  bool json = false, quiet = false;
};

/// "Impressionism 62 %, Post Impressionism 21 %".
std::string listed(const std::vector<appraise::Guess>& guesses, int top) {
  std::string list;
  for (const appraise::Guess& guess : guesses) {
    if (top-- == 0) break;
    std::string name = guess.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    list += fmt::format("{}{} {:.0f} %", list.empty() ? "" : ", ", name, 100 * guess.probability);
  }
  return list;
}

/// "upper left", "middle".
std::string place_of(const appraise::PartLikeness& of, const jobs::AppraisedWork& work) {
  const int x = of.part.left + of.part.width / 2, y = of.part.top + of.part.height / 2;
  const std::string across = 5 * x < 2 * work.width   ? "left"
                             : 5 * x > 3 * work.width ? "right"
                                                      : "";
  const std::string down = 5 * y < 2 * work.height   ? "upper"
                           : 5 * y > 3 * work.height ? "lower"
                                                     : "";
  if (across.empty() && down.empty()) return "middle";
  if (across.empty()) return down + " middle";
  return down.empty() ? "middle " + across : down + " " + across;
}

void print_origin(const jobs::Origin& origin) {
  using Maker = jobs::Origin::Maker;
  if (origin.maker == Maker::unknown && origin.evidence.empty()) {
    print_line("  made by   the file does not tell");
    return;
  }
  print_line("  made by   {}: {}",
             origin.maker == Maker::machine  ? "a machine"
             : origin.maker == Maker::person ? "people or cameras, as is claimed"
                                             : "the file does not tell",
             fmt::join(origin.evidence, "; "));
}

void print_work(const jobs::AppraisedWork& work, int top) {
  const appraise::Appraisal& of = work.appraisal;
  print_line("{}: {} x {} px", work.path.string(), work.width, work.height);
  print_line("  style     {}{}", of.none_of_these() ? "none of these; nearest: " : "",
             listed(of.style, top));
  if (!of.content.empty()) print_line("  shows     {}", listed(of.content, top));
  if (!of.emotions.empty()) {
    std::string list;
    for (const appraise::Emotion& emotion : of.emotions) {
      list += fmt::format("{}{} {:.0f} % ({:+.0f})", list.empty() ? "" : ", ", emotion.name,
                          100 * emotion.share, 100 * (emotion.share - emotion.average));
    }
    print_line("  viewers   {}", list);
  }
  if (work.attribution) {
    const appraise::Attribution& hand = *work.attribution;
    print_line(
        "  hand      likeness {:.2f} to {} works ({:.2f} among them), p {:.2f}; nearer than {:.1f} "
        "% of works by others",
        hand.likeness, hand.works, hand.usual, hand.typical, 100 * hand.nearer_than_others);
  }
  if (!work.parts.empty()) {
    const auto [least, most] = std::minmax_element(
        work.parts.begin(), work.parts.end(),
        [](const auto& one, const auto& other) { return one.lean < other.lean; });
    print_line("  parts     most like them: {} ({:+.2f}), least: {} ({:+.2f})",
               place_of(*most, work), most->lean, place_of(*least, work), least->lean);
  }
  if (work.origin) print_origin(*work.origin);
  const std::string machines = jobs::machine_words(of);
  if (!machines.empty()) print_line("  looks     {}", machines);
  const appraise::Aesthetics& a = of.aesthetics;
  print_line("  measured  {} ({:.0f}), contrast {:.0f}, complexity {:.2f} bits a pixel",
             appraise::colourfulness_word(a.colourfulness), a.colourfulness, a.contrast,
             a.complexity);
  print_line("  the file  sharpness {:.2f}, noise {:.1f} levels, blocking {:.1f} levels",
             a.sharpness, a.noise, a.blocking);
}

/// "8 + 6".
std::string sum_of(const std::vector<int>& numbers) {
  return fmt::format("{}", fmt::join(numbers, " + "));
}

void print_form(const verse::Portrait& of) {
  const std::string kept = jobs::kept_words(of);
  if (!of.form.empty()) {
    print_line("  form      {}: {}", of.form, kept);
  } else if (kept.empty()) {
    print_line("  form      none of those known");
  } else {
    print_line("  form      none of those known; nearest: {}: {}",
               of.check.at("form").get<std::string>(), kept);
  }
}

void print_text(const jobs::AppraisedText& text) {
  const verse::Portrait& of = text.portrait;
  const bool chinese = of.language == verse::Language::chinese;
  print_line("{}: {}{}, {} line{}{}", text.path.string(),
             text.title.empty() ? "" : fmt::format("\"{}\", ", text.title),
             chinese ? "Chinese" : "English", of.lengths.size(), of.lengths.size() == 1 ? "" : "s",
             of.stanzas.size() > 1 ? " in " + sum_of(of.stanzas) : "");
  print_form(of);
  print_line("  rhyme     {}; {} perfect, {} near, {} by the same word", verse::scheme_text(of),
             of.perfect, of.near, of.repeated);
  int least = of.lengths.front().first, most = of.lengths.front().second;
  for (const auto& [few, many] : of.lengths) {
    least = std::min(least, few);
    most = std::max(most, many);
  }
  print_line("  lines     of {} {}",
             least == most ? fmt::format("{}", least) : fmt::format("{} to {}", least, most),
             chinese ? "characters" : "syllables");
  if (text.felt && !text.felt->emotions.empty()) {
    std::string list;
    for (const appraise::TextEmotion& emotion : text.felt->emotions) {
      list +=
          fmt::format("{}{} {:.0f} % ({:+.0f}{}{})", list.empty() ? "" : ", ", emotion.felt.name,
                      100 * emotion.felt.share, 100 * (emotion.felt.share - emotion.felt.average),
                      emotion.words.empty() ? "" : "; ", fmt::join(emotion.words, " "));
    }
    print_line("  readers   {}", list);
  }
  for (const jobs::NearText& near : text.nearest) {
    print_line("  like      {} {:.2f} ({})", near.path.string(), near.likeness,
               fmt::join(near.shared, " "));
  }
}

int appraise_works(const Given& given) {
  jobs::AppraiseRequest request{.works = {given.works.begin(), given.works.end()},
                                .reference = {given.reference.begin(), given.reference.end()},
                                .page = given.page,
                                .text_model = given.text_model,
                                .options = {}};
  apply_options(jobs::appraise_option_table(), given.options, request.options);
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const jobs::AppraiseReport report = jobs::appraise_works(
      request, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  for (const jobs::SkippedWork& skipped : report.skipped)
    fmt::print(stderr, "atelier: warning: skipped: {}\n", skipped.reason);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    for (const jobs::AppraisedWork& work : report.works) print_work(work, report.top);
    for (const jobs::AppraisedText& text : report.texts) print_text(text);
    if (!given.page.empty()) print_line("{}", given.page);
  }
  return 0;
}

}  // namespace

void add_appraise(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "appraise",
      "tell what a work is: style, things in it, what viewers feel, what is measured; of a poem "
      "its form, rhymes, what readers feel and texts like it");
  const auto given = std::make_shared<Given>();
  command
      ->add_option("WORKS", given->works,
                   "pictures and texts (.txt), folders of them, patterns such as '*.jpg'")
      ->required()
      ->type_name("");
  command
      ->add_option("--reference", given->reference,
                   "works by one painter, or a folder of them: how typical of them is each work? "
                   "for texts: which of these are like it? can be given again")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command
      ->add_option("--page", given->page,
                   "an HTML page with all of it and the pictures, which needs no other file")
      ->type_name("PATH");
  command
      ->add_option("--text-model", given->text_model,
                   "a file that `train emotions` made; not given: the one that comes along")
      ->type_name("FILE");
  command->add_flag("--json", given->json, "print one JSON object with all that was found");
  command->add_flag("--quiet", given->quiet, "no progress");
  add_table_options(*command, given->options, jobs::appraise_option_table());
  command->callback([given, &action] { action = [given] { return appraise_works(*given); }; });
}

}  // namespace atelier::cli
