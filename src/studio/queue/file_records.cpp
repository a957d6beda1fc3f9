// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/file_records.hpp"

#include <fmt/format.h>

#include "atelier/base/error.hpp"
#include "studio/queue/job_rows.hpp"

namespace atelier::studio {

using store::Statement;
using store::Transaction;

FileRecords::Added FileRecords::add(Upload& upload, const FileType& type, const std::string& name) {
  const std::string digest = upload.digest();
  const std::scoped_lock lock(records_.mutex);
  // The transaction keeps a deletion of the same file out until it is known.
  Transaction transaction(records_.durable);
  const std::optional<FileRecord> known = find(digest);
  if (known && std::filesystem::exists(store_.path(digest))) return {*known, false};
  store_.keep(upload.path(), digest);
  insert_file(records_.durable, {digest, name, type.kind, type.media, type.suffix, upload.bytes(),
                                 "upload", now_seconds(), 0});
  transaction.commit();
  return {*find(digest), true};
}

std::optional<FileRecord> FileRecords::find(const std::string& digest) {
  const std::scoped_lock lock(records_.mutex);
  Statement row =
      records_.durable.prepare(fmt::format("SELECT {} FROM files WHERE digest = ?", file_columns));
  if (!row.bind(1, digest).step()) return std::nullopt;
  return read_file_record(row);
}

std::vector<FileRecord> FileRecords::list(const std::string& origin, std::int64_t before,
                                          int limit) {
  const std::scoped_lock lock(records_.mutex);
  Statement rows = records_.durable.prepare(
      fmt::format("SELECT {} FROM files WHERE (?1 = '' OR origin = ?1) AND (?2 = 0 OR number < ?2) "
                  "ORDER BY number DESC LIMIT ?3",
                  file_columns));
  rows.bind(1, origin).bind(2, before).bind(3, std::int64_t{limit});
  std::vector<FileRecord> files;
  while (rows.step()) files.push_back(read_file_record(rows));
  return files;
}

bool FileRecords::remove(const std::string& digest) {
  const std::scoped_lock lock(records_.mutex);
  Transaction transaction(records_.durable);
  if (!find(digest)) return false;
  if (file_in_use(records_.durable, digest)) {
    fail(ErrorKind::cancelled,
         "file {} is a job's result, or a job that has not ended needs it; delete that job first.",
         digest.substr(0, 12));
  }
  records_.durable.prepare("DELETE FROM files WHERE digest = ?").bind(1, digest).run();
  store_.remove(digest);
  transaction.commit();
  return true;
}

FileRecords::Usage FileRecords::usage() {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.durable.prepare("SELECT count(*), coalesce(sum(bytes), 0) FROM files");
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
      "INSERT OR REPLACE INTO thumbnails SELECT digest, ?2, ?3 FROM files WHERE digest = ?1");
  insert.bind(1, digest).bind(2, std::int64_t{edge});
  insert.bind(3, std::as_bytes(std::span(picture))).run();
}

}  // namespace atelier::studio
