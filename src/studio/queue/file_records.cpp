// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/file_records.hpp"

#include <fmt/format.h>

#include "atelier/base/error.hpp"
#include "studio/queue/job_rows.hpp"
#include "studio/queue/sight.hpp"

namespace atelier::studio {

using store::Statement;
using store::Transaction;

namespace {

/// A file's columns for a seer, then the name under which the seer uploaded it.
std::string seen_columns(std::string_view parameter) {
  return fmt::format(
      "{}, (SELECT u.name FROM uploads u WHERE u.digest = files.digest AND u.owner = {})",
      file_columns, parameter);
}

FileRecord read_seen(const Statement& row) {
  FileRecord file = read_file_record(row);
  if (std::string own = row.text(9); !own.empty()) file.name = std::move(own);
  return file;
}

}  // namespace

FileRecords::Added FileRecords::add(Upload& upload, const FileType& type, const std::string& name,
                                    const std::string& owner) {
  const std::string digest = upload.digest();
  store_.offer(upload.path(), digest);
  const std::scoped_lock lock(records_.mutex);
  const store::Database& database = records_.durable;
  // The transaction keeps a deletion of the same file out until it is known.
  Transaction transaction(database);
  const double now = now_seconds();
  if (!find(digest) || !store_.has(digest)) {
    store_.keep(upload.path(), digest);
    insert_file(database, {digest, name, type.kind, type.media, type.suffix, upload.bytes(),
                           "upload", now, 0});
  }
  Statement insert = database.prepare(
      "INSERT INTO uploads VALUES (?, ?, ?, ?) ON CONFLICT (digest, owner) DO NOTHING RETURNING "
      "1");
  const bool fresh = insert.bind(1, digest).bind(2, owner).bind(3, name).bind(4, now).step();
  if (fresh) insert.run();
  std::optional<FileRecord> file = find(digest, owner);
  if (!file) {
    fail(ErrorKind::internal, "file {} is not among the files, though it was just kept.", digest);
  }
  transaction.commit();
  return {*std::move(file), fresh};
}

std::optional<FileRecord> FileRecords::find(const std::string& digest, const std::string& seer) {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.durable.prepare(fmt::format(
      "SELECT {} FROM files WHERE digest = ?1 AND {}", seen_columns("?2"), sees_file("?2")));
  if (!row.bind(1, digest).bind(2, seer).step()) return std::nullopt;
  return read_seen(row);
}

std::vector<FileRecord> FileRecords::list(const std::string& origin, std::int64_t before, int limit,
                                          const std::string& seer) {
  const std::scoped_lock lock(records_.mutex);
  Statement rows = records_.durable.prepare(
      fmt::format("SELECT {} FROM files WHERE (?1 = '' OR origin = ?1) AND (?2 = 0 OR number < ?2) "
                  "AND {} ORDER BY number DESC LIMIT ?3",
                  seen_columns("?4"), sees_file("?4")));
  rows.bind(1, origin).bind(2, before).bind(3, std::int64_t{limit}).bind(4, seer);
  std::vector<FileRecord> files;
  while (rows.step()) files.push_back(read_seen(rows));
  return files;
}

bool FileRecords::remove(const std::string& digest, const std::string& owner) {
  const std::scoped_lock lock(records_.mutex);
  const store::Database& database = records_.durable;
  Transaction transaction(database);
  if (!find(digest, owner)) return false;
  if (file_in_use(database, digest, owner)) {
    fail(ErrorKind::cancelled,
         "file {} is a job's result, or a job that has not ended needs it; delete that job first.",
         digest.substr(0, 12));
  }
  Statement withdraw = database.prepare(
      "DELETE FROM uploads WHERE digest = ?1 AND (?2 = '' OR owner = ?2) RETURNING 1");
  bool withdrawn = false;
  withdraw.bind(1, digest).bind(2, owner);
  while (withdraw.step()) withdrawn = true;
  if (!withdrawn && !owner.empty()) {
    fail(ErrorKind::cancelled,
         "file {} was not uploaded by you; ask whoever did, or the studio's owner.",
         digest.substr(0, 12));
  }
  Statement others = database.prepare("SELECT 1 FROM uploads WHERE digest = ?");
  if (!others.bind(1, digest).step() && !file_in_use(database, digest)) {
    database.prepare("DELETE FROM files WHERE digest = ?").bind(1, digest).run();
    store_.remove(digest);
  }
  transaction.commit();
  return true;
}

FileRecords::Usage FileRecords::usage(const std::string& seer) {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.durable.prepare(
      fmt::format("SELECT count(*), coalesce(sum(bytes), 0) FROM files WHERE {}", sees_file("?1")));
  row.bind(1, seer);
  row.step();
  return {row.integer(0), row.integer(1)};
}

std::optional<std::string> FileRecords::thumbnail(const std::string& digest, int edge) {
  const std::scoped_lock lock(records_.mutex);
  Statement row =
      records_.durable.prepare("SELECT picture FROM thumbnails WHERE digest = ? AND edge = ?");
  if (!row.bind(1, digest).bind(2, std::int64_t{edge}).step()) return std::nullopt;
  const std::span<const std::byte> bytes = row.bytes(0);
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void FileRecords::keep_thumbnail(const std::string& digest, int edge, std::string_view picture) {
  const std::scoped_lock lock(records_.mutex);
  Statement insert = records_.quick.prepare(
      "INSERT INTO thumbnails SELECT digest, ?2, ?3 FROM files WHERE digest = ?1 ON CONFLICT "
      "(digest, edge) DO UPDATE SET picture = excluded.picture");
  insert.bind(1, digest).bind(2, std::int64_t{edge});
  insert.bind(3, std::as_bytes(std::span(picture))).run();
}

}  // namespace atelier::studio
