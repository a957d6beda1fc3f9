// SPDX-License-Identifier: Apache-2.0
#include "studio/hooks/hooks.hpp"

#include <cmath>

#include "studio/hooks/address.hpp"
#include "studio/queue/job_rows.hpp"

namespace atelier::studio {
namespace {

using store::Statement;

/// Ends that may be told at the time ?1, the next one first.
constexpr const char* due_sql =
    "SELECT h.job, h.url, h.attempts, t.hook_secret FROM hooks h JOIN jobs j ON j.id = h.job JOIN "
    "tokens t ON t.name = j.owner WHERE j.ended > h.told AND h.next <= ?1 AND NOT EXISTS (SELECT 1 "
    "FROM hooks o WHERE o.busy > ?1 AND o.host = h.host) ORDER BY h.next, j.ended, j.number LIMIT "
    "1";

}  // namespace

std::string Hooks::new_secret(const std::string& owner) {
  const std::scoped_lock lock(records_.mutex);
  std::string secret = random_text(32);
  records_.durable.prepare("UPDATE tokens SET hook_secret = ? WHERE name = ?")
      .bind(1, secret)
      .bind(2, owner)
      .run();
  return secret;
}

bool Hooks::has_secret(const std::string& owner) {
  const std::scoped_lock lock(records_.mutex);
  Statement row =
      records_.durable.prepare("SELECT 1 FROM tokens WHERE name = ? AND hook_secret <> ''");
  return row.bind(1, owner).step();
}

void Hooks::add(const std::string& job, const std::string& url) {
  const std::scoped_lock lock(records_.mutex);
  records_.durable
      .prepare("INSERT INTO hooks (job, url, host) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
      .bind(1, job)
      .bind(2, url)
      .bind(3, hook_host(url))
      .run();
}

std::optional<Hook> Hooks::find(const std::string& job) {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.durable.prepare(
      "SELECT h.url, CASE WHEN j.ended > h.told OR j.ended = 0 THEN 'waiting' ELSE h.state END, "
      "h.attempts, h.next, h.trouble FROM hooks h JOIN jobs j ON j.id = h.job WHERE h.job = ?");
  if (!row.bind(1, job).step()) return std::nullopt;
  return Hook{row.text(0), row.text(1), static_cast<int>(row.integer(2)), row.real(3), row.text(4)};
}

std::optional<Hooks::Due> Hooks::take() {
  const std::scoped_lock lock(records_.mutex);
  const store::Database& database = records_.durable;
  const double now = clock_();
  // Mostly nothing is due, and then nobody is to wait for this.
  if (!database.prepare(due_sql).bind(1, now).step()) return std::nullopt;
  store::Transaction transaction(database);
  Statement next = database.prepare(due_sql);
  if (!next.bind(1, now).step()) return std::nullopt;
  std::optional<Job> job = find_job(database, next.text(0));
  if (!job) return std::nullopt;
  Due due{*std::move(job), next.text(1), next.text(3), static_cast<int>(next.integer(2)) + 1};
  next = database.prepare("UPDATE hooks SET attempts = ?1, next = ?2, busy = ?2 WHERE job = ?3");
  next.bind(1, std::int64_t{due.attempt}).bind(2, now + reserved_seconds).bind(3, due.job.id).run();
  transaction.commit();
  return due;
}

void Hooks::settle(const Due& due, const char* state, const std::string& trouble) {
  const std::scoped_lock lock(records_.mutex);
  Statement update = records_.durable.prepare(
      "UPDATE hooks SET told = ?, state = ?, trouble = ?, attempts = 0, next = 0, busy = 0 WHERE "
      "job = ?");
  update.bind(1, due.job.ended).bind(2, std::string_view(state)).bind(3, trouble);
  update.bind(4, due.job.id).run();
}

void Hooks::told(const Due& due) {
  settle(due, "told", "");
}

void Hooks::failed(const Due& due, const std::string& why, bool for_good) {
  if (for_good || due.attempt >= most_attempts) {
    settle(due, "given_up", why);
    return;
  }
  const std::scoped_lock lock(records_.mutex);
  const double pause = first_pause * std::pow(pause_growth, due.attempt - 1);
  records_.durable.prepare("UPDATE hooks SET next = ?, busy = 0, trouble = ? WHERE job = ?")
      .bind(1, clock_() + pause)
      .bind(2, why)
      .bind(3, due.job.id)
      .run();
}

}  // namespace atelier::studio
