// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/store/schema.hpp"

namespace atelier::store {

class Connection;
class StatementEngine;

/// Two transactions could not both go on, and this one was undone; run anew it will find the
/// other's result. in_transaction() does so. PostgreSQL alone: SQLite lets one wait for the other.
class Contended : public Error {
 public:
  using Error::Error;
};

/// A statement of SQL, compiled once. Parameters are numbered from 1, columns from 0; a parameter
/// that is not bound is NULL. Throws Error as Database does.
///
/// SQLite finds row after row; PostgreSQL sends all rows at the first step, so ask it for no more
/// than fits in memory (LIMIT). A column that is NULL reads as 0 or "", as whole numbers do as
/// reals, and a truth as 0 or 1.
class Statement {
 public:
  explicit Statement(std::unique_ptr<StatementEngine> engine);
  ~Statement();
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, double value);
  /// UTF-8; PostgreSQL takes no null character.
  Statement& bind(int parameter, std::string_view text);
  /// Bytes; they are copied.
  Statement& bind(int parameter, std::span<const std::byte> bytes);

  /// Goes to the next row; false: there is none, and the statement may be bound and run anew.
  bool step();
  /// Runs a statement that has no rows.
  void run();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string text(int column) const;
  /// Valid until the next step.
  [[nodiscard]] std::span<const std::byte> bytes(int column) const;

 private:
  std::unique_ptr<StatementEngine> engine_;
};

/// Whether what is committed has reached the disk.
enum class Durability {
  flushed,
  quick,  ///< it may be lost when the machine loses power, never when a process ends
};

/// A database: SQLite in one file with a write-ahead log and foreign keys enforced, or a schema of
/// a PostgreSQL server (14 or later). What a transaction has written stays whole whenever the
/// program, the server or the machine ends. One thread at a time may use it and its statements.
///
/// Most SQL is both databases', and then it stands once. Portable are
///   - parameters `?` and `?1`, which PostgreSQL sees as `$1`; they have the type of what is bound:
///     bigint, double precision, text, bytea. So no `?` as an operator, and a function that wants
///     PostgreSQL's `integer` (substr) needs CAST(? AS INTEGER);
///   - INSERT ... ON CONFLICT (key) DO UPDATE SET n = table.n + ?, never INSERT OR ...; RETURNING
///     for the number of a new row; UPDATE ... FROM; WITH; FILTER; window functions;
///   - truths as whole numbers compared with 0: `done <> 0`, never `NOT done`; CASE in place of
///     max(a, b); `||`, coalesce, nullif, lower, length, sum, count;
///   - rows in a known order only by ORDER BY, which sorts text byte by byte only where the server
///     does (COLLATE "C" in PostgreSQL). LIKE ignores the case of A-Z in SQLite alone.
/// What differs is asked by dialect(): search by words, FOR UPDATE, PRAGMA.
///
/// Throws Error bad_input when the place is no database of this application, is damaged, was
/// written by a later version, does not exist or does not let us in; io when it cannot be written
/// or reached, goes away in the middle, or another holds it for longer than ten seconds; Contended.
/// No message has a URL's password. A server that went away is looked for anew by the next
/// statement outside of a transaction.
class Database {
 public:
  /// Opens a database, or makes its schema. `location`: a file, or a URL of PostgreSQL
  /// (postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=verify-full, or what libpq takes besides;
  /// a password may also stand in PGPASSWORD or ~/.pgpass). Steps of the schema that the place has
  /// not seen yet are run, all or none, by one process at a time.
  Database(const std::string& location, const Schema& schema,
           Durability durability = Durability::flushed);
  /// Opens a file whose schema is SQLite's alone.
  Database(const std::filesystem::path& file, std::uint32_t application,
           std::span<const std::string_view> migrations);
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  [[nodiscard]] Dialect dialect() const noexcept;
  /// Compiles a statement; PostgreSQL keeps those of a connection that were used last.
  [[nodiscard]] Statement prepare(std::string_view sql) const;
  /// Runs statements without rows and parameters.
  void run(std::string_view sql) const;

  /// Wakes those who listen to this channel, once the transaction is committed.
  void notify(std::string_view channel) const;
  /// From now on wait() hears of this channel; PostgreSQL's LISTEN. SQLite hears every change.
  void listen(std::string_view channel) const;
  /// Waits until another connection has changed something; false: not within `patience`. The first
  /// time, and when the server was away meanwhile, it is true at once, since something may have.
  [[nodiscard]] bool wait(std::chrono::milliseconds patience) const;

 private:
  friend class Transaction;
  std::shared_ptr<Connection> connection_;
};

/// Who may write while a transaction is open. SQLite has one writer always.
enum class Writers {
  one,   ///< of this schema: what was read stays true until the end; others of this kind wait
  many,  ///< each row's own lock decides (READ COMMITTED; FOR UPDATE where it must stay true)
};

/// All that is written between its beginning and commit() is kept or nothing is.
class Transaction {
 public:
  explicit Transaction(const Database& database, Writers writers = Writers::one);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  const Database& database_;
  bool open_ = true;
};

/// Runs `body` in a transaction, commits, and gives what it gave; anew, up to five times in all,
/// where it was Contended, so it must change nothing but the database before it returns.
template <class Body>
auto in_transaction(const Database& database, Writers writers, Body body) {
  for (int attempts_left = 4;; --attempts_left) {
    try {
      Transaction transaction(database, writers);
      if constexpr (std::is_void_v<decltype(body())>) {
        body();
        transaction.commit();
        return;
      } else {
        auto result = body();
        transaction.commit();
        return result;
      }
    } catch (const Contended&) {
      if (attempts_left == 0) throw;
    }
  }
}

}  // namespace atelier::store
