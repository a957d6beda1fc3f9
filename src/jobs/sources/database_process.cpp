// SPDX-License-Identifier: Apache-2.0
#include "jobs/sources/database_process.hpp"

#include <fcntl.h>
#include <lmdb.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "atelier/base/error.hpp"

namespace atelier::jobs {
namespace {

constexpr std::array damage_signals{SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};

// What the reading process does. Nothing is closed or freed: the process ends.

/// Returns what write_end() is to tell.
int send_entries(const char* data_file, std::uintmax_t bytes, int pipe) {
  if (bytes == 0) return MDB_INVALID;  // liblmdb would begin a database in it
  MDB_env* environment = nullptr;
  MDB_txn* transaction = nullptr;
  MDB_dbi database = 0;
  MDB_cursor* cursor = nullptr;
  MDB_stat told{};
  unsigned kind = 0;
  int status = mdb_env_create(&environment);
  // Databases declare terabytes of room to grow into; only the file itself is to be mapped.
  if (status == 0) status = mdb_env_set_mapsize(environment, bytes);
  if (status == 0) {
    status = mdb_env_open(environment, data_file, MDB_RDONLY | MDB_NOLOCK | MDB_NOSUBDIR, 0);
  }
  if (status == 0) status = mdb_txn_begin(environment, nullptr, MDB_RDONLY, &transaction);
  if (status == 0) status = mdb_dbi_open(transaction, nullptr, 0, &database);
  if (status == 0) status = mdb_dbi_flags(transaction, database, &kind);
  if (status == 0 && kind != 0) status = MDB_INCOMPATIBLE;  // keys in another order, or repeated
  if (status == 0) status = mdb_stat(transaction, database, &told);
  if (status == 0) status = mdb_cursor_open(transaction, database, &cursor);
  if (status != 0) return status;
  for (std::size_t count = 0;; ++count) {
    MDB_val key{}, value{};
    status = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    if (status == MDB_NOTFOUND) return count == told.ms_entries ? 0 : MDB_CORRUPTED;
    if (status != 0) return status;
    const bool sent = write_entry(pipe, {static_cast<const char*>(key.mv_data), key.mv_size},
                                  {static_cast<const char*>(value.mv_data), value.mv_size});
    if (!sent) ::_exit(1);  // half of it may have gone through: nothing more can be told
  }
}

/// Keeps the pipe, as its standard output, and nothing else of the process it was forked from.
[[noreturn]] void read_and_end(const char* data_file, std::uintmax_t bytes, int pipe) {
  // Damage ends this process quietly: no handlers of ours, no core file, no message of liblmdb's.
  for (const int one : damage_signals) std::signal(one, SIG_DFL);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  // The other process decides what Ctrl-C means; when it is gone, so is the pipe's other end.
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGTERM, SIG_IGN);
  std::signal(SIGPIPE, SIG_DFL);
  const int nowhere = ::open("/dev/null", O_RDWR);
  if (nowhere < 0 || ::dup2(pipe, STDOUT_FILENO) < 0 || ::dup2(nowhere, STDERR_FILENO) < 0 ||
      ::close_range(STDERR_FILENO + 1, ~0U, 0) != 0) {
    ::_exit(1);
  }
  const bool told = write_end(STDOUT_FILENO, send_entries(data_file, bytes, STDOUT_FILENO));
  ::_exit(told ? 0 : 1);
}

// What the other one does.

/// The process that reads; it ends at the latest with this object.
class Reading {
 public:
  Reading(const char* data_file, std::uintmax_t bytes) {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) refuse();
    process_ = ::fork();
    if (process_ == 0) read_and_end(data_file, bytes, ends[1]);
    const int error = errno;
    ::close(ends[1]);
    pipe_ = ends[0];
    if (process_ < 0) {
      ::close(pipe_);
      errno = error;
      refuse();
    }
  }
  ~Reading() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      static_cast<void>(wait());
    }
    ::close(pipe_);
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  [[nodiscard]] int pipe() const noexcept { return pipe_; }

  /// Waits for its end and returns the signal that ended it; 0: none.
  [[nodiscard]] int wait() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }

 private:
  [[noreturn]] static void refuse() {
    fail(ErrorKind::missing_capability, "no process can be started to read a database ({}).",
         std::strerror(errno));
  }

  int pipe_ = -1;
  pid_t process_ = -1;
};

[[noreturn]] void damaged(const std::string& file, const char* why) {
  fail(ErrorKind::bad_input, "the database {} is damaged or cut short ({}); copy it again.", file,
       why);
}

/// Says what the end of entries means, unless that were all.
void check_end(const std::string& file, const EntryReader& reader, Reading& reading) {
  if (reader.ending() == EntryReader::Ending::impossible) {
    damaged(file, "its entries are not in order, or longer than the file");
  }
  if (reader.ending() == EntryReader::Ending::silent) {
    if (reading.wait() == SIGKILL) {
      fail(ErrorKind::out_of_memory, "the system ended the reading of {}; free some memory.", file);
    }
    damaged(file, "its pages lead to where nothing is");
  }
  switch (reader.status()) {
    case 0:
      return;
    case EACCES:
    case EPERM:
    case EIO:
      fail(ErrorKind::bad_input, "the database {} cannot be read ({}); check its permissions.",
           file, std::strerror(reader.status()));
    case MDB_INVALID:
      fail(ErrorKind::bad_input,
           "{} is no LMDB database, or its beginning is damaged; name the folder that holds "
           "data.mdb.",
           file);
    case MDB_INCOMPATIBLE:
      fail(ErrorKind::bad_input, "{} is an LMDB database of another kind than LSUN's.", file);
    default:
      damaged(file, mdb_strerror(reader.status()));
  }
}

}  // namespace

void each_entry(const std::filesystem::path& data_file,
                const std::function<void(const Entry&)>& visit) {
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(data_file, error);
  if (error) {
    fail(ErrorKind::bad_input, "the database {} cannot be read ({}); check the path.",
         data_file.string(), error.message());
  }
  Reading reading(data_file.c_str(), bytes);
  EntryReader reader(reading.pipe(), bytes);
  while (const auto entry = reader.next()) visit(*entry);
  check_end(data_file.string(), reader, reading);
}

}  // namespace atelier::jobs
