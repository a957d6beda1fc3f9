// SPDX-License-Identifier: Apache-2.0
#include "catalogue/certificate.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/markup.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/events.hpp"
#include "atelier/catalogue/jws.hpp"
#include "atelier/catalogue/ledger_link.hpp"
#include "atelier/provenance/ledger.hpp"
#include "catalogue/leaf_text.hpp"
#include "catalogue/record.hpp"
#include "provenance/strict_json.hpp"

namespace atelier::catalogue {
namespace {

using nlohmann::json;

constexpr std::string_view type = "atelier-certificate+json";
constexpr std::string_view begin = "<pre class=\"signature\">", end = "</pre>";
constexpr int deepest = 8;

/// The ledger's entry of the work's last event that is there; null: none is.
json ledger_place(const Catalogue& catalogue, const std::string& number) {
  json place;
  if (ledger_of(catalogue).empty()) return place;
  store::Statement row = catalogue.database().prepare(
      "SELECT position, leaf FROM ledger_entries JOIN events ON events.id = event WHERE work = ? "
      "AND position IS "
      "NOT NULL ORDER BY place DESC LIMIT 1");
  if (!row.bind(1, catalogue.row_of(number)).step()) return place;
  const provenance::Ledger ledger(ledger_of(catalogue));
  place = {{"origin", ledger.settings().key.name},
           {"key", to_text(ledger.settings().key)},
           {"entry", row.integer(0)},
           {"leaf", row.text(1)}};
  return place;
}

/// The text of the page's signature, with what was escaped in it.
std::string signature_in(const std::string& page, const std::string& what) {
  const std::size_t from = page.find(begin), to = page.find(end, from == page.npos ? 0 : from);
  if (from == page.npos || to == page.npos) {
    fail(ErrorKind::bad_input,
         "{} holds no signature; one is made with `atelier catalog certificate --identity`.", what);
  }
  std::string text = page.substr(from + begin.size(), to - from - begin.size());
  for (std::size_t i = text.find("&quot;"); i != text.npos; i = text.find("&quot;", i + 1))
    text.replace(i, 6, "\"");
  return text;
}

}  // namespace

json certificate_says(const Catalogue& catalogue, const Work& work,
                      const std::vector<WorkFile>& files, int copy, const std::string& signer) {
  json says{{"certificate", "of authenticity"},
            {"catalogue", catalogue.setting("id")},
            {"work", work_json(work)},
            {"issued", now_text()}};
  says["work"].erase("price");
  says["work"].erase("location");
  const std::string label = copy_label(copy, work.edition, work.proofs);
  if (!label.empty()) says["copy"] = label;
  for (const WorkFile& file : files)
    says["files"].push_back({{"sha256", file.digest}, {"type", file.media_type}});
  const std::vector<RecordedEvent> events = events_of(catalogue, work.number, false);
  if (!events.empty()) says["last_event"] = events.back().digest;
  if (json place = ledger_place(catalogue, work.number); !place.is_null())
    says["ledger"] = std::move(place);
  if (!signer.empty()) says["signer"] = signer;
  return says;
}

std::string signature_html(const json& says, const Signer& signer) {
  json named = says;
  named["jwk"] = to_jwk(signer.key->public_key());
  SignedStatement statement{named.dump(), {}};
  sign(statement, *signer.key, type);
  return fmt::format("<h2>Signed by {}</h2>\n<p class=\"mono\">Key {}</p>\n{}{}{}\n",
                     markup_text(signer.name), markup_text(thumbprint(signer.key->public_key())),
                     begin, markup_text(to_text(statement)), end);
}

Certificate verify_certificate(const std::string& page, const std::string& what) {
  const SignedStatement statement = parse_statement(signature_in(page, what), what);
  const auto says = provenance::parse_strict_json(statement.payload, deepest);
  if (!says || !says->is_object() || !says->contains("jwk"))
    fail(ErrorKind::bad_input, "{} holds no certificate.", what);
  const provenance::PublicKey key = from_jwk((*says)["jwk"], what);
  if (!signed_by(statement, key, type)) {
    fail(ErrorKind::bad_input,
         "the signature in {} does not hold: what it says was changed after it was signed.", what);
  }
  const json& signer = says->value("signer", json());
  return {*says, signer.is_string() ? signer.get<std::string>() : "", thumbprint(key)};
}

}  // namespace atelier::catalogue
