// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "studio/queue/job.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {

/// Who is to be told when a job ends, and what came of it.
struct Hook {
  std::string url;
  std::string state;    ///< "waiting", "told" or "given_up"
  int attempts = 0;     ///< to tell of the last end
  double next = 0;      ///< when the next attempt may begin
  std::string trouble;  ///< why the last attempt failed
};

/// Webhooks, durable: a row says which end of a job its URL was told of, so whatever ended the
/// server, the next one goes on. Each end is told at least once, and in vain at most most_attempts
/// times, with pauses of 10 s that grow fourfold (10 s, 40 s, ... 11 h: 15 h in all).
///
/// A host is told of one end at a time, by whatever server, in the order of the ends; one that must
/// be told again comes after those that are due. So who hangs keeps nobody else waiting.
///
/// All methods may be called from any thread. Throws Error as store::Database.
class Hooks {
 public:
  static constexpr int most_attempts = 8;
  static constexpr double first_pause = 10, pause_growth = 4;
  static constexpr double reserved_seconds = 60;  ///< for one attempt

  explicit Hooks(Records& records, std::function<double()> clock = now_seconds)
      : records_(records), clock_(std::move(clock)) {}

  /// A new secret for this account, with which what is sent is signed; the one before counts no
  /// longer.
  [[nodiscard]] std::string new_secret(const std::string& owner);
  [[nodiscard]] bool has_secret(const std::string& owner);

  /// The job's end is to be told to this URL.
  void add(const std::string& job, const std::string& url);
  [[nodiscard]] std::optional<Hook> find(const std::string& job);

  /// An end that is to be told now; nobody takes it, or another for its host, for reserved_seconds
  /// or until what came of it is told here.
  struct Due {
    Job job;
    std::string url, secret;
    int attempt = 1;
  };
  [[nodiscard]] std::optional<Due> take();
  void told(const Due& due);
  /// It could not be told: again after a pause, unless `for_good` or tried often enough.
  void failed(const Due& due, const std::string& why, bool for_good = false);

 private:
  void settle(const Due& due, const char* state, const std::string& trouble);

  Records& records_;
  std::function<double()> clock_;
};

}  // namespace atelier::studio
