// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/parties.hpp"

#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/jws.hpp"
#include "atelier/catalogue/work.hpp"
#include "catalogue/next_row.hpp"
#include "catalogue/text_limits.hpp"

namespace atelier::catalogue {
namespace {

using store::Statement;

constexpr std::string_view columns = "name, kind, born, died, uri, contact, key_pem, key_id";

Party party_of(const Statement& row) {
  return {.name = row.text(0),
          .kind = row.text(1),
          .born = row.text(2),
          .died = row.text(3),
          .uri = row.text(4),
          .contact = row.text(5),
          .key = row.text(6),
          .key_id = row.text(7)};
}

std::optional<Party> found(const Catalogue& catalogue, std::string_view name) {
  Statement row = catalogue.database().prepare("SELECT " + std::string(columns) +
                                               " FROM parties WHERE name = ?");
  if (!row.bind(1, name).step()) return std::nullopt;
  return party_of(row);
}

bool is_web_address(std::string_view uri) {
  return uri.starts_with("http://") || uri.starts_with("https://");
}

void check(Party& party) {
  if (split_names(party.name) != std::vector<std::string>{party.name} ||
      !parse_credit(party.name).role.empty()) {
    fail(ErrorKind::bad_input,
         "'{}' cannot be a party's name; it needs one, without semicolons, or brackets at its end.",
         shown(party.name));
  }
  check_line("name", party.name, max_line_bytes);
  check_line("uri", party.uri, max_line_bytes);
  check_text("contact", party.contact, max_text_bytes);
  party.born = parse_date(party.born).text;
  party.died = parse_date(party.died).text;
  if (!party.uri.empty() && !is_web_address(party.uri)) {
    fail(ErrorKind::bad_input, "'{}' is no web address; begin it with https://.", shown(party.uri));
  }
}

void check_key(const Catalogue& catalogue, const Party& party) {
  Statement other =
      catalogue.database().prepare("SELECT name FROM parties WHERE key_id = ? AND name <> ?");
  if (other.bind(1, party.key_id).bind(2, party.name).step()) {
    fail(ErrorKind::bad_input, "this key is {}'s already; each party needs one of its own.",
         other.text(0));
  }
}

}  // namespace

const OptionTable<Party>& party_option_table() {
  using O = Party;
  static const OptionTable<O> table{
      {&O::kind,
       {"kind", "Party", "a person, or more than one", "", {}, {}, {"person", "organisation"}, {}}},
      {&O::born,
       {"born", "Party", "birth or founding, as EDTF: 1841-01-14, 1841~", "", {}, {}, {}, {}}},
      {&O::died, {"died", "Party", "death or end, likewise", "", {}, {}, {}, {}}},
      {&O::uri,
       {"uri", "Party", "in an authority file, such as ULAN or Wikidata", "", {}, {}, {}, {}}},
      {&O::contact, {"contact", "Party", "for you alone; never exported", "", {}, {}, {}, {}}},
  };
  return table;
}

std::int64_t party_row(const Catalogue& catalogue, std::string_view name) {
  Statement& row = catalogue.kept("SELECT id FROM parties WHERE name = ?");
  if (row.bind(1, name).step()) {
    const std::int64_t id = row.integer(0);
    row.run();
    return id;
  }
  check_line("name", name, max_line_bytes);
  const std::int64_t id = next_row(catalogue, "parties");
  catalogue
      .kept(
          "INSERT INTO parties(id, name, kind, born, died, uri, contact, key_pem) "
          "VALUES(?, ?, 'person', '', '', '', '', '')")
      .bind(1, id)
      .bind(2, name)
      .run();
  return id;
}

void keep_party(const Catalogue& catalogue, Party party,
                const std::optional<provenance::PublicKey>& key) {
  check(party);
  store::Transaction transaction(catalogue.database());
  const std::optional<Party> before = found(catalogue, party.name);
  party.key = before ? before->key : "";
  party.key_id = before ? before->key_id : "";
  if (key) {
    const std::string id = thumbprint(*key);
    if (!party.key_id.empty() && party.key_id != id) {
      fail(ErrorKind::bad_input,
           "{} has another key in this catalogue; who owns works is told by it, so add another "
           "party "
           "and transfer them.",
           party.name);
    }
    party.key = key->to_pem();
    party.key_id = id;
    check_key(catalogue, party);
  }
  const std::int64_t row = party_row(catalogue, party.name);
  catalogue.database()
      .prepare(
          "UPDATE parties SET kind = ?, born = ?, died = ?, uri = ?, contact = ?, key_pem = ?, "
          "key_id = NULLIF(?, '') WHERE id = ?")
      .bind(1, party.kind)
      .bind(2, party.born)
      .bind(3, party.died)
      .bind(4, party.uri)
      .bind(5, party.contact)
      .bind(6, party.key)
      .bind(7, party.key_id)
      .bind(8, row)
      .run();
  transaction.commit();
}

Party party(const Catalogue& catalogue, std::string_view name) {
  if (std::optional<Party> known = found(catalogue, name)) return *known;
  fail(ErrorKind::bad_input,
       "the catalogue knows nobody called '{}'; add them with `atelier catalog party`.",
       shown(name));
}

std::vector<Party> parties(const Catalogue& catalogue) {
  Statement row = catalogue.database().prepare("SELECT " + std::string(columns) +
                                               " FROM parties ORDER BY name");
  std::vector<Party> all;
  while (row.step()) all.push_back(party_of(row));
  return all;
}

}  // namespace atelier::catalogue
