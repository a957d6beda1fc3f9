// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/catalogue.hpp"

#include <map>

#include "atelier/base/error.hpp"
#include "catalogue/random_id.hpp"
#include "catalogue/schema.hpp"
#include "catalogue/text_limits.hpp"

namespace atelier::catalogue {
namespace {

namespace fs = std::filesystem;
using store::Database;
using store::Statement;

fs::path file_in(const fs::path& folder) {
  return folder / "catalogue.sqlite";
}

Database opened(const fs::path& folder) {
  if (!fs::is_regular_file(file_in(folder))) {
    fail(ErrorKind::bad_input, "{} is no catalogue; make one with `atelier catalog init {}`.",
         folder.string(), folder.string());
  }
  // SQLite takes a file that is cut short for an empty one, and would begin anew in it.
  constexpr std::uintmax_t smallest_database = 512;
  if (fs::file_size(file_in(folder)) < smallest_database) {
    fail(ErrorKind::bad_input, "{} is damaged or no database; restore it from a copy.",
         file_in(folder).string());
  }
  return {file_in(folder), application, migrations()};
}

}  // namespace

struct Catalogue::State {
  explicit State(fs::path place) : folder(std::move(place)), database(opened(folder)) {}

  fs::path folder;
  Database database;
  std::map<std::string, Statement, std::less<>> kept;
};

void Catalogue::create(const fs::path& folder, const std::string& name) {
  check_line("name", name, max_title_bytes);
  std::error_code ignored;
  if (fs::exists(folder, ignored) && !fs::is_empty(folder, ignored)) {
    fail(ErrorKind::invalid_argument, "{} is not an empty folder; name another.", folder.string());
  }
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail(ErrorKind::io, "{} cannot be made: {}.", folder.string(), error.message());
  const Database database(file_in(folder), application, migrations());
  store::Transaction transaction(database);
  for (const auto& [key, value] : {std::pair<std::string, std::string>("id", random_id()),
                                   {"name", name},
                                   {"ledger", ""},
                                   {"ledger_size", "0"},
                                   {"last_number", ""},
                                   {"ledger_key", ""}}) {
    database.prepare("INSERT INTO settings(name, value) VALUES(?, ?)")
        .bind(1, key)
        .bind(2, value)
        .run();
  }
  transaction.commit();
}

Catalogue::Catalogue(fs::path folder) : state_(std::make_unique<State>(std::move(folder))) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

const fs::path& Catalogue::folder() const noexcept {
  return state_->folder;
}

const Database& Catalogue::database() const noexcept {
  return state_->database;
}

Statement& Catalogue::kept(std::string_view sql) const {
  auto found = state_->kept.find(sql);
  if (found == state_->kept.end())
    found = state_->kept.emplace(std::string(sql), database().prepare(sql)).first;
  return found->second;
}

std::string Catalogue::setting(std::string_view name) const {
  Statement row = database().prepare("SELECT value FROM settings WHERE name = ?");
  return row.bind(1, name).step() ? row.text(0) : "";
}

void Catalogue::set(std::string_view name, std::string_view value) const {
  kept("UPDATE settings SET value = ? WHERE name = ?").bind(1, value).bind(2, name).run();
}

std::int64_t Catalogue::size() const {
  Statement row = database().prepare("SELECT count(*) FROM works");
  return row.step() ? row.integer(0) : 0;
}

std::int64_t Catalogue::row_of(std::string_view number) const {
  Statement row = database().prepare("SELECT id FROM works WHERE number = ?");
  if (row.bind(1, number).step()) return row.integer(0);
  fail(ErrorKind::bad_input, "the catalogue has no work '{}'; `atelier catalog find` lists them.",
       shown(number));
}

}  // namespace atelier::catalogue
