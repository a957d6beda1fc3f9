// SPDX-License-Identifier: Apache-2.0
// What is known of jobs; who asks changes them in submit.cpp, who works on them in claim.cpp and
// finish.cpp.
#include "studio/queue/queue.hpp"

#include <fmt/format.h>

#include "studio/queue/job_rows.hpp"
#include "studio/queue/usage.hpp"

namespace atelier::studio {

using store::Statement;

Queue::Queue(Records& records, const FileStore& store)
    : Queue(records, store, [&records] { return records.now(); }) {}

Queue::Queue(Records& records, const FileStore& store, std::function<double()> clock)
    : records_(records), store_(store), clock_(std::move(clock)) {}

std::optional<Job> Queue::find(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  return find_job(records_.durable, id);
}

std::vector<Job> Queue::list(const Filter& filter) {
  const std::scoped_lock lock(records_.mutex);
  Statement rows = records_.durable.prepare(fmt::format(
      "SELECT {} FROM jobs WHERE (?1 = '' OR state = ?1) AND (?2 = '' OR command = ?2) AND (?3 = 0 "
      "OR number < ?3) AND (?5 = '' OR owner = ?5 OR shared <> 0) ORDER BY number DESC LIMIT ?4",
      job_columns));
  rows.bind(1, std::string_view(filter.state ? state_name(*filter.state) : ""));
  rows.bind(2, filter.command).bind(3, filter.before).bind(4, std::int64_t{filter.limit});
  rows.bind(5, filter.seer);
  std::vector<Job> jobs;
  while (rows.step()) jobs.push_back(read_job(records_.durable, rows));
  return jobs;
}

std::string Queue::log(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.durable.prepare("SELECT log FROM jobs WHERE id = ?");
  return row.bind(1, id).step() ? row.text(0) : "";
}

std::vector<nlohmann::json> Queue::points(const std::string& id) {
  const std::scoped_lock lock(records_.mutex);
  Statement rows = records_.durable.prepare(
      "SELECT point FROM points WHERE job = (SELECT number FROM jobs WHERE id = ?) ORDER BY "
      "number");
  rows.bind(1, id);
  std::vector<nlohmann::json> points;
  while (rows.step()) points.push_back(nlohmann::json::parse(rows.text(0)));
  return points;
}

std::vector<std::int64_t> Queue::counts(const std::string& seer) {
  const std::scoped_lock lock(records_.mutex);
  std::vector<std::int64_t> counts(6);
  Statement rows = records_.durable.prepare(
      "SELECT state, count(*) FROM jobs WHERE ?1 = '' OR owner = ?1 OR shared <> 0 GROUP BY state");
  rows.bind(1, seer);
  while (rows.step()) {
    counts.at(static_cast<std::size_t>(state_of(rows.text(0)))) = rows.integer(1);
  }
  return counts;
}

}  // namespace atelier::studio
