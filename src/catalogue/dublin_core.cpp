// SPDX-License-Identifier: Apache-2.0
// Dublin Core as XML: the fifteen elements, and of the terms created, extent, medium and license;
// each work an oai_dc:dc, as OAI-PMH has it. Source: DCMI Metadata Terms; DCMI Type Vocabulary.
#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/markup.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/rights.hpp"
#include "catalogue/exchange.hpp"
#include "catalogue/text_limits.hpp"
#include "catalogue/xml.hpp"

namespace atelier::catalogue {
namespace {

constexpr std::string_view elements = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view terms = "http://purl.org/dc/terms/";

void add(std::string& xml, std::string_view name, std::string_view text) {
  if (!text.empty()) xml += fmt::format("  <{0}>{1}</{0}>\n", name, markup_text(text));
}

std::string work_to_xml(const Told& told) {
  const Work& work = told.work;
  std::string xml = "<oai_dc:dc>\n";
  add(xml, "dc:identifier", work.number);
  add(xml, "dc:title", work.title);
  for (const std::string& artist : split_names(work.artists)) add(xml, "dc:creator", artist);
  add(xml, "dc:date", work.date);
  add(xml, "dc:type", work_kind(work.kind).dcmi_type);
  add(xml, "dc:type", work.kind);
  add(xml, "dcterms:medium", work.medium);
  add(xml, "dcterms:extent", work.dimensions);
  add(xml, "dc:language", work.language);
  for (const std::string& keyword : split_names(work.keywords)) add(xml, "dc:subject", keyword);
  add(xml, "dc:description", work.description);
  add(xml, "dc:rights", work.rights);
  add(xml, "dcterms:license",
      licence_uri(work.licence).empty() ? work.licence : licence_uri(work.licence));
  add(xml, "dcterms:provenance", work.credit);
  add(xml, "dcterms:spatial", work.location);
  for (const WorkFile& file : told.files) {
    add(xml, "dc:format", file.media_type);
    add(xml, "dc:identifier", "sha256:" + file.digest);
  }
  return xml + "</oai_dc:dc>\n";
}

void append_name(std::string& names, const std::string& name) {
  if (name.find(';') != name.npos)
    fail(ErrorKind::bad_input, "'{}' holds a semicolon, which stands between names.", shown(name));
  names += (names.empty() ? "" : "; ") + name;
}

std::string licence_of(const std::string& text) {
  constexpr std::string_view spdx = "https://spdx.org/licenses/";
  return text.starts_with(spdx) ? text.substr(spdx.size()) : text;
}

void take_type(const std::string& text, Work& work) {
  for (const WorkKind& kind : work_kinds()) {
    if (text == kind.name) {
      work.kind = text;
      return;
    }
  }
  const auto known = std::find_if(work_kinds().begin(), work_kinds().end(),
                                  [&](const WorkKind& kind) { return text == kind.dcmi_type; });
  if (known != work_kinds().end()) work.kind = known->name;
}

/// One element of a record.
void take_element(const std::string& name, const std::string& text, Work& work) {
  if (text.empty()) return;
  if (name == "title") {
    work.title = work.title.empty() ? text : work.title + " / " + text;
  } else if (name == "identifier") {
    if (work.number.empty() && !text.starts_with("sha256:")) work.number = text;
  } else if (name == "creator" || name == "contributor") {
    append_name(work.artists, text);
  } else if (name == "subject") {
    append_name(work.keywords, text);
  } else if (name == "date" || name == "created") {
    work.date = text;
  } else if (name == "type") {
    take_type(text, work);
  } else if (name == "medium") {
    work.medium = text;
  } else if (name == "extent") {
    work.dimensions = text;
  } else if (name == "language") {
    work.language = text;
  } else if (name == "description" || name == "abstract") {
    work.description += (work.description.empty() ? "" : "\n") + text;
  } else if (name == "license") {
    work.licence = licence_of(text);
  } else if (name == "provenance") {
    work.credit = text;
  } else if (name == "spatial") {
    work.location = text;
  } else if (name == "rights") {
    work.rights = rights_uri(text);
  }
}

/// The local name of an element of Dublin Core; empty of any other.
std::string dublin_name(const std::string& name) {
  for (const std::string_view space : {elements, terms}) {
    if (name.starts_with(space) && name.size() > space.size() + 1)
      return name.substr(space.size() + 1);
  }
  return {};
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

void read_dublin_core(std::string_view text, const std::string& what, const TakeRecord& take) {
  Record record;
  int depth_of_record = 0;
  std::size_t count = 0;
  const auto place = [&] { return fmt::format("record {}", count + 1); };
  // A record is whatever element holds elements of Dublin Core.
  const auto end = [&](const std::string& name, int depth, const std::string& content) {
    const std::string term = dublin_name(name);
    if (!term.empty()) {
      depth_of_record = depth - 1;
      try {
        take_element(term, trimmed(content), record.work);
      } catch (const Error& error) {
        throw Error(error.kind(), fmt::format("{}, {}: {}", what, place(), error.what()));
      }
    } else if (depth_of_record != 0 && depth == depth_of_record) {
      record.place = place();
      take(record);
      ++count;
      record = {};
      depth_of_record = 0;
    }
  };
  read_xml(text, what, {.begin = [](const std::string&, int) {}, .end = end});
  if (count == 0)
    fail(ErrorKind::bad_input, "{} holds no element of Dublin Core ({}).", what, elements);
}

Writer dublin_core_writer() {
  const std::string begin = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records xmlns:dc=\"{}\" xmlns:dcterms=\"{}\" "
      "xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\">\n",
      elements, terms);
  return {.begin = begin, .between = "", .end = "</records>\n", .work = work_to_xml};
}

}  // namespace atelier::catalogue
