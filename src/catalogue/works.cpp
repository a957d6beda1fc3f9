// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/works.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/money.hpp"
#include "atelier/catalogue/parties.hpp"
#include "catalogue/next_row.hpp"
#include "catalogue/record.hpp"
#include "catalogue/text_limits.hpp"
#include "catalogue/word_index.hpp"
#include "catalogue/work_rows.hpp"

namespace atelier::catalogue {
namespace {

using nlohmann::json;
using store::Statement;

bool is_taken(const Catalogue& catalogue, std::string_view number) {
  Statement& row = catalogue.kept("SELECT 1 FROM works WHERE number = ?");
  if (!row.bind(1, number).step()) return false;
  row.run();
  return true;
}

/// The next of this year's numbers that is free: 2026.1, 2026.2, ...
std::string next_number(const Catalogue& catalogue) {
  const std::string year = fmt::format("{}.", today() / 10'000),
                    last = catalogue.setting("last_number");
  std::int64_t next = last.starts_with(year) ? std::stoll(last.substr(year.size())) + 1 : 1;
  while (is_taken(catalogue, year + std::to_string(next))) ++next;
  catalogue.set("last_number", year + std::to_string(next));
  return year + std::to_string(next);
}

/// The columns of the row itself.
void write_columns(const Catalogue& catalogue, std::int64_t row, const Work& work, bool is_new) {
  Statement& statement = catalogue.kept(
      is_new
          ? "INSERT INTO works(id, number, kind, title, artists, date_text, date_from, date_to, "
            "medium, dimensions, language, keywords, description, rights, licence, credit, "
            "edition, "
            "proofs, location, price_amount, price_currency, status, last_event, event_count) "
            "VALUES(?1, ?2, ?3, ?4, ?5, ?6, NULLIF(?7, 0), NULLIF(?8, 0), ?9, ?10, ?11, ?12, ?13, "
            "?14, ?15, ?16, ?17, ?18, ?19, NULLIF(?20, -1), ?21, 'available', '', 0)"
          : "UPDATE works SET number = ?2, kind = ?3, title = ?4, artists = ?5, date_text = ?6, "
            "date_from = NULLIF(?7, 0), date_to = NULLIF(?8, 0), medium = ?9, dimensions = ?10, "
            "language = ?11, keywords = ?12, description = ?13, rights = ?14, licence = ?15, "
            "credit = ?16, edition = ?17, proofs = ?18, location = ?19, "
            "price_amount = NULLIF(?20, -1), price_currency = ?21 WHERE id = ?1");
  const Date date = parse_date(work.date);
  const Money price = work.price.empty() ? Money{-1, ""} : parse_money(work.price);
  statement.bind(1, row)
      .bind(2, work.number)
      .bind(3, work.kind)
      .bind(4, work.title)
      .bind(5, work.artists)
      .bind(6, work.date)
      .bind(7, std::int64_t{date.earliest})
      .bind(8, std::int64_t{date.latest})
      .bind(9, work.medium)
      .bind(10, work.dimensions)
      .bind(11, work.language)
      .bind(12, work.keywords)
      .bind(13, work.description)
      .bind(14, work.rights)
      .bind(15, work.licence)
      .bind(16, work.credit)
      .bind(17, std::int64_t{work.edition})
      .bind(18, std::int64_t{work.proofs})
      .bind(19, work.location)
      .bind(20, price.minor)
      .bind(21, price.currency)
      .run();
}

void write_artists(const Catalogue& catalogue, std::int64_t row, const Work& work) {
  std::int64_t place = 0;
  for (const std::string& name : split_names(work.artists)) {
    const Credit credit = parse_credit(name);
    catalogue.kept("INSERT INTO work_parties(work, place, party, role) VALUES(?, ?, ?, ?)")
        .bind(1, row)
        .bind(2, ++place)
        .bind(3, party_row(catalogue, credit.name))
        .bind(4, credit.role)
        .run();
  }
}

void write_words(const Catalogue& catalogue, std::int64_t row, const Work& work) {
  index_words(
      catalogue, row,
      {work.number, work.title, work.artists, work.keywords,
       fmt::format("{} {} {} {}", work.medium, work.location, work.credit, work.description)});
}

void write_files(const Catalogue& catalogue, std::int64_t row, std::int64_t event,
                 const std::vector<WorkFile>& files) {
  for (const WorkFile& file : files) {
    catalogue
        .kept(
            "INSERT INTO files(id, work, version, digest, bytes, media_type, path, width, height, "
            "event) VALUES(?1, ?2, (SELECT COALESCE(MAX(version), 0) + 1 FROM files WHERE work = "
            "?2), "
            "?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        .bind(1, next_row(catalogue, "files"))
        .bind(2, row)
        .bind(3, file.digest)
        .bind(4, file.bytes)
        .bind(5, file.media_type)
        .bind(6, file.path)
        .bind(7, std::int64_t{file.width})
        .bind(8, std::int64_t{file.height})
        .bind(9, event)
        .run();
  }
}

json digests(const std::vector<WorkFile>& files) {
  if (files.size() > max_files_at_once) {
    fail(ErrorKind::bad_input,
         "a work gets {} files, and {} can be added at once; add them in parts.", files.size(),
         max_files_at_once);
  }
  json list = json::array();
  for (const WorkFile& file : files) list.push_back(file.digest);
  return list;
}

void check_owned(const Catalogue& catalogue, std::int64_t row, const Work& work) {
  Statement copy =
      catalogue.database().prepare("SELECT COALESCE(MAX(copy), 0) FROM copies WHERE work = ?");
  copy.bind(1, row).step();
  if (copy.integer(0) <= work.edition + work.proofs) return;
  fail(ErrorKind::bad_input,
       "copy {} of work {} has an owner, and an edition of {} would not hold it.", copy.integer(0),
       work.number, work.edition);
}

/// What changed, by name: its new value, or null where it is empty now.
json changes(const Work& before, const Work& after) {
  json changed = json::object();
  const json was = work_json(before), is = work_json(after);
  for (const auto& [name, value] : was.items()) {
    if (!is.contains(name)) changed[name] = nullptr;
  }
  for (const auto& [name, value] : is.items()) {
    if (was.value(name, json()) != value) changed[name] = value;
  }
  return changed;
}

/// Long texts go into events as their digests.
json told(json fields) {
  if (fields.contains("description") && fields["description"].is_string()) {
    fields["description_sha256"] = body_digest(fields["description"].get<std::string>());
    fields.erase("description");
  }
  return fields;
}

}  // namespace

void write_work(const Catalogue& catalogue, std::int64_t row, const Work& work, bool is_new) {
  if (!is_new) {
    for (const char* sql :
         {"DELETE FROM work_parties WHERE work = ?", "DELETE FROM work_keywords WHERE work = ?"}) {
      catalogue.kept(sql).bind(1, row).run();
    }
    forget_words(catalogue, row);
  }
  write_columns(catalogue, row, work, is_new);
  write_artists(catalogue, row, work);
  for (const std::string& keyword : split_names(work.keywords)) {
    catalogue.kept("INSERT INTO work_keywords(work, keyword) VALUES(?, ?)")
        .bind(1, row)
        .bind(2, keyword)
        .run();
  }
  write_words(catalogue, row, work);
}

Work work_of(const Statement& row) {
  Work work{.number = row.text(0),
            .kind = row.text(1),
            .title = row.text(2),
            .artists = row.text(3),
            .date = row.text(4),
            .medium = row.text(5),
            .dimensions = row.text(6),
            .language = row.text(7),
            .keywords = row.text(8),
            .description = row.text(9),
            .rights = row.text(10),
            .licence = row.text(11),
            .credit = row.text(12),
            .edition = static_cast<int>(row.integer(13)),
            .proofs = static_cast<int>(row.integer(14)),
            .location = row.text(15),
            .price = {}};
  if (!row.text(17).empty()) work.price = to_text(Money{row.integer(16), row.text(17)});
  return work;
}

Work insert_work(const Catalogue& catalogue, Work work, const std::vector<WorkFile>& files) {
  normalise(work);
  json list = digests(files);
  if (work.number.empty()) work.number = next_number(catalogue);
  if (is_taken(catalogue, work.number)) {
    fail(ErrorKind::bad_input,
         "there is a work '{}' already; change it with `atelier catalog edit`.", work.number);
  }
  const std::int64_t row = next_row(catalogue, "works");
  write_work(catalogue, row, work, true);
  json extra = {{"record", work_digest(work)}, {"fields", told(work_json(work))}};
  if (!list.empty()) extra["files"] = std::move(list);
  Event event;
  event.kind = "registered";
  write_files(catalogue, row, append_event(catalogue, row, event, extra).event, files);
  return work;
}

Work add_work(const Catalogue& catalogue, const Work& work, const std::vector<WorkFile>& files) {
  store::Transaction transaction(catalogue.database());
  Work added = insert_work(catalogue, work, files);
  transaction.commit();
  return added;
}

bool edit_work(const Catalogue& catalogue, Work changed) {
  normalise(changed);
  store::Transaction transaction(catalogue.database());
  const std::int64_t row = catalogue.row_of(changed.number);
  const Work before = work(catalogue, changed.number);
  if (before == changed) return false;
  check_owned(catalogue, row, changed);
  write_work(catalogue, row, changed, false);
  Event event;
  event.kind = "revised";
  append_event(catalogue, row, event,
               {{"record", work_digest(changed)}, {"fields", told(changes(before, changed))}});
  transaction.commit();
  return true;
}

void add_files(const Catalogue& catalogue, std::string_view number,
               const std::vector<WorkFile>& files) {
  if (files.empty()) return;
  json list = digests(files);
  store::Transaction transaction(catalogue.database());
  const std::int64_t row = catalogue.row_of(number);
  Event event;
  event.kind = "filed";
  write_files(catalogue, row,
              append_event(catalogue, row, event, {{"files", std::move(list)}}).event, files);
  transaction.commit();
}

Work work(const Catalogue& catalogue, std::string_view number) {
  Statement row = catalogue.database().prepare("SELECT " + std::string(work_columns) +
                                               " FROM works WHERE id = ?");
  row.bind(1, catalogue.row_of(number)).step();
  return work_of(row);
}

std::vector<WorkFile> files_of(const Catalogue& catalogue, std::string_view number) {
  Statement row = catalogue.database().prepare(
      "SELECT version, digest, bytes, media_type, path, width, height FROM files WHERE work = ? "
      "ORDER BY version");
  row.bind(1, catalogue.row_of(number));
  std::vector<WorkFile> files;
  while (row.step()) {
    files.push_back({static_cast<int>(row.integer(0)), row.text(1), row.integer(2), row.text(3),
                     row.text(4), static_cast<int>(row.integer(5)),
                     static_cast<int>(row.integer(6))});
  }
  return files;
}

Standing standing(const Catalogue& catalogue, std::string_view number) {
  const std::int64_t row = catalogue.row_of(number);
  Statement status = catalogue.database().prepare("SELECT status FROM works WHERE id = ?");
  status.bind(1, row).step();
  Standing result{status.text(0), {}};
  Statement copy = catalogue.database().prepare(
      "SELECT copy, name, title_event FROM copies JOIN parties ON parties.id = owner WHERE work = "
      "? "
      "ORDER BY copy");
  copy.bind(1, row);
  while (copy.step())
    result.owned.push_back({static_cast<int>(copy.integer(0)), copy.text(1), copy.text(2)});
  return result;
}

void claim(const Catalogue& catalogue, std::string_view number, int copy, std::string_view owner) {
  store::Transaction transaction(catalogue.database());
  const std::int64_t row = catalogue.row_of(number);
  check_copy(catalogue, row, copy);
  if (copy < 1) fail(ErrorKind::bad_input, "name the copy that {} has, from 1 on.", shown(owner));
  const Party claimant = party(catalogue, owner);
  if (claimant.key_id.empty()) {
    fail(ErrorKind::bad_input,
         "{} has no key in this catalogue, and could never sign a transfer; give one with `atelier "
         "catalog party`.",
         claimant.name);
  }
  for (const Standing::Copy& owned : standing(catalogue, number).owned) {
    if (owned.copy == copy) {
      fail(ErrorKind::bad_input, "it is {}'s; ownership changes by a transfer that they sign.",
           owned.owner);
    }
  }
  Event event;
  event.kind = "claimed";
  event.copy = copy;
  event.party = claimant.name;
  const Appended appended = append_event(catalogue, row, event, {{"key", claimant.key_id}});
  catalogue.database()
      .prepare("INSERT INTO copies(work, copy, owner, title_event) VALUES(?, ?, ?, ?)")
      .bind(1, row)
      .bind(2, std::int64_t{copy})
      .bind(3, party_row(catalogue, claimant.name))
      .bind(4, appended.digest)
      .run();
  transaction.commit();
}

}  // namespace atelier::catalogue
