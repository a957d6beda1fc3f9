// SPDX-License-Identifier: Apache-2.0
// The certificate and the catalogue as pages.
#include "atelier/catalogue/pages.hpp"

#include <fmt/format.h>

#include "atelier/base/base64.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/markup.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/events.hpp"
#include "atelier/catalogue/jws.hpp"
#include "atelier/catalogue/ledger_link.hpp"
#include "atelier/catalogue/rights.hpp"
#include "atelier/catalogue/works.hpp"
#include "atelier/provenance/ledger.hpp"
#include "catalogue/certificate.hpp"
#include "catalogue/html.hpp"
#include "catalogue/record.hpp"

namespace atelier::catalogue {
namespace {

using nlohmann::json;

std::string text_at(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// RFC 6920: a name that anybody can check a file against.
std::string named_information(const std::string& digest) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digest.size(); i += 2)
    bytes += static_cast<char>(std::stoi(digest.substr(i, 2), nullptr, 16));
  return "ni:///sha-256;" + to_base64(bytes, Base64::url);
}

/// What is to be read of an event in a row of the history.
std::string event_words(const json& event) {
  std::string words = text_at(event, "kind");
  const auto add = [&](const char* before, const std::string& value) {
    if (!value.empty()) words += before + value;
  };
  add(": ", text_at(event, "title"));
  add(", ", text_at(event, "grade"));
  add(", ", text_at(event, "party"));
  add(", ", text_at(event, "place"));
  add(". ", text_at(event, "note"));
  return words;
}

/// The program's own housekeeping is no part of a work's history.
bool is_history(const std::string& kind) {
  return kind != "registered" && kind != "revised" && kind != "filed" && kind != "priced";
}

std::string history(const Catalogue& catalogue, const std::string& number, int copy) {
  std::string rows;
  for (const RecordedEvent& event : events_of(catalogue, number, true)) {
    const int of = event.body.value("copy", 0);
    if (!is_history(text_at(event.body, "kind")) || (of != 0 && of != copy)) continue;
    std::string sources;
    for (const json& source : event.body.value("sources", json::array())) {
      if (source.is_string()) sources += (sources.empty() ? "" : "; ") + source.get<std::string>();
    }
    rows += fmt::format("<tr><td class=\"when\">{}</td><td>{}</td><td>{}</td></tr>\n",
                        markup_text(in_words(parse_date(text_at(event.body, "date")))),
                        markup_text(event_words(event.body)), markup_text(sources));
  }
  if (rows.empty()) return {};
  return "<h2>History</h2>\n<table><tr><th>When</th><th>What</th><th>Source</th></tr>\n" + rows +
         "</table>\n";
}

std::string files_table(const std::vector<WorkFile>& files) {
  std::string rows;
  for (const WorkFile& file : files) {
    const std::string size = file.width > 0 ? fmt::format("{} × {} px", file.width, file.height)
                                            : fmt::format("{} bytes", file.bytes);
    rows += fmt::format("<tr><td>{}</td><td>{}</td><td class=\"mono\">{}</td></tr>\n",
                        markup_text(file.media_type), size, markup_text(file.digest));
  }
  if (rows.empty()) return {};
  return "<h2>Files</h2>\n<table><tr><th>Type</th><th>Size</th><th>SHA-256</th></tr>\n" + rows +
         "</table>\n";
}

std::string rights_words(const Work& work) {
  std::string words = rights_label(work.rights);
  if (!work.licence.empty()) words += (words.empty() ? "" : "; ") + work.licence;
  return words;
}

std::string facts(const Work& work, int copy, const PageOptions& options) {
  std::string list = fact("Date", in_words(parse_date(work.date))) + fact("Medium", work.medium) +
                     fact("Dimensions", work.dimensions) + fact("Language", work.language);
  if (work.edition > 1 || work.proofs > 0)
    list += fact("Edition", copy > 0 ? copy_label(copy, work.edition, work.proofs)
                                     : fmt::format("{} copies, {} artist’s proofs", work.edition,
                                                   work.proofs));
  list += fact("Rights", rights_words(work)) + fact("Credit", work.credit);
  if (options.prices) list += fact("Price", work.price);
  return list;
}

/// What a code leads to: the work's own page, or the name of its file, or else what it is called.
std::string code_text(const Catalogue& catalogue, const Work& work,
                      const std::vector<WorkFile>& files, const PageOptions& options) {
  if (!options.url.empty()) return options.url + work.number;
  if (!files.empty()) return named_information(files.back().digest);
  return "urn:uuid:" + catalogue.setting("id") + "#" + work.number;
}

std::string entry(const Catalogue& catalogue, const std::string& number,
                  const PageOptions& options) {
  const Work one = work(catalogue, number);
  const std::vector<WorkFile> files = files_of(catalogue, number);
  std::string list;
  for (const std::string& line : {in_words(parse_date(one.date)), one.medium, one.dimensions,
                                  rights_words(one), options.prices ? one.price : std::string()}) {
    if (!line.empty()) list += "<p>" + markup_text(line) + "</p>\n";
  }
  if (!one.description.empty())
    list += "<div class=\"text\">" + markup_text(one.description) + "</div>\n";
  return fmt::format(
      "<section class=\"entry\"><div>{}</div><div><p "
      "class=\"number\">{}</p><h3>{}</h3><p>{}</p>\n{}</div><div>{}</div>"
      "</section>\n",
      shown_work(catalogue, one, files, options.edge), markup_text(number), markup_text(one.title),
      markup_text(one.artists), list, qr_code(code_text(catalogue, one, files, options), "22mm"));
}

}  // namespace

