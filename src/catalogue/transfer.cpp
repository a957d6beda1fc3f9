// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/transfer.hpp"

#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/money.hpp"
#include "atelier/catalogue/parties.hpp"
#include "atelier/catalogue/works.hpp"
#include "catalogue/record.hpp"
#include "catalogue/text_limits.hpp"
#include "provenance/strict_json.hpp"

namespace atelier::catalogue {
namespace {

using nlohmann::json;
using provenance::PublicKey;

constexpr std::string_view type = "atelier-transfer+json";
constexpr int deepest = 6;

PublicKey key_of(const Party& of) {
  if (of.key.empty()) {
    fail(ErrorKind::bad_input,
         "{} has no key in this catalogue; give one with `atelier catalog party`.", of.name);
  }
  return PublicKey::from_pem(of.key, of.name + "'s key");
}

struct Title {
  std::string owner, event;
};

/// Who has a copy, and since which event.
Title title_of(const Catalogue& catalogue, std::string_view number, int copy) {
  for (const Standing::Copy& owned : standing(catalogue, number).owned) {
    if (owned.copy == copy) return {owned.owner, owned.title_event};
  }
  fail(
      ErrorKind::bad_input,
      "copy {} of work {} has no owner of record; name its first one with `atelier catalog claim`.",
      copy, shown(number));
}

json file_digests(const Catalogue& catalogue, std::string_view number) {
  json list = json::array();
  for (const WorkFile& file : files_of(catalogue, number)) list.push_back(file.digest);
  return list;
}

std::string text_at(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

json party_json(const Party& of, const PublicKey& key) {
  return {{"name", of.name}, {"jwk", to_jwk(key)}};
}

/// The event that a statement becomes.
Event event_of(const TransferStatement& transfer) {
  Event event;
  event.kind = "transferred";
  event.copy = transfer.terms.value("copy", 0);
  event.date = text_at(transfer.terms, "date");
  event.party = transfer.buyer;
  event.amount = text_at(transfer.terms, "price");
  event.note = text_at(transfer.terms, "note");
  return event;
}

void check_signatures(const TransferStatement& transfer, const Party& owner,
                      std::string_view what) {
  if (transfer.seller_id != owner.key_id) {
    fail(ErrorKind::bad_input,
         "{} is not signed by the owner of record: that is {}, and the seller's key is another.",
         what, owner.name);
  }
  if (!transfer.seller_signed) {
    fail(ErrorKind::bad_input,
         "{} lacks the signature of {}, who has the work, or was changed after it; without it "
         "nothing is "
         "transferred.",
         what, owner.name);
  }
  if (!transfer.buyer_signed) {
    fail(ErrorKind::bad_input,
         "{} lacks the signature of the buyer, {}; have them sign with `atelier catalog accept`.",
         what, shown(transfer.buyer));
  }
}

void check_place(const Catalogue& catalogue, const TransferStatement& transfer, const Title& title,
                 std::string_view what) {
  if (text_at(transfer.terms, "catalogue") != catalogue.setting("id"))
    fail(ErrorKind::bad_input, "{} is about a work of another catalogue.", what);
  if (text_at(transfer.terms, "follows") != title.event) {
    fail(
        ErrorKind::bad_input,
        "{} follows another event than the one by which {} has the work: it was used before, or is "
        "outdated; have a new one signed.",
        what, title.owner);
  }
}

/// The buyer must be known by this key and name.
void check_buyer(const Catalogue& catalogue, const TransferStatement& transfer) {
  store::Statement known =
      catalogue.database().prepare("SELECT name FROM parties WHERE key_id = ?");
  if (known.bind(1, transfer.buyer_id).step()) {
    if (known.text(0) == transfer.buyer) return;
    fail(ErrorKind::bad_input, "the buyer's key is known here as {}'s, and the statement names {}.",
         known.text(0), shown(transfer.buyer));
  }
  fail(
      ErrorKind::bad_input,
      "the buyer's key is not the one that this catalogue has for {}; have a new statement signed.",
      shown(transfer.buyer));
}

}  // namespace

std::string offer_transfer(const Catalogue& catalogue, const TransferTerms& terms,
                           const provenance::SigningKey& key) {
  Event event;
  event.kind = "transferred";
  event.copy = terms.copy;
  event.date = terms.date.empty() ? iso_day(today()) : terms.date;
  event.amount = terms.price;
  event.note = terms.note;
  event.party = terms.buyer;
  normalise(event);
  const Title title = title_of(catalogue, terms.number, terms.copy);
  const Party seller = party(catalogue, title.owner), buyer = party(catalogue, terms.buyer);
  const PublicKey seller_key = key_of(seller), buyer_key = key_of(buyer);
  if (thumbprint(key.public_key()) != seller.key_id) {
    fail(ErrorKind::bad_input,
         "only {}, who has copy {} of work {}, can offer it; sign with their identity.",
         seller.name, terms.copy, shown(terms.number));
  }
  if (seller.name == buyer.name)
    fail(ErrorKind::bad_input, "{} has it already; name another buyer.", buyer.name);
  json payload{{"catalogue", catalogue.setting("id")},
               {"copy", terms.copy},
               {"date", event.date},
               {"files", file_digests(catalogue, terms.number)},
               {"follows", title.event},
               {"from", party_json(seller, seller_key)},
               {"title", work(catalogue, terms.number).title},
               {"to", party_json(buyer, buyer_key)},
               {"work", terms.number}};
  if (!event.amount.empty()) payload["price"] = event.amount;
  if (!event.note.empty()) payload["note"] = event.note;
  SignedStatement statement{payload.dump(), {}};
  sign(statement, key, type);
  return to_text(statement);
}

TransferStatement read_transfer(std::string_view text, std::string_view what) {
  TransferStatement transfer{.statement = parse_statement(text, what),
                             .terms = {},
                             .seller = {},
                             .buyer = {},
                             .seller_id = {},
                             .buyer_id = {}};
  const auto payload = provenance::parse_strict_json(transfer.statement.payload, deepest);
  const auto refuse = [&] {
    fail(ErrorKind::bad_input, "{} is no statement of a transfer.", what);
  };
  if (!payload || !payload->is_object()) refuse();
  transfer.terms = *payload;
  const json from = transfer.terms.value("from", json()), to = transfer.terms.value("to", json());
  if (!from.is_object() || !to.is_object() ||
      !transfer.terms.value("copy", json()).is_number_integer())
    refuse();
  transfer.seller = text_at(from, "name");
  transfer.buyer = text_at(to, "name");
  const PublicKey seller = from_jwk(from.value("jwk", json()), what),
                  buyer = from_jwk(to.value("jwk", json()), what);
  transfer.seller_id = thumbprint(seller);
  transfer.buyer_id = thumbprint(buyer);
  transfer.seller_signed = signed_by(transfer.statement, seller, type);
  transfer.buyer_signed = signed_by(transfer.statement, buyer, type);
  return transfer;
}

std::string accept_transfer(std::string_view text, std::string_view what,
                            const provenance::SigningKey& key) {
  TransferStatement transfer = read_transfer(text, what);
  if (!transfer.seller_signed) {
    fail(ErrorKind::bad_input, "{} lacks the signature of the seller, {}, or was changed after it.",
         what, shown(transfer.seller));
  }
  if (thumbprint(key.public_key()) != transfer.buyer_id) {
    fail(ErrorKind::bad_input, "{} is for {}, whose key is another; sign with their identity.",
         what, shown(transfer.buyer));
  }
  if (!transfer.buyer_signed) sign(transfer.statement, key, type);
  return to_text(transfer.statement);
}

std::int64_t record_transfer(const Catalogue& catalogue, std::string_view text,
                             std::string_view what) {
  const TransferStatement transfer = read_transfer(text, what);
  Event event = event_of(transfer);
  normalise(event);
  const std::string number = text_at(transfer.terms, "work");
  store::Transaction transaction(catalogue.database());
  const std::int64_t row = catalogue.row_of(number);
  const Title title = title_of(catalogue, number, event.copy);
  check_signatures(transfer, party(catalogue, title.owner), what);
  check_place(catalogue, transfer, title, what);
  check_buyer(catalogue, transfer);
  const std::string statement = to_text(transfer.statement);
  const Appended appended = append_event(catalogue, row, event,
                                         {{"from", title.owner},
                                          {"from_key", transfer.seller_id},
                                          {"to_key", transfer.buyer_id},
                                          {"follows", title.event},
                                          {"statement", body_digest(statement)}});
  apply_effects(catalogue, row, appended.event, event);
  const store::Database& database = catalogue.database();
  const std::int64_t buyer = party_row(catalogue, transfer.buyer);
  database
      .prepare(
          "INSERT INTO transfers(event, work, copy, seller, buyer, statement) VALUES(?, ?, ?, ?, "
          "?, ?)")
      .bind(1, appended.event)
      .bind(2, row)
      .bind(3, std::int64_t{event.copy})
      .bind(4, party_row(catalogue, title.owner))
      .bind(5, buyer)
      .bind(6, statement)
      .run();
  database.prepare("UPDATE copies SET owner = ?, title_event = ? WHERE work = ? AND copy = ?")
      .bind(1, buyer)
      .bind(2, appended.digest)
      .bind(3, row)
      .bind(4, std::int64_t{event.copy})
      .run();
  transaction.commit();
  return appended.event;
}

}  // namespace atelier::catalogue
