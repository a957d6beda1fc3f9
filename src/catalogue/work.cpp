// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/work.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/money.hpp"
#include "atelier/catalogue/rights.hpp"
#include "catalogue/text_limits.hpp"

namespace atelier::catalogue {
namespace {

bool is_number(std::string_view text) {
  const auto plain = [](unsigned char c) { return std::isalnum(c) != 0; };
  return !text.empty() && text.size() <= max_number_bytes &&
         plain(static_cast<unsigned char>(text.front())) &&
         std::all_of(text.begin(), text.end(),
                     [&](unsigned char c) {
                       return plain(c) || std::string_view("._-").find(static_cast<char>(c)) !=
                                              std::string_view::npos;
                     }) &&
         text.find("..") == text.npos;
}

/// Language tags are checked for their shape alone (RFC 5646).
bool is_language(std::string_view text) {
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('-'), text.size());
    const std::string_view part = text.substr(0, end);
    const bool fits = !part.empty() && part.size() <= 8 && (!first || part.size() >= 2) &&
                      std::all_of(part.begin(), part.end(), [&](unsigned char c) {
                        return first ? std::isalpha(c) != 0 : std::isalnum(c) != 0;
                      });
    if (!fits || end + 1 == text.size()) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
    first = false;
  }
  return true;
}

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, "; "));
}

/// Names in the order given, each once.
std::string normal_names(std::string_view text) {
  std::vector<std::string> names;
  for (const std::string& name : split_names(text)) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return joined(names);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

const std::vector<WorkKind>& work_kinds() {
  static const std::vector<WorkKind> kinds{
      {"picture", "StillImage", "HumanMadeObject", "300033618", "Painting"},
      {"print", "StillImage", "HumanMadeObject", "300041273", "Print"},
      {"photograph", "StillImage", "HumanMadeObject", "300046300", "Photograph"},
      {"drawing", "StillImage", "HumanMadeObject", "300033973", "Drawing"},
      {"sculpture", "PhysicalObject", "HumanMadeObject", "300047090", "Sculpture"},
      {"film", "MovingImage", "DigitalObject", "300136900", "Motion picture"},
      {"music", "Sound", "DigitalObject", "300054146", "Music"},
      {"poem", "Text", "LinguisticObject", "300026451", "Poem"},
      {"story", "Text", "LinguisticObject", "300263751", "Text"},
      {"other", "PhysicalObject", "HumanMadeObject", "300133025", "Work of art"},
  };
  return kinds;
}

const WorkKind& work_kind(std::string_view name) {
  const auto found = std::find_if(work_kinds().begin(), work_kinds().end(),
                                  [&](const WorkKind& kind) { return kind.name == name; });
  return found == work_kinds().end() ? work_kinds().back() : *found;
}

const OptionTable<Work>& work_option_table() {
  using O = Work;
  static const OptionTable<O> table = [] {
    std::vector<std::string> kinds;
    for (const WorkKind& kind : work_kinds()) kinds.emplace_back(kind.name);
    const auto text = [](const char* name, const char* help) {
      return OptionSpec{name, "Work", help, "", {}, {}, {}, {}};
    };
    return OptionTable<O>{
        {&O::number,
         text("number", "inventory number; none: the next of this year, such as 2026.7")},
        {&O::kind, {"kind", "Work", "what it is", "", {}, {}, kinds, {}}},
        {&O::title, text("title", "its title")},
        {&O::artists,
         text("artists", "who made it; a semicolon between names, a role in brackets")},
        {&O::date,
         text("date", "when it was made, as EDTF: 1874, 1874-05, 187X, 1874~, 1872/1874")},
        {&O::medium, text("medium", "oil on canvas, lithograph, MIDI")},
        {&O::dimensions, text("dimensions", "46 x 38 cm, 3 min 20 s")},
        {&O::language, text("language", "of words, as BCP 47: en, zh-Hant")},
        {&O::keywords, text("keywords", "by which it is found; a semicolon between")},
        {&O::description, text("description", "what there is to say of it")},
        {&O::rights, text("rights", "rights statement: InC, NoC-US or another, or its URI")},
        {&O::licence, text("licence", "SPDX identifier: CC-BY-4.0, CC0-1.0, LicenseRef-NAME")},
        {&O::credit, text("credit", "credit line")},
        {&O::edition, {"edition", "Work", "copies made", "copies", 1, 10'000, {}, {}}},
        {&O::proofs, {"proofs", "Work", "artist's proofs beside them", "copies", 0, 1000, {}, {}}},
        {&O::location, text("location", "where it is")},
        {&O::price, text("price", "asked for it: 1200.50 EUR")},
    };
  }();
  return table;
}

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view name = trimmed(text.substr(0, end));
    if (!name.empty()) names.emplace_back(name);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

Credit parse_credit(std::string_view text) {
  const std::size_t bracket = text.rfind(" (");
  if (!text.ends_with(')') || bracket == text.npos || bracket == 0) return {std::string(text), ""};
  return {std::string(trimmed(text.substr(0, bracket))),
          std::string(trimmed(text.substr(bracket + 2, text.size() - bracket - 3)))};
}

void normalise(Work& work) {
  for (auto* field :
       {&work.number, &work.kind, &work.title, &work.date, &work.medium, &work.dimensions,
        &work.language, &work.rights, &work.licence, &work.credit, &work.location, &work.price}) {
    *field = trimmed(*field);
  }
  work.description = trimmed(work.description);
  if (!work.number.empty() && !is_number(work.number)) {
    fail(
        ErrorKind::bad_input,
        "'{}' cannot be an inventory number; use 1..{} letters, digits, dots, - and _, the first a "
        "letter or digit.",
        shown(work.number), max_number_bytes);
  }
  if (work.title.empty())
    fail(ErrorKind::bad_input, "a work needs a title; give one with --title.");
  check_line("title", work.title, max_title_bytes);
  check_line("artists", work.artists, max_names_bytes);
  check_line("keywords", work.keywords, max_names_bytes);
  for (const auto& [name, value] : {std::pair("medium", &work.medium),
                                    {"dimensions", &work.dimensions},
                                    {"credit", &work.credit},
                                    {"location", &work.location},
                                    {"date", &work.date},
                                    {"price", &work.price},
                                    {"rights", &work.rights},
                                    {"licence", &work.licence},
                                    {"language", &work.language}}) {
    check_line(name, *value, max_line_bytes);
  }
  check_text("description", work.description, max_text_bytes);
  work.artists = normal_names(work.artists);
  work.keywords = normal_names(work.keywords);
  if (!is_language(work.language)) {
    fail(ErrorKind::bad_input,
         "'{}' is no language tag; write it as BCP 47 has it, such as en or zh-Hant.",
         shown(work.language));
  }
  work.date = parse_date(work.date).text;
  work.rights = rights_uri(work.rights);
  work.licence = licence_id(work.licence);
  if (!work.price.empty()) work.price = to_text(parse_money(work.price));
  const OptionTable<Work>& table = work_option_table();
  for (const char* name : {"kind", "edition", "proofs"}) {
    const auto* entry = table.find(name);
    entry->parse(work, option_to_json(entry->spec, entry->get(work)));
  }
}

std::string copy_label(int copy, int edition, int proofs) {
  if (edition == 1 && proofs == 0) return {};
  if (copy > edition) return fmt::format("AP {}/{}", copy - edition, proofs);
  return fmt::format("{}/{}", copy, edition);
}

}  // namespace atelier::catalogue
