// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/engine.hpp"
#include "store/postgres/server.hpp"

namespace atelier::store {

struct ClearResult {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

/// A parameter on its way to the server: PostgreSQL's number of its type (0: NULL) and its binary
/// form.
struct PostgresValue {
  Oid type = 0;
  std::string bytes;
};

/// A connection to a schema of a PostgreSQL server, made anew when it was lost.
class PostgresConnection final : public Connection,
                                 public std::enable_shared_from_this<PostgresConnection> {
 public:
  static constexpr std::size_t most_prepared = 200;

  /// Throws Error as Database; so do the others.
  PostgresConnection(PostgresServer server, const Schema& schema, Durability durability);

  Dialect dialect() const noexcept override { return Dialect::postgres; }
  std::unique_ptr<StatementEngine> prepare(std::string_view sql) override;
  void run(std::string_view sql) override;
  void begin(Writers writers) override;
  void commit() override;
  void roll_back() noexcept override;
  void notify(std::string_view channel) override;
  void listen(std::string_view channel) override;
  bool wait(std::chrono::milliseconds patience) override;

  /// Runs a statement whose parameters are numbered $1..., prepared once for each set of types.
  [[nodiscard]] PostgresResult execute(const std::string& sql,
                                       const std::vector<PostgresValue>& values);
  [[nodiscard]] const std::string& server() const noexcept { return server_.name(); }
  [[nodiscard]] std::string_view schema() const noexcept { return schema_; }

 private:
  void open();
  [[nodiscard]] std::string channel_name(std::string_view channel) const;
  [[nodiscard]] bool lost() const { return broken_ || PQstatus(handle_.get()) != CONNECTION_OK; }
  [[noreturn]] void refuse_result(const PGresult* result);
  const std::string& prepared(const std::string& sql, const std::vector<PostgresValue>& values);
  void forget_least_used();

  PostgresServer server_;
  std::string schema_;
  Durability durability_;
  std::int32_t writers_lock_;
  PostgresHandle handle_;
  bool in_transaction_ = false, broken_ = false;
  std::vector<std::string> channels_;  ///< LISTEN of each
  bool missed_ = true;                 ///< what was told while nobody listened

  struct Prepared {
    std::string key, name;
  };
  std::list<Prepared> kept_;  ///< those used last first
  std::unordered_map<std::string, std::list<Prepared>::iterator> by_key_;
  std::int64_t names_ = 0;
};

/// Kinds of advisory locks, beside the application's number.
enum class AdvisoryLock { migration = 1, writers = 2 };

/// SQL that waits for a lock until the transaction ends.
[[nodiscard]] std::string lock_sql(std::int32_t application, AdvisoryLock lock);

/// Brings the schema to its newest version. Throws Error as Database.
void migrate(PostgresConnection& connection, const Schema& schema);

}  // namespace atelier::store