const OptionTable<PageOptions>& page_option_table() {
  using O = PageOptions;
  static const OptionTable<O> table{
      {&O::title, {"title", "Page", "heading; none: the catalogue's name", "", {}, {}, {}, {}}},
      {&O::url,
       {"url",
        "Page",
        "where works are shown on the web; QR codes lead to it with the number added",
        "",
        {},
        {},
        {},
        {}}},
      {&O::prices, {"prices", "Page", "show the prices that are asked", "", {}, {}, {}, {}}},
      {&O::edge, {"edge", "Page", "long edge of pictures", "px", 64, 4096, {}, {}}},
  };
  return table;
}

std::string certificate_page(const Catalogue& catalogue, const std::string& number, int copy,
                             const PageOptions& options, const std::optional<Signer>& signer) {
  const Work one = work(catalogue, number);
  check_copy(catalogue, catalogue.row_of(number), copy);
  const std::vector<WorkFile> files = files_of(catalogue, number);
  const json says = certificate_says(catalogue, one, files, copy, signer ? signer->name : "");
  const std::string title = options.title.empty() ? catalogue.setting("name") : options.title;
  std::string body = fmt::format(
      "<p class=\"kicker\">{} · Certificate of authenticity</p>\n{}<h1>{}</h1>\n<p "
      "class=\"by\">{}</p>\n<dl>\n{}{}</dl>\n",
      markup_text(title), shown_work(catalogue, one, files, options.edge), markup_text(one.title),
      markup_text(one.artists), fact("Number", one.number), facts(one, copy, options));
  if (!one.description.empty())
    body += fmt::format("<h2>Description</h2>\n<p>{}</p>\n", markup_text(one.description));
  body += history(catalogue, number, copy) + files_table(files);
  std::string ledger;
  if (says.contains("ledger")) {
    ledger =
        fmt::format("<p>Ledger {}, entry {}:</p><p class=\"mono\">{}</p>",
                    markup_text(text_at(says["ledger"], "origin")),
                    says["ledger"].value("entry", 0), markup_text(text_at(says["ledger"], "leaf")));
  }
  body += fmt::format(
      "<h2>How this can be checked</h2>\n<div class=\"codes\"><div>{}</div><div><p>A file is the "
      "one described here when its "
      "SHA-256 is the one above.</p>{}<p>Issued {}</p></div></div>\n",
      qr_code(code_text(catalogue, one, files, options), "32mm"), ledger,
      markup_text(text_at(says, "issued")));
  body += "<div class=\"line\"><div>Place and date</div><div>Signature</div></div>\n";
  if (signer) body += signature_html(says, *signer);
  return html_page(one.title + " – certificate", body);
}

std::string catalogue_page(const Catalogue& catalogue, const std::vector<std::string>& numbers,
                           const PageOptions& options) {
  const std::string title = options.title.empty() ? catalogue.setting("name") : options.title;
  std::string body =
      fmt::format("<p class=\"kicker\">Catalogue</p>\n<h1>{}</h1>\n<p class=\"by\">{} works</p>\n",
                  markup_text(title), numbers.size());
  for (const std::string& number : numbers) body += entry(catalogue, number, options);
  body += fmt::format("<footer>{}</footer>\n", iso_day(today()));
  return html_page(title, body);
}

}  // namespace atelier::catalogue
