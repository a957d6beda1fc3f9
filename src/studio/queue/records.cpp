// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/records.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>

namespace atelier::studio {
namespace {

constexpr std::uint32_t application = 0x41545354;  // "ATST"

constexpr std::string_view first_tables =
    R"sql(
    CREATE TABLE clock (version INTEGER NOT NULL);
    INSERT INTO clock VALUES (0);

    CREATE TABLE files (
      digest TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      kind TEXT NOT NULL, media TEXT NOT NULL, suffix TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      origin TEXT NOT NULL CHECK (origin IN ('upload', 'job')),
      created REAL NOT NULL,
      number INTEGER NOT NULL UNIQUE
    ) WITHOUT ROWID;

    CREATE TABLE thumbnails (
      digest TEXT NOT NULL REFERENCES files ON DELETE CASCADE,
      edge INTEGER NOT NULL,
      picture BLOB NOT NULL,
      PRIMARY KEY (digest, edge)
    ) WITHOUT ROWID;

    CREATE TABLE jobs (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL UNIQUE,
      owner TEXT NOT NULL,
      command TEXT NOT NULL,
      label TEXT NOT NULL,
      request TEXT NOT NULL,
      request_digest TEXT NOT NULL,
      repeatable INTEGER NOT NULL,
      priority INTEGER NOT NULL,
      state TEXT NOT NULL
        CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'set_aside')),
      attempts INTEGER NOT NULL DEFAULT 0,
      losses INTEGER NOT NULL DEFAULT 0,
      reused INTEGER NOT NULL DEFAULT 0,
      stopping INTEGER NOT NULL DEFAULT 0,
      lease TEXT NOT NULL DEFAULT '',
      lease_until REAL NOT NULL DEFAULT 0,
      created REAL NOT NULL,
      started REAL NOT NULL DEFAULT 0,
      ended REAL NOT NULL DEFAULT 0,
      progress TEXT NOT NULL DEFAULT 'null',
      preview TEXT NOT NULL DEFAULT '',
      text TEXT NOT NULL DEFAULT '',
      report TEXT NOT NULL DEFAULT 'null',
      error TEXT NOT NULL DEFAULT 'null',
      log TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX jobs_by_state ON jobs (state, owner, priority DESC, number);
    CREATE INDEX jobs_by_request ON jobs (request_digest, state);

    CREATE TABLE inputs (
      job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
      digest TEXT NOT NULL,
      PRIMARY KEY (job, digest)
    ) WITHOUT ROWID;
    CREATE INDEX inputs_by_digest ON inputs (digest);

    CREATE TABLE outputs (
      job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      file_name TEXT NOT NULL,
      digest TEXT NOT NULL,
      PRIMARY KEY (job, position)
    ) WITHOUT ROWID;
    CREATE INDEX outputs_by_digest ON outputs (digest);

    CREATE TABLE points (
      job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
      number INTEGER NOT NULL,
      point TEXT NOT NULL,
      PRIMARY KEY (job, number)
    ) WITHOUT ROWID;

    CREATE TABLE gone (version INTEGER PRIMARY KEY, id TEXT NOT NULL);

    CREATE TABLE owners (name TEXT PRIMARY KEY, used REAL NOT NULL) WITHOUT ROWID;

    CREATE TABLE repeats (
      owner TEXT NOT NULL,
      key TEXT NOT NULL,
      request_digest TEXT NOT NULL,
      job TEXT NOT NULL,
      created REAL NOT NULL,
      PRIMARY KEY (owner, key)
    ) WITHOUT ROWID;

    CREATE TABLE tokens (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE,
      created REAL NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE sessions (
      hash TEXT PRIMARY KEY,
      token TEXT NOT NULL REFERENCES tokens ON DELETE CASCADE,
      csrf TEXT NOT NULL,
      expires REAL NOT NULL
    ) WITHOUT ROWID;
    )sql";

/// Who works, what each can, and what jobs need of them.
constexpr std::string_view workers_tables =
    R"sql(
    CREATE TABLE workers (
      id TEXT PRIMARY KEY,
      host TEXT NOT NULL,
      jobs INTEGER NOT NULL,
      memory REAL NOT NULL,
      started REAL NOT NULL,
      seen REAL NOT NULL,
      gpus TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE abilities (
      worker TEXT NOT NULL REFERENCES workers ON DELETE CASCADE,
      what TEXT NOT NULL,
      PRIMARY KEY (worker, what)
    ) WITHOUT ROWID;

    CREATE TABLE needs (
      job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
      what TEXT NOT NULL,
      PRIMARY KEY (job, what)
    ) WITHOUT ROWID;

    CREATE TABLE declined (
      job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
      worker TEXT NOT NULL,
      PRIMARY KEY (job, worker)
    ) WITHOUT ROWID;

    ALTER TABLE jobs ADD COLUMN memory REAL NOT NULL DEFAULT 0;
    )sql";

/// What tokens may do and have, whose uploads are whose, which jobs all see.
constexpr std::string_view account_tables =
    R"sql(
    ALTER TABLE tokens ADD COLUMN role TEXT NOT NULL DEFAULT 'member'
      CHECK (role IN ('viewer', 'member', 'owner'));
    ALTER TABLE tokens ADD COLUMN waiting_jobs INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE tokens ADD COLUMN storage_gib REAL NOT NULL DEFAULT 0;
    ALTER TABLE tokens ADD COLUMN worker_seconds REAL NOT NULL DEFAULT 0;
    UPDATE tokens SET role = 'owner' WHERE name = 'owner';

