// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/records.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <chrono>

#include "atelier/base/error.hpp"

namespace atelier::studio {
namespace {

constexpr std::uint32_t application = 0x41545354;  // "ATST"

/// Each makes a version of the schema from the one before; what stands here never changes.
constexpr std::array<std::string_view, 1> migrations{
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
    )sql"};

}  // namespace

Records::Records(const std::filesystem::path& data)
    : durable(data / "studio.sqlite", application, migrations),
      quick(data / "studio.sqlite", application, migrations) {
  quick.run("PRAGMA synchronous = NORMAL");
}

std::int64_t next_version(const store::Database& database) {
  store::Statement next =
      database.prepare("UPDATE clock SET version = version + 1 RETURNING version");
  next.step();
  const std::int64_t version = next.integer(0);
  next.run();
  return version;
}

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string time_text(double seconds) {
  if (seconds <= 0) return "";
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

std::string random_text(int bytes) {
  std::string text;
  std::array<unsigned char, 64> random{};
  if (::getrandom(random.data(), static_cast<std::size_t>(bytes), 0) != bytes)
    fail(ErrorKind::internal, "the system has no random numbers.");
  for (int i = 0; i < bytes; ++i) text += fmt::format("{:02x}", random[i]);
  return text;
}

}  // namespace atelier::studio
