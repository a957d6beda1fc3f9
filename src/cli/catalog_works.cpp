// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/catalog_given.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/signals.hpp"

namespace atelier::cli {
namespace {

using nlohmann::json;

void print_fact(const char* name, const std::string& value) {
  if (!value.empty()) print_line("{:<12}{}", name, value);
}

std::string text_at(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// An event in a line; fields by themselves, in the order that people read.
void print_event(const catalogue::RecordedEvent& event) {
  std::string line =
      fmt::format("  {:<22} {}", text_at(event.body, "date"), text_at(event.body, "kind"));
  for (const char* name : {"title", "grade", "amount", "party", "place", "note"}) {
    const std::string value = text_at(event.body, name);
    if (!value.empty()) line += ", " + value;
  }
  if (event.body.contains("copy")) line += fmt::format(" (copy {})", event.body.value("copy", 0));
  if (event.entry >= 0) line += fmt::format(" [ledger {}]", event.entry);
  print_line("{}", line);
}

int add(const GivenCatalog& given) {
  jobs::AddWorkRequest request{.folder = given.folder,
                               .work = {},
                               .files = {given.files.begin(), given.files.end()},
                               .owner = given.owner};
  apply_options(catalogue::work_option_table(), given.options, request.work);
  return print_work(given, jobs::add_to_catalog(request));
}

int edit(const GivenCatalog& given) {
  catalogue::Work work = jobs::show_work(given.folder, given.number).work;
  apply_options(catalogue::work_option_table(), given.options, work);
  return print_work(
      given, jobs::edit_in_catalog(given.folder, work, {given.files.begin(), given.files.end()}));
}

int record(const GivenCatalog& given) {
  catalogue::Event event;
  event.kind = given.kind;
  apply_options(catalogue::event_option_table(), given.options, event);
  return print_work(given, jobs::record_in_catalog(given.folder, given.number, event));
}

int find(const GivenCatalog& given) {
  jobs::FindRequest request{.folder = given.folder, .query = {}, .like = given.like};
  request.query.words = given.words;
  request.query.descending = given.descending;
  if (!given.words.empty()) request.query.sort = "relevance";
  apply_options(catalogue::query_option_table(), given.options, request.query);
  const jobs::FindReport report = jobs::find_in_catalog(request);
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  for (std::size_t i = 0; i < report.works.size(); ++i) {
    const catalogue::Work& work = report.works[i].work;
    const std::string likeness =
        i < report.likeness.size() ? fmt::format("{:.3f}  ", report.likeness[i]) : "";
    print_line("{}{:<14} {}{}{}{}", likeness, work.number, work.title,
               work.artists.empty() ? "" : ", " + work.artists,
               work.date.empty() ? "" : ", " + work.date,
               report.works[i].status == "available" ? "" : " (" + report.works[i].status + ")");
  }
  print_line("{} of {} works", report.works.size(), report.total);
  return 0;
}

int look(const GivenCatalog& given) {
  const StopOnSignal signals;
  ProgressBar bar(given.quiet);
  const std::int64_t looked = jobs::look_at_catalog(
      given.folder, [&](const Progress& progress) { bar.show(progress); }, signals.token());
  bar.clear();
  if (given.json) {
    print_json({{"looked_at", looked}});
  } else {
    print_line("{} pictures looked at", looked);
  }
  return 0;
}

std::vector<std::string> names_without(const std::vector<std::string>& left_out) {
  std::vector<std::string> names;
  for (const auto& entry : catalogue::work_option_table().entries()) {
    if (std::find(left_out.begin(), left_out.end(), entry.spec.name) == left_out.end())
      names.push_back(entry.spec.name);
  }
  return names;
}

std::string kinds_help() {
  std::string help = "what happened:";
  for (const catalogue::EventKind& kind : catalogue::event_kinds()) {
    if (kind.by_hand) help += fmt::format("\n{:<10} {}", kind.name, kind.help);
  }
  return help;
}

}  // namespace

int print_work(const GivenCatalog& given, const jobs::WorkReport& report) {
  print_waiting(report.ledger);
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  const catalogue::Work& work = report.work;
  print_line("{:<12}{}", "number", work.number);
  print_line("{:<12}{}", "title", work.title);
  print_fact("artists", work.artists);
  print_line("{:<12}{}", "kind", work.kind);
  print_fact("date", catalogue::in_words(catalogue::parse_date(work.date)));
  print_fact("medium", work.medium);
  print_fact("dimensions", work.dimensions);
  print_fact("language", work.language);
  print_fact("keywords", work.keywords);
  print_fact("description", work.description);
  print_fact("rights", work.rights);
  print_fact("licence", work.licence);
  print_fact("credit", work.credit);
  if (work.edition > 1 || work.proofs > 0)
    print_line("{:<12}{} copies, {} proofs", "edition", work.edition, work.proofs);
  print_fact("location", work.location);
  print_fact("price", work.price);
  print_line("{:<12}{}", "status", report.standing.status);
  for (const auto& copy : report.standing.owned) {
    const std::string label = catalogue::copy_label(copy.copy, work.edition, work.proofs);
    print_line("{:<12}{}{}", "owner", copy.owner, label.empty() ? "" : " (" + label + ")");
  }
  for (const catalogue::WorkFile& file : report.files)
    print_line("{:<12}{} {} {}", "file", file.version, file.digest, file.path);
  print_line("events");
  for (const catalogue::RecordedEvent& event : report.events) print_event(event);
  return 0;
}

void add_catalog_works(CLI::App& catalog, const SharedCatalog& given, Action& action) {
  CLI::App* added =
      add_catalog_action(catalog, given, action, "add", "add a work, with its files", add);
  add_catalog_folder(*added, *given);
  added->add_option("FILES", given->files, "its files; the last is the newest version")
      ->type_name("");
  add_text(*added, "--owner", given->owner, "who has it, a party with a key", "NAME");
  add_table_options(*added, given->options, catalogue::work_option_table());

  CLI::App* edited = add_catalog_action(catalog, given, action, "edit",
                                        "change what is said of a work, or add files to it", edit);
  add_catalog_folder(*edited, *given);
  add_work_number(*edited, *given);
  edited->add_option("FILES", given->files, "new versions of it")->type_name("");
  add_table_options(*edited, given->options, catalogue::work_option_table(),
                    names_without({"number"}));

  CLI::App* shown = add_catalog_action(
      catalog, given, action, "show", "show a work, what happened to it, and whose it is",
      [](const GivenCatalog& g) { return print_work(g, jobs::show_work(g.folder, g.number)); });
  add_catalog_folder(*shown, *given);
  add_work_number(*shown, *given);

  CLI::App* found = add_catalog_action(catalog, given, action, "find", "find works", find);
  add_catalog_folder(*found, *given);
  found->add_option("WORDS", given->words, "words in their titles, artists, keywords, descriptions")
      ->type_name("");
  add_text(*found, "--like", given->like, "a picture that they look like; `look` before", "FILE");
  found->add_flag("--descending", given->descending, "the last first");
  std::vector<std::string> names;
  for (const auto& entry : catalogue::query_option_table().entries()) {
    if (entry.spec.name != "descending") names.push_back(entry.spec.name);
  }
  add_table_options(*found, given->options, catalogue::query_option_table(), names);

  CLI::App* looked =
      add_catalog_action(catalog, given, action, "look",
                         "look at pictures that were not looked at, for `find --like`", look);
  add_catalog_folder(*looked, *given);
  looked->add_flag("--quiet", given->quiet, "no progress");

  CLI::App* event =
      add_catalog_action(catalog, given, action, "event", "record what happened to a work", record);
  add_catalog_folder(*event, *given);
  add_work_number(*event, *given);
  event->add_option("KIND", given->kind, kinds_help())->required()->type_name("");
  add_table_options(*event, given->options, catalogue::event_option_table());
}

}  // namespace atelier::cli
