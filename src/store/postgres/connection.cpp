// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/connection.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <cassert>
#include <cerrno>

#include "store/postgres/faults.hpp"
#include "store/postgres/sql.hpp"
#include "store/postgres/statement.hpp"

namespace atelier::store {
namespace {

bool succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/// How a session of ours behaves. A program that stands still in a transaction holds others up no
/// longer than a minute, and one that is gone is noticed while it waits for a lock, too. Each
/// question is planned for its own values: a word may be in every work, or in one.
std::string session_sql(std::string_view schema, Durability durability, int server_version) {
  std::string sql = fmt::format(
      "SET search_path TO \"{}\"; SET lock_timeout = {}; SET "
      "idle_in_transaction_session_timeout = '60s'; SET client_min_messages = 'warning'; SET "
      "default_transaction_isolation = 'read committed'; SET plan_cache_mode = "
      "force_custom_plan",
      schema, patience_ms);
  if (durability == Durability::quick) sql += "; SET synchronous_commit = off";
  if (server_version >= 140'000) sql += "; SET client_connection_check_interval = '5s'";
  return sql;
}

}  // namespace

std::string lock_sql(std::int32_t application, AdvisoryLock lock) {
  return fmt::format("SELECT pg_advisory_xact_lock({}, {})", application, static_cast<int>(lock));
}

PostgresConnection::PostgresConnection(PostgresServer server, const Schema& schema,
                                       Durability durability)
    : server_(std::move(server)),
      schema_(schema.name),
      durability_(durability),
      writers_lock_(static_cast<std::int32_t>(schema.application)) {
  assert(!schema_.empty());
  open();
}

void PostgresConnection::open() {
  by_key_.clear();
  kept_.clear();
  handle_ = server_.connect();
  broken_ = false;
  PQsetNoticeProcessor(
      handle_.get(), [](void*, const char*) {}, nullptr);
  const PostgresResult result(PQexec(
      handle_.get(), session_sql(schema_, durability_, PQserverVersion(handle_.get())).c_str()));
  if (!succeeded(result.get())) refuse_result(result.get());
  for (const std::string& listen : channels_) {
    const PostgresResult heard(PQexec(handle_.get(), listen.c_str()));
    if (!succeeded(heard.get())) refuse_result(heard.get());
  }
  missed_ = true;
}

void PostgresConnection::refuse_result(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (state != nullptr) refuse(server_.name(), state, message != nullptr ? message : "");
  // What has no SQLSTATE is libpq's own: nothing more came from the server. PQstatus() does not
  // know it yet where it was found out while sending.
  broken_ = true;
  refuse(server_.name(), "08006", "the connection is lost");
}

std::unique_ptr<StatementEngine> PostgresConnection::prepare(std::string_view sql) {
  return std::make_unique<PostgresStatement>(shared_from_this(), number_parameters(sql));
}

void PostgresConnection::run(std::string_view sql) {
  if (lost() && !in_transaction_) open();
  const PostgresResult result(PQexec(handle_.get(), std::string(sql).c_str()));
  if (!succeeded(result.get())) refuse_result(result.get());
}

void PostgresConnection::begin(Writers writers) {
  std::string sql = "BEGIN";
  if (writers == Writers::one) sql += "; " + lock_sql(writers_lock_, AdvisoryLock::writers);
  try {
    run(sql);
  } catch (const Error&) {
    // A server that was started anew answers the second time; nothing has been done yet.
    if (!lost()) {
      roll_back();
      throw;
    }
    open();
    run(sql);
  }
  in_transaction_ = true;
}

void PostgresConnection::commit() {
  // After a failure it would undo without an error; nobody goes on to commit then.
  const PostgresResult result(PQexec(handle_.get(), "COMMIT"));
  if (!succeeded(result.get())) refuse_result(result.get());
  assert(std::string_view(PQcmdStatus(result.get())) == "COMMIT");
  in_transaction_ = false;
}

void PostgresConnection::roll_back() noexcept {
  in_transaction_ = false;
  if (!lost()) PQclear(PQexec(handle_.get(), "ROLLBACK"));
}

PostgresResult PostgresConnection::execute(const std::string& sql,
                                           const std::vector<PostgresValue>& values) {
  std::vector<const char*> bytes;
  std::vector<int> lengths;
  for (const PostgresValue& value : values) {
    bytes.push_back(value.type == 0 ? nullptr : value.bytes.data());
    lengths.push_back(static_cast<int>(value.bytes.size()));
  }
  const std::vector<int> binary(values.size(), 1);
  const auto once = [&]() -> PostgresResult {
    if (lost() && !in_transaction_) open();
    const std::string& name = prepared(sql, values);
    PostgresResult result(PQexecPrepared(handle_.get(), name.c_str(),
                                         static_cast<int>(values.size()), bytes.data(),
                                         lengths.data(), binary.data(), 0));
    if (!succeeded(result.get())) refuse_result(result.get());
    return result;
  };
  try {
    return once();
  } catch (const Error&) {
    // A server that was started anew answers the second time; in between, nothing was done.
    if (in_transaction_ || !lost() || !only_reads(sql)) throw;
    return once();
  }
}

const std::string& PostgresConnection::prepared(const std::string& sql,
                                                const std::vector<PostgresValue>& values) {
  std::vector<Oid> types;
  std::string key;
  for (const PostgresValue& value : values) {
    types.push_back(value.type);
    key += fmt::format("{},", value.type);
  }
  key += sql;
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    kept_.splice(kept_.begin(), kept_, found->second);
    return kept_.front().name;
  }
  if (kept_.size() >= most_prepared) forget_least_used();
  std::string name = fmt::format("s{}", ++names_);
  const PostgresResult result(PQprepare(handle_.get(), name.c_str(), sql.c_str(),
                                        static_cast<int>(types.size()), types.data()));
  if (!succeeded(result.get())) refuse_result(result.get());
  kept_.push_front({key, std::move(name)});
  by_key_[std::move(key)] = kept_.begin();
  return kept_.front().name;
}

void PostgresConnection::forget_least_used() {
  const Prepared& least = kept_.back();
  PQclear(PQexec(handle_.get(), ("DEALLOCATE " + least.name).c_str()));
  by_key_.erase(least.key);
  kept_.pop_back();
}

std::string PostgresConnection::channel_name(std::string_view channel) const {
  return fmt::format("\"{}.{}\"", schema_, channel);
}

void PostgresConnection::notify(std::string_view channel) {
  run("NOTIFY " + channel_name(channel));
}

void PostgresConnection::listen(std::string_view channel) {
  channels_.push_back("LISTEN " + channel_name(channel));
  run(channels_.back());
}

bool PostgresConnection::wait(std::chrono::milliseconds patience) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + patience;
  if (lost()) open();
  for (;;) {
    if (PQconsumeInput(handle_.get()) == 0) {
      broken_ = true;
      refuse(server_.name(), "08006", "the connection is lost");
    }
    bool told = std::exchange(missed_, false);
    while (PGnotify* notice = PQnotifies(handle_.get())) {
      told = true;
      PQfreemem(notice);
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (told || left <= 0) return told;
    pollfd socket{PQsocket(handle_.get()), POLLIN, 0};
    if (::poll(&socket, 1, static_cast<int>(left)) < 0 && errno != EINTR) broken_ = true;
  }
}

std::shared_ptr<Connection> open_postgres(const std::string& url, const Schema& schema,
                                          Durability durability) {
  auto connection = std::make_shared<PostgresConnection>(PostgresServer(url), schema, durability);
  migrate(*connection, schema);
  return connection;
}

}  // namespace atelier::store