    ALTER TABLE jobs ADD COLUMN shared INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX jobs_by_owner ON jobs (owner);

    CREATE TABLE uploads (
      digest TEXT NOT NULL REFERENCES files ON DELETE CASCADE,
      owner TEXT NOT NULL,
      name TEXT NOT NULL,
      created REAL NOT NULL,
      PRIMARY KEY (digest, owner)
    ) WITHOUT ROWID;
    CREATE INDEX uploads_by_owner ON uploads (owner);

    CREATE TABLE spent (
      owner TEXT NOT NULL,
      day INTEGER NOT NULL,
      seconds REAL NOT NULL,
      PRIMARY KEY (owner, day)
    ) WITHOUT ROWID;
    )sql";

/// Who is told when jobs end, and by what secret.
constexpr std::string_view hook_tables =
    R"sql(
    ALTER TABLE tokens ADD COLUMN hook_secret TEXT NOT NULL DEFAULT '';

    CREATE TABLE hooks (
      job TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
      url TEXT NOT NULL,
      told REAL NOT NULL DEFAULT 0,
      state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'told', 'given_up')),
      attempts INTEGER NOT NULL DEFAULT 0,
      next REAL NOT NULL DEFAULT 0,
      trouble TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    CREATE INDEX hooks_by_next ON hooks (next);
    )sql";

/// To whose host a message is under way, and until when nobody else is told there.
constexpr std::string_view hook_host_columns =
    R"sql(
    ALTER TABLE hooks ADD COLUMN host TEXT NOT NULL DEFAULT '';
    ALTER TABLE hooks ADD COLUMN busy REAL NOT NULL DEFAULT 0;
    CREATE INDEX hooks_by_busy ON hooks (busy);
    )sql";

/// What a job that waits again goes on from.
constexpr std::string_view checkpoint_column =
    R"sql(
    ALTER TABLE jobs ADD COLUMN checkpoint TEXT NOT NULL DEFAULT '';
    )sql";

/// Which worker has a job, or had it last.
constexpr std::string_view holder_column =
    R"sql(
    ALTER TABLE jobs ADD COLUMN worker TEXT NOT NULL DEFAULT '';
    )sql";

/// Each makes a version of the schema from the one before; what stands here never changes.
constexpr std::array migrations{
    store::Migration{.common = first_tables},      store::Migration{.common = workers_tables},
    store::Migration{.common = account_tables},    store::Migration{.common = hook_tables},
    store::Migration{.common = hook_host_columns}, store::Migration{.common = checkpoint_column},
    store::Migration{.common = holder_column}};
constexpr store::Schema schema{"atelier_studio", application, migrations};

}  // namespace

const store::Schema& records_schema() {
  return schema;
}

store::Database open_records(const Place& place, store::Durability durability) {
  return {place.location(), schema, durability};
}

Records::Records(const Place& place)
    : durable(open_records(place, store::Durability::flushed)),
      quick(open_records(place, store::Durability::quick)) {}

double Records::now() {
  if (durable.dialect() == store::Dialect::sqlite) return now_seconds();
  const std::scoped_lock lock(mutex);
  store::Statement clock =
      quick.prepare("SELECT CAST(extract(epoch FROM clock_timestamp()) AS DOUBLE PRECISION)");
  clock.step();
  return clock.real(0);
}

std::int64_t next_version(const store::Database& database) {
  store::Statement next =
      database.prepare("UPDATE clock SET version = version + 1 RETURNING version");
  next.step();
  const std::int64_t version = next.integer(0);
  next.run();
  database.notify(changes_channel);
  return version;
}

std::string row_lock(const store::Database& database, std::string_view lock) {
  return database.dialect() == store::Dialect::postgres ? " " + std::string(lock) : "";
}

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string time_text(double seconds) {
  if (seconds <= 0) return "";
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

}  // namespace atelier::studio
