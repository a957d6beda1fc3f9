// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sqlite3.h>

#include <thread>

#include "store/engine.hpp"

namespace atelier::store {
namespace {

namespace fs = std::filesystem;

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

class SqliteStatement final : public StatementEngine {
 public:
  SqliteStatement(sqlite3* database, std::string_view sql) : database_(database) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement,
                             nullptr));
    statement_.reset(statement);
  }

  void bind(int parameter, std::int64_t value) override {
    check(sqlite3_bind_int64(statement_.get(), parameter, value));
  }
  void bind(int parameter, double value) override {
    check(sqlite3_bind_double(statement_.get(), parameter, value));
  }
  void bind(int parameter, std::string_view text) override {
    check(sqlite3_bind_text64(statement_.get(), parameter, text.data(), text.size(),
                              SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  void bind(int parameter, std::span<const std::byte> bytes) override {
    check(sqlite3_bind_blob64(statement_.get(), parameter, bytes.data(), bytes.size(),
                              SQLITE_TRANSIENT));
  }

  bool step() override {
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

  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_.get(), column);
  }
  double real(int column) const override { return sqlite3_column_double(statement_.get(), column); }
  std::string text(int column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    return {text != nullptr ? text : "",
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
  }
  std::span<const std::byte> bytes(int column) const override {
    return {static_cast<const std::byte*>(sqlite3_column_blob(statement_.get(), column)),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
  }

 private:
  void check(int code) const {
    if (code != SQLITE_OK) refuse(database_);
  }

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
  };
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const fs::path& file, Durability durability) {
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
    run("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
        "PRAGMA cell_size_check = ON");
    run(durability == Durability::flushed ? "PRAGMA synchronous = FULL"
                                          : "PRAGMA synchronous = NORMAL");
  }

  Dialect dialect() const noexcept override { return Dialect::sqlite; }

  std::unique_ptr<StatementEngine> prepare(std::string_view sql) override {
    return std::make_unique<SqliteStatement>(database_.get(), sql);
  }

  void run(std::string_view sql) override {
    if (sqlite3_exec(database_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr) !=
        SQLITE_OK) {
      refuse(database_.get());
    }
  }

  void begin(Writers) override { run("BEGIN IMMEDIATE"); }
  void commit() override { run("COMMIT"); }
  void roll_back() noexcept override {
    // It may have rolled back by itself, and then there is nothing to undo.
    sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  void notify(std::string_view) override {}
  void listen(std::string_view) override {}
  bool wait(std::chrono::milliseconds patience) override {
    // SQLite counts the changes of other connections, so that looking costs next to nothing.
    constexpr std::chrono::milliseconds look_every{20};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
      const std::int64_t now = number("PRAGMA data_version");
      if (now != std::exchange(seen_, now)) return true;
      if (std::chrono::steady_clock::now() >= deadline) return false;
      std::this_thread::sleep_for(look_every);
    }
  }

  std::int64_t number(std::string_view sql) {
    SqliteStatement statement(database_.get(), sql);
    return statement.step() ? statement.integer(0) : 0;
  }

 private:
  struct Close {
    void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
  std::int64_t seen_ = -1;
};

/// Within a transaction.
void migrate(SqliteConnection& database, const fs::path& file, const Schema& schema) {
  const auto version = static_cast<std::size_t>(database.number("PRAGMA user_version"));
  const bool fresh = database.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (!fresh && database.number("PRAGMA application_id") != std::int64_t{schema.application}) {
    fail(ErrorKind::bad_input, "{} is another program's database; name another file.",
         file.string());
  }
  if (version > schema.migrations.size()) {
    fail(ErrorKind::bad_input, "{} was written by a later version of Atelier; use that.",
         file.string());
  }
  if (version == schema.migrations.size()) return;
  for (const Migration& step : schema.migrations.subspan(version)) {
    database.run(step.common);
    database.run(step.sqlite);
  }
  database.run(fmt::format("PRAGMA user_version = {}; PRAGMA application_id = {}",
                           schema.migrations.size(),
                           static_cast<std::int32_t>(schema.application)));
}

}  // namespace

std::shared_ptr<Connection> open_sqlite(const fs::path& file, const Schema& schema,
                                        Durability durability) {
  auto database = std::make_shared<SqliteConnection>(file, durability);
  database->begin(Writers::one);
  try {
    migrate(*database, file, schema);
    database->commit();
  } catch (const Error&) {
    database->roll_back();
    throw;
  }
  return database;
}

}  // namespace atelier::store
