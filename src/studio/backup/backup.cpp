// SPDX-License-Identifier: Apache-2.0
#include "studio/backup/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "studio/backup/snapshot.hpp"
#include "studio/backup/tar.hpp"
#include "studio/commands/request.hpp"
#include "studio/files/file_store.hpp"
#include "studio/files/object_store.hpp"
#include "studio/queue/records.hpp"

namespace atelier::studio {
namespace {

namespace fs = std::filesystem;

constexpr const char* format_name = "atelier-studio-backup";
constexpr int format_version = 1;
constexpr const char* list_name = "list.json";  ///< the last entry: SHA-256 of all but files/
constexpr const char* database_name = "studio.sqlite";
constexpr const char* token_name = "token";
constexpr std::size_t most_list = 64u << 20;
constexpr std::string_view file_prefix = "files/", kept_prefix = "kept/";

/// One backup of a folder at a time.
class BackupLock {
 public:
  explicit BackupLock(const fs::path& data)
      : file_(::open((data / "backup.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    if (file_ >= 0) ::close(file_);
    fail(ErrorKind::io,
         "{} is being backed up by another process, or cannot be written; wait for that one.",
         data.string());
  }
  ~BackupLock() { ::close(file_); }
  BackupLock(const BackupLock&) = delete;
  BackupLock& operator=(const BackupLock&) = delete;

 private:
  int file_;
};

BackupCounts count(const fs::path& database_file) {
  const store::Database database(database_file.string(), records_schema());
  store::Statement row = database.prepare(
      "SELECT (SELECT count(*) FROM jobs), count(*), coalesce(sum(bytes), 0) FROM files");
  row.step();
  return {row.integer(0), row.integer(1), row.integer(2)};
}

[[noreturn]] void refuse(const fs::path& archive, const std::string& why) {
  fail(ErrorKind::bad_input, "{} is no whole backup of a studio: {}; copy it anew.",
       archive.string(), why);
}

fs::path place_of_file(const std::string& digest) {
  return fs::path("files") / digest.substr(0, 2) / digest;
}

/// Where an entry goes below the folder; throws for a name that no backup has.
fs::path place_of(const fs::path& archive, const std::string& name) {
  if (name == database_name || name == token_name) return name;
  const std::string_view view = name;
  if (view.starts_with(file_prefix) && is_digest(view.substr(file_prefix.size())))
    return place_of_file(name.substr(file_prefix.size()));
  fs::path path(name);
  bool inside = view.starts_with(kept_prefix) && path.lexically_normal() == path;
  for (const fs::path& part : path) inside = inside && part != ".." && !part.empty();
  if (!inside) refuse(archive, fmt::format("it holds '{}'", name));
  return path;
}

/// Compares what came with the list that ends every backup.
void check_list(const fs::path& archive, const std::string& text,
                const std::map<std::string, std::string>& found) {
  const nlohmann::json list = nlohmann::json::parse(text, nullptr, false);
  const bool ours = list.is_object() && list.value("format", nlohmann::json()) == format_name;
  if (!ours) refuse(archive, "its list is another program's");
  if (list.value("version", nlohmann::json()) != format_version)
    refuse(archive, "a later version of Atelier wrote it, so restore it with that one");
  if (list.value("entries", nlohmann::json()) != nlohmann::json(found))
    refuse(archive, "what it holds is not what its list says");
}

/// Every file that the database knows has come.
void check_files(const fs::path& archive, const fs::path& folder,
                 const std::set<std::string>& digests) {
  const store::Database database((folder / database_name).string(), records_schema());
  store::Statement rows = database.prepare("SELECT digest FROM files");
  while (rows.step()) {
    if (!digests.contains(rows.text(0))) refuse(archive, "file " + rows.text(0) + " is missing");
  }
}

/// A studio's files, put where it has them beside its folder. They go again unless they stay().
class HandedOver {
 public:
  HandedOver(const fs::path& folder, const std::string& files)
      : store_(Place(folder, "", files)), far_(is_object_store(files)) {}
  ~HandedOver() {
    for (const std::string& digest : fresh_) {
      try {
        store_.remove(digest);
      } catch (const Error&) {
        // The store is away; what stays there is known by its digest when it is put there again.
      }
    }
  }
  HandedOver(const HandedOver&) = delete;
  HandedOver& operator=(const HandedOver&) = delete;

  void add(const fs::path& file, const std::string& digest) {
    if (!store_.has(digest)) fresh_.push_back(digest);
    if (!far_) return store_.keep(file, digest);
    store_.offer(file, digest);
    fs::remove(file);
  }
  void stay() { fresh_.clear(); }

 private:
  FileStore store_;
  bool far_;
  std::vector<std::string> fresh_;
};

/// The folder reaches the disk.
void flush(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool flushed = file >= 0 && ::syncfs(file) == 0;
  const int error = errno;
  if (file >= 0) ::close(file);
  if (!flushed) fail_writing(folder, error);
}

}  // namespace

BackupCounts back_up(const fs::path& data, const fs::path& archive, const std::string& files) {
  return back_up(Place(data, "", files), archive, commands());
}

BackupCounts back_up(const Place& place, const fs::path& archive, const std::vector<Command>& all) {
  const fs::path& data = place.data;
  if (!fs::exists(data / database_name)) {
    fail(ErrorKind::bad_input,
         "{} holds no studio in SQLite; name the folder of one with --data, or back up one that "
         "PostgreSQL keeps by `pg_dump --schema=atelier_studio URL` and a copy of its files.",
         data.string());
  }
  const BackupLock lock(data);
  fs::remove_all(data / "backup");  // of one that was ended before its time
  const TemporaryFolder snapshot(data / "backup");
  take_snapshot(place, snapshot.path(), all);
  AtomicFile target(archive);
  ::chmod(target.path().c_str(), S_IRUSR | S_IWUSR);
  TarWriter tar(target.path());
  std::map<std::string, std::string> entries;
  for (const auto& entry : fs::recursive_directory_iterator(snapshot.path())) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().lexically_relative(snapshot.path()).string();
    const std::string digest = tar.add(name, entry.path());
    if (!name.starts_with(file_prefix)) {
      entries[name] = digest;
    } else if (name.substr(file_prefix.size()) != digest) {
      fail(ErrorKind::bad_input,
           "file {} of the studio is damaged; restore it from an earlier backup, or delete the job "
           "that made it.",
           name.substr(file_prefix.size()));
    }
  }
  entries[token_name] = tar.add(token_name, data / token_name);
  tar.add_text(
      list_name,
      nlohmann::json{{"format", format_name}, {"version", format_version}, {"entries", entries}}
          .dump());
  tar.close();
  target.commit();
  return count(snapshot.path() / database_name);
}

BackupCounts restore(const fs::path& archive, const fs::path& data, const std::string& files) {
  const fs::path target = fs::absolute(data / "").lexically_normal().parent_path();
  if (fs::exists(target) && !(fs::is_directory(target) && fs::is_empty(target))) {
    fail(ErrorKind::invalid_argument, "{} holds something already; restore into a new folder.",
         target.string());
  }
  const TemporaryFolder folder(target.parent_path());
  TarReader tar(archive);
  std::map<std::string, std::string> entries;
  std::set<std::string> digests;
  std::optional<std::string> list;
  while (const auto name = tar.next()) {
    if (list) refuse(archive, "something follows its list");
    if (*name == list_name) {
      list = tar.text(most_list);
      continue;
    }
    const fs::path to = folder.path() / place_of(archive, *name);
    if (fs::exists(to)) refuse(archive, fmt::format("it holds '{}' twice", *name));
    fs::create_directories(to.parent_path());
    const std::string digest = tar.unpack(to);
    if (!name->starts_with(file_prefix)) {
      ::chmod(to.c_str(), S_IRUSR | S_IWUSR);
      entries[*name] = digest;
      continue;
    }
    ::chmod(to.c_str(), S_IRUSR);
    if (name->substr(file_prefix.size()) != digest) refuse(archive, *name + " is damaged");
    digests.insert(digest);
  }
  if (!list) refuse(archive, "it is cut short");
  check_list(archive, *list, entries);
  if (!entries.contains(database_name)) refuse(archive, "it has no database");
  check_files(archive, folder.path(), digests);
  std::optional<HandedOver> handed_over;
  if (!files.empty()) {
    handed_over.emplace(folder.path(), files);
    for (const std::string& digest : digests)
      handed_over->add(folder.path() / place_of_file(digest), digest);
    fs::remove_all(folder.path() / "files");
  }
  flush(folder.path());
  std::error_code error;
  fs::rename(folder.path(), target, error);
  if (error)
    fail(ErrorKind::io, "{} cannot be made ({}); choose another --data.", target.string(),
         error.message());
  if (handed_over) handed_over->stay();
  return count(target / database_name);
}

}  // namespace atelier::studio
