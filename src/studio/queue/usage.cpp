// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/usage.hpp"

#include <fmt/format.h>

#include <cmath>

namespace atelier::studio {
namespace {

constexpr double day_seconds = 86'400;
constexpr double gib = 1024.0 * 1024 * 1024;

}  // namespace

std::int64_t waiting_of(Records& records, const std::string& owner) {
  const std::scoped_lock lock(records.mutex);
  store::Statement row =
      records.durable.prepare("SELECT count(*) FROM jobs WHERE state = 'queued' AND owner = ?");
  row.bind(1, owner).step();
  return row.integer(0);
}

double storage_of(Records& records, const std::string& owner) {
  const std::scoped_lock lock(records.mutex);
  store::Statement row = records.durable.prepare(
      "SELECT coalesce(sum(bytes), 0) FROM files WHERE digest IN (SELECT digest FROM uploads WHERE "
      "owner = ?1 UNION SELECT o.digest FROM outputs o JOIN jobs j ON j.number = o.job WHERE "
      "j.owner = ?1)");
  row.bind(1, owner).step();
  return row.real(0) / gib;
}

double worker_seconds_of(Records& records, const std::string& owner, double now) {
  const std::scoped_lock lock(records.mutex);
  store::Statement row =
      records.durable.prepare("SELECT seconds FROM spent WHERE owner = ? AND day = ?");
  return row.bind(1, owner).bind(2, day_of(now)).step() ? row.real(0) : 0;
}

Quotas used_by(Records& records, const std::string& owner, double now) {
  return {waiting_of(records, owner), storage_of(records, owner),
          worker_seconds_of(records, owner, now)};
}

void spend(const store::Database& database, const std::string& owner, double now, double seconds) {
  const std::int64_t day = day_of(now);
  database.prepare("DELETE FROM spent WHERE owner = ? AND day < ?")
      .bind(1, owner)
      .bind(2, day)
      .run();
  database
      .prepare(
          "INSERT INTO spent VALUES (?1, ?2, ?3) ON CONFLICT (owner, day) DO UPDATE SET seconds = "
          "spent.seconds + ?3")
      .bind(1, owner)
      .bind(2, day)
      .bind(3, seconds)
      .run();
}

double next_day(double now) {
  return (static_cast<double>(day_of(now)) + 1) * day_seconds;
}

std::int64_t day_of(double now) {
  return static_cast<std::int64_t>(std::floor(now / day_seconds));
}

std::string has_time_left(std::string_view parameter) {
  return fmt::format(
      "NOT EXISTS (SELECT 1 FROM tokens t JOIN spent s ON s.owner = t.name WHERE t.name = j.owner "
      "AND t.worker_seconds > 0 AND s.day = {} AND s.seconds >= t.worker_seconds)",
      parameter);
}

}  // namespace atelier::studio
