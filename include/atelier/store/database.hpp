// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace atelier::store {

/// A statement of SQL, compiled once. Parameters are numbered from 1, columns from 0. Throws Error
/// as Database does.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, double value);
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
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// A database in one file: SQLite with a write-ahead log, foreign keys enforced, so that what a
/// transaction has written stays whole whenever the program or the machine ends.
///
/// Throws Error bad_input when the file is no database of this application, is damaged, or was
/// written by a later version; io when it cannot be written or another process holds it for longer
/// than ten seconds.
class Database {
 public:
  /// Opens a file, or makes it. `application`: a number of its own, which tells whose file it is;
  /// `migrations`: statements that make each version of the schema from the one before; those that
  /// the file has not seen yet are run.
  Database(const std::filesystem::path& file, std::uint32_t application,
           std::span<const std::string_view> migrations);

  [[nodiscard]] Statement prepare(std::string_view sql) const;
  /// Runs statements without rows.
  void run(std::string_view sql) const;
  /// The number of the row that was inserted last.
  [[nodiscard]] std::int64_t last_row() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const noexcept;
  };
  std::unique_ptr<sqlite3, Close> database_;
};

/// All that is written between its beginning and commit() is kept or nothing is.
class Transaction {
 public:
  explicit Transaction(const Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  const Database& database_;
  bool open_ = true;
};

}  // namespace atelier::store
