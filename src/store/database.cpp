// SPDX-License-Identifier: Apache-2.0
#include "atelier/store/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "atelier/base/error.hpp"

namespace atelier::store {
namespace {

constexpr int patience_ms = 10'000;

[[noreturn]] void refuse(sqlite3* database) {
  const char* name = sqlite3_db_filename(database, "main");
  const std::string file = name != nullptr && *name != '\0' ? name : "the database";
  switch (sqlite3_errcode(database) & 0xFF) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      fail(ErrorKind::bad_input,
           "{} is damaged or no database; restore it from a copy, or move it away to begin anew.",
           file);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      fail(ErrorKind::io, "{} is in use by another process; try again when that has ended.", file);
    case SQLITE_FULL:
      fail(ErrorKind::io, "{} cannot grow: the disk is full; free some space.", file);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_PERM:
      fail(ErrorKind::io, "{} cannot be opened for writing: {}.", file, sqlite3_errmsg(database));
    case SQLITE_NOMEM:
      fail(ErrorKind::out_of_memory, "there is not enough memory for {}.", file);
    default:
      fail(ErrorKind::internal, "{}: {}.", file, sqlite3_errmsg(database));
  }
}

std::int64_t number(const Database& database, std::string_view sql) {
  Statement statement = database.prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

void migrate(const Database& database, const std::filesystem::path& file, std::uint32_t application,
             std::span<const std::string_view> migrations) {
  Transaction transaction(database);
  const auto version = static_cast<std::size_t>(number(database, "PRAGMA user_version"));
  const bool fresh = number(database, "SELECT count(*) FROM sqlite_schema") == 0;
  if (!fresh && number(database, "PRAGMA application_id") != std::int64_t{application}) {
    fail(ErrorKind::bad_input, "{} is another program's database; name another file.",
         file.string());
  }
  if (version > migrations.size()) {
    fail(ErrorKind::bad_input, "{} was written by a later version of Atelier; use that.",
         file.string());
  }
  if (version == migrations.size()) return;
  for (const std::string_view step : migrations.subspan(version)) database.run(step);
  database.run(fmt::format("PRAGMA user_version = {}; PRAGMA application_id = {}",
                           migrations.size(), static_cast<std::int32_t>(application)));
  transaction.commit();
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
      SQLITE_OK) {
    refuse(database);
  }
  statement_.reset(statement);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
  if (sqlite3_bind_int64(statement_.get(), parameter, value) != SQLITE_OK) refuse(database_);
  return *this;
}

Statement& Statement::bind(int parameter, double value) {
  if (sqlite3_bind_double(statement_.get(), parameter, value) != SQLITE_OK) refuse(database_);
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  if (sqlite3_bind_text64(statement_.get(), parameter, text.data(), text.size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8) != SQLITE_OK) {
    refuse(database_);
  }
  return *this;
}

Statement& Statement::bind(int parameter, std::span<const std::byte> bytes) {
  if (sqlite3_bind_blob64(statement_.get(), parameter, bytes.data(), bytes.size(),
                          SQLITE_TRANSIENT) != SQLITE_OK) {
    refuse(database_);
  }
  return *this;
}

bool Statement::step() {
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      sqlite3_reset(statement_.get());
      return false;
    default:
      sqlite3_reset(statement_.get());
      refuse(database_);
  }
}

void Statement::run() {
  while (step()) {
  }
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  return {text != nullptr ? text : "",
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::span<const std::byte> Statement::bytes(int column) const {
  return {static_cast<const std::byte*>(sqlite3_column_blob(statement_.get(), column)),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Database::Close::operator()(sqlite3* database) const noexcept {
  sqlite3_close_v2(database);
}

Database::Database(const std::filesystem::path& file, std::uint32_t application,
                   std::span<const std::string_view> migrations) {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  database_.reset(opened);
  if (opened == nullptr)
    fail(ErrorKind::out_of_memory, "there is not enough memory to open a database.");
  if (code != SQLITE_OK) {
    fail(ErrorKind::io, "{} cannot be opened: {}.", file.string(), sqlite3_errmsg(opened));
  }
  sqlite3_busy_timeout(opened, patience_ms);
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
  migrate(*this, file, application, migrations);
}

Statement Database::prepare(std::string_view sql) const {
  return {database_.get(), sql};
}

void Database::run(std::string_view sql) const {
  if (sqlite3_exec(database_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr) !=
      SQLITE_OK) {
    refuse(database_.get());
  }
}

std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(database_.get());
}

Transaction::Transaction(const Database& database) : database_(database) {
  database.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const Error&) {
    // SQLite has rolled back by itself.
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace atelier::store
