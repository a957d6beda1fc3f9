// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "atelier/base/error.hpp"
#include "atelier/catalogue/rights.hpp"
#include "catalogue/exchange.hpp"
#include "catalogue/linked_art.hpp"
#include "catalogue/text_limits.hpp"
#include "provenance/strict_json.hpp"

namespace atelier::catalogue {
namespace {

using nlohmann::json;
using namespace linked_art;

constexpr int deepest = 24;

/// A member as a list: JSON-LD writes one thing alone or in an array.
std::vector<json> list_at(const json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  if (found == object.end()) return {};
  if (found->is_array()) return {found->begin(), found->end()};
  return {*found};
}

std::string text_at(const json& object, const char* name) {
  for (const json& value : list_at(object, name)) {
    if (value.is_string()) return value.get<std::string>();
  }
  return {};
}

/// The number of an AAT term, from any of the addresses it goes by.
std::string term_of(const json& type) {
  const std::string id = type.is_string() ? type.get<std::string>() : text_at(type, "id");
  for (const std::string_view begin :
       {aat, std::string_view("https://vocab.getty.edu/aat/"), std::string_view("aat:")}) {
    if (id.starts_with(begin)) return id.substr(begin.size());
  }
  return {};
}

bool is_a(const json& object, std::string_view term) {
  const std::vector<json> types = list_at(object, "classified_as");
  return std::any_of(types.begin(), types.end(),
                     [&](const json& type) { return term_of(type) == term; });
}

/// The content of the first of `list` that is of a type, and of a term where one is given.
std::string content_of(const std::vector<json>& list, std::string_view type,
                       std::string_view term) {
  for (const json& one : list) {
    if (text_at(one, "type") == type && (term.empty() || is_a(one, term)))
      return text_at(one, "content");
  }
  return {};
}

std::string kind_of(const json& object) {
  for (const WorkKind& kind : work_kinds()) {
    if (is_a(object, kind.aat)) return std::string(kind.name);
  }
  for (const WorkKind& kind : work_kinds()) {
    if (text_at(object, "type") == kind.linked_type && kind.linked_type != "HumanMadeObject")
      return std::string(kind.linked_type == "LinguisticObject" ? "story" : kind.name);
  }
  return "other";
}

std::string date_of(const json& made) {
  for (const json& span : list_at(made, "timespan")) {
    const std::string name = content_of(list_at(span, "identified_by"), "Name", "");
    if (!name.empty()) return name;
    const std::string from = text_at(span, "begin_of_the_begin").substr(0, 10),
                      to = text_at(span, "end_of_the_end").substr(0, 10);
    if (!from.empty() || !to.empty())
      return from == to ? from : (from.empty() ? ".." : from) + "/" + (to.empty() ? ".." : to);
  }
  return {};
}

std::string makers_of(const json& made) {
  std::string names;
  for (const json& maker : list_at(made, "carried_out_by")) {
    const std::string label = text_at(maker, "_label");
    const std::string name =
        label.empty() ? content_of(list_at(maker, "identified_by"), "Name", "") : label;
    if (name.find(';') != name.npos)
      fail(ErrorKind::bad_input, "the name '{}' holds a semicolon, which stands between names.",
           shown(name));
    if (!name.empty()) names += (names.empty() ? "" : "; ") + name;
  }
  return names;
}

/// "50 copies, 5 proofs", as it is written here; other statements are passed over.
void read_edition(const std::string& text, Work& work) {
  const std::size_t copies = text.find(" copies, "), proofs = text.find(" proofs");
  if (copies == text.npos || proofs != text.size() - 7) return;
  const OptionTable<Work>& table = work_option_table();
  table.find("edition")->parse(work, std::string_view(text).substr(0, copies));
  table.find("proofs")->parse(work, std::string_view(text).substr(copies + 9, proofs - copies - 9));
}

void read_rights(const json& object, Work& work) {
  for (const json& right : list_at(object, "subject_to")) {
    for (const json& type : list_at(right, "classified_as")) {
      const std::string uri = text_at(type, "id"), label = text_at(type, "_label");
      if (uri.find("rightsstatements.org/") != uri.npos) {
        work.rights = uri;
      } else if (uri.find("creativecommons.org/") != uri.npos && label != rights_label(uri)) {
        work.licence = uri;
      } else if (uri.find("creativecommons.org/") != uri.npos && work.licence.empty()) {
        work.licence = uri;
      } else if (uri.starts_with("https://spdx.org/licenses/") || uri.starts_with("urn:spdx:")) {
        work.licence = label;
      }
    }
  }
}

Record record_of(const json& object) {
  Record record;
  Work& work = record.work;
  work.kind = kind_of(object);
  const std::vector<json> names = list_at(object, "identified_by"),
                          texts = list_at(object, "referred_to_by");
  work.title = content_of(names, "Name", primary_name);
  if (work.title.empty()) work.title = content_of(names, "Name", "");
  if (work.title.empty()) work.title = text_at(object, "_label");
  work.number = content_of(names, "Identifier", accession_number);
  for (const char* made : {"produced_by", "created_by"}) {
    for (const json& one : list_at(object, made)) {
      if (work.date.empty()) work.date = date_of(one);
      if (work.artists.empty()) work.artists = makers_of(one);
    }
  }
  work.description = content_of(texts, "LinguisticObject", description);
  work.medium = content_of(texts, "LinguisticObject", materials);
  work.dimensions = content_of(texts, "LinguisticObject", dimensions);
  work.credit = content_of(texts, "LinguisticObject", credit_line);
  work.keywords = content_of(texts, "LinguisticObject", keywords);
  read_edition(content_of(texts, "LinguisticObject", edition), work);
  for (const json& language : list_at(object, "language"))
    work.language = text_at(language, "_label");
  for (const json& place : list_at(object, "current_location"))
    work.location = text_at(place, "_label");
  read_rights(object, work);
  return record;
}

/// Only the context that this reader knows by heart; none is fetched.
void check_context(const json& root, const std::string& what) {
  const std::vector<json> contexts = list_at(root, "@context");
  const bool known =
      !contexts.empty() &&
      std::all_of(contexts.begin(), contexts.end(), [](const json& one) { return one == context; });
  if (known) return;
  fail(ErrorKind::bad_input, "{} is not Linked Art: its @context must be {} alone.", what, context);
}

}  // namespace

void read_linked_art(std::string_view text, const std::string& what, const TakeRecord& take) {
  const auto root = provenance::parse_strict_json(text, deepest);
  if (!root) {
    fail(ErrorKind::bad_input,
         "{} is no JSON of one meaning: UTF-8, complete, no name twice in an object, at most {} "
         "levels deep.",
         what, deepest);
  }
  if (!root->is_object())
    fail(ErrorKind::bad_input, "{} must be one JSON object, with @context.", what);
  check_context(*root, what);
  const std::vector<json> works =
      root->contains("@graph") ? list_at(*root, "@graph") : std::vector<json>{*root};
  static const std::set<std::string> known{"HumanMadeObject", "LinguisticObject", "DigitalObject",
                                           "VisualItem"};
  std::size_t count = 0;
  for (const json& work : works) {
    const std::string place = fmt::format("work {}", ++count);
    if (!work.is_object() || !known.contains(text_at(work, "type"))) {
      fail(ErrorKind::bad_input, "{}, {}: it has no type of a work: {}.", what, place,
           "HumanMadeObject, LinguisticObject, DigitalObject or VisualItem");
    }
    Record record;
    try {
      record = record_of(work);
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{}, {}: {}", what, place, error.what()));
    }
    record.place = place;
    take(record);
  }
}

}  // namespace atelier::catalogue
