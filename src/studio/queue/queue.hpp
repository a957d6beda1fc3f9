// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "studio/commands/request.hpp"
#include "studio/files/file_store.hpp"
#include "studio/queue/job.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {

/// A worker's right to a job, until it ends or is not renewed in time.
struct Lease {
  std::string job, token;
};

/// What a running job has to tell, each member when it has changed.
struct Beat {
  std::optional<nlohmann::json> progress;
  std::optional<std::string> preview;     ///< digest of a file that the store has
  std::optional<std::string> checkpoint;  ///< name of one that the store has
  std::string text;                       ///< what was written since the last beat
  std::optional<std::string> log;         ///< all that is kept of it
};

/// What a worker is to do with its job.
enum class Orders { go_on, finish, stop, lost };

/// A file that a job made, whole on the disk at `path`.
struct MadeFile {
  std::string name, file_name;
  std::filesystem::path path;
  std::string digest;
  FileType type;
  std::int64_t bytes = 0;
};

/// Jobs, and who works on what: durable, for any number of servers and workers, of one machine or,
/// in PostgreSQL, of many.
///
/// A job runs while its worker renews its lease. A lease that was not renewed is lost; the job
/// waits again and, lost twice, is set aside. What a worker delivers counts only under the lease
/// that the job has now, so every job ends once. Of equal repeatable requests one runs at a time,
/// and the others get its files.
///
/// A job whose worker kept a checkpoint goes on from it under the next lease; what was told of it
/// until then stays. The checkpoint goes with the job's end; that of one that was cancelled waits
/// for a retry and goes with the job.
///
/// Those who ask take turns: next is a job of whoever has used the least time of workers; among
/// one's own jobs the greatest priority, then the oldest. Who comes anew begins level with the
/// least of those who wait or are served, so that being away saves nothing up. Jobs of whoever has
/// used up a day's seconds of workers wait for the next day.
///
/// All methods may be called from any thread. Throws Error as store::Database.
class Queue {
 public:
  /// By the clock of the records; `clock` tells seconds since 1970, too.
  Queue(Records& records, const FileStore& store);
  Queue(Records& records, const FileStore& store, std::function<double()> clock);

  static constexpr double lease_seconds = 15;
  static constexpr int most_losses = 2;  ///< so many, and a job is set aside

  /// `key` (empty: none): the same owner's same request under it within a day is the same job, and
  /// `fresh` tells. `repeatable`: an equal request that is done gives its files at once. Throws
  /// Error invalid_argument where the key was used for another request.
  struct Submitted {
    Job job;
    bool fresh = true;
  };
  Submitted submit(const JobRequest& request, const std::string& owner, bool repeatable,
                   const std::string& key = {});

  /// The next job, if one waits that this worker can do; "": one that can do everything.
  std::optional<std::pair<Job, Lease>> claim(const std::string& worker = {});
  /// Renews the lease and tells what is new.
  Orders beat(const Lease& lease, const Beat& beat = {});
  /// Whether the job is still this lease's and is to go on; cheap, changes nothing.
  [[nodiscard]] Orders orders(const Lease& lease);

  /// Keeps the files and ends the job. False, and nothing is kept: the lease is lost.
  bool finish(const Lease& lease, const nlohmann::json& report, const std::vector<MadeFile>& files,
              const std::string& log);
  /// It cannot be done: `error` is a problem document.
  bool give_up(const Lease& lease, const nlohmann::json& error, const std::string& log);
  /// This worker lacks what the job takes. Another who is there and may have it gets the job, and
  /// nothing is held against it; where nobody is left, it is given up.
  bool decline(const Lease& lease, const std::string& worker, const nlohmann::json& error,
               const std::string& log);
  /// It was stopped because somebody asked.
  bool stopped(const Lease& lease, const std::string& log);
  /// It took its process down: it waits again or, the second time, is set aside.
  bool crashed(const Lease& lease, const nlohmann::json& error, const std::string& log);
  /// The worker ends before the job does; it waits again, and nothing is held against it.
  bool release(const Lease& lease);
  /// Jobs whose lease was not renewed wait again or are set aside; how many.
  int reap();

  [[nodiscard]] std::optional<Job> find(const std::string& id);
  struct Filter {
    std::optional<JobState> state;
    std::string command;
    std::int64_t before = 0;  ///< number; 0: from the newest
    int limit = 50;
    std::string seer = {};  ///< what this account sees; empty: everything
  };
  [[nodiscard]] std::vector<Job> list(const Filter& filter);
  [[nodiscard]] std::string log(const std::string& id);
  [[nodiscard]] std::vector<nlohmann::json> points(const std::string& id);
  /// How many jobs are in each state, in their order, of those that this account sees.
  [[nodiscard]] std::vector<std::int64_t> counts(const std::string& seer = {});

  /// A waiting job ends at once, a running one when its worker has seen it. Nothing: there is none.
  std::optional<Job> cancel(const std::string& id);
  /// Ends a running job that may (its progress says `may_finish`) with what there is; equal
  /// requests do not get that. Throws Error cancelled (conflict) for another. Nothing: there is
  /// none.
  std::optional<Job> finish_early(const std::string& id);
  /// Lets an ended job that is not done wait again. Throws Error cancelled (conflict) for another.
  std::optional<Job> retry(const std::string& id);
  /// Shows it and its files to everybody who may come in, or no longer. Nothing: there is none.
  std::optional<Job> share(const std::string& id, bool shared);
  /// Forgets an ended job and what only it holds. Throws Error cancelled (conflict) before its end.
  bool remove(const std::string& id);

 private:
  template <class End>
  bool end(const Lease& lease, End how);
  void reuse_for(const std::string& id);
  /// A preview is kept only while it is a job's newest.
  void drop_preview(const std::string& digest);
  /// Of the checkpoints of a job, as it was, the one that it may go on from is kept alone.
  void drop_checkpoints(const Job& before);
  void drop_what_is_past(const Job& before);

  Records& records_;
  const FileStore& store_;
  std::function<double()> clock_;
};

}  // namespace atelier::studio
