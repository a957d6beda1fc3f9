// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "store/postgres/connection.hpp"
#include "store/postgres/sql.hpp"

namespace atelier::store {
namespace {

std::int64_t number(PostgresConnection& connection, const std::string& sql) {
  const auto statement = connection.prepare(sql);
  return statement->step() ? statement->integer(0) : 0;
}

/// Within a transaction that holds the migration's lock.
void bring_up_to_date(PostgresConnection& connection, const Schema& schema) {
  const auto ask = [&](const char* sql) {
    return number(connection, fmt::format(fmt::runtime(sql), schema.name));
  };
  if (ask("SELECT count(*) FROM pg_namespace WHERE nspname = '{}'") == 0)
    connection.run(fmt::format("CREATE SCHEMA \"{}\"", schema.name));
  const std::string known_sql =
      "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
      "n.nspname = '{}'";
  const bool known = ask((known_sql + " AND c.relname = 'atelier_schema'").c_str()) != 0;
  if (!known && ask(known_sql.c_str()) != 0) {
    fail(ErrorKind::bad_input,
         "the schema {} of {} is another program's; name another database in the URL.", schema.name,
         connection.server());
  }
  if (!known) {
    connection.run(
        "CREATE TABLE atelier_schema (application BIGINT NOT NULL, version BIGINT NOT NULL)");
    connection.run(fmt::format("INSERT INTO atelier_schema VALUES ({}, 0)", schema.application));
  }
  if (number(connection, "SELECT application FROM atelier_schema") != schema.application) {
    fail(ErrorKind::bad_input,
         "the schema {} of {} is another program's; name another database in the URL.", schema.name,
         connection.server());
  }
  const auto version =
      static_cast<std::size_t>(number(connection, "SELECT version FROM atelier_schema"));
  if (version > schema.migrations.size()) {
    fail(ErrorKind::bad_input, "{} was written by a later version of Atelier; use that.",
         connection.server());
  }
  if (version == schema.migrations.size()) return;
  for (const Migration& step : schema.migrations.subspan(version)) {
    connection.run(translate_definitions(step.common));
    connection.run(step.postgres);
  }
  connection.run(fmt::format("UPDATE atelier_schema SET version = {}", schema.migrations.size()));
}

}  // namespace

void migrate(PostgresConnection& connection, const Schema& schema) {
  connection.begin(Writers::many);
  try {
    connection.run(
        lock_sql(static_cast<std::int32_t>(schema.application), AdvisoryLock::migration));
    bring_up_to_date(connection, schema);
    connection.commit();
  } catch (const Error&) {
    connection.roll_back();
    throw;
  }
}

}  // namespace atelier::store
