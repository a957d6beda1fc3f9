// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/provenance/identities.hpp"
#include "atelier/provenance/marks.hpp"
#include "atelier/provenance/perceptual_hash.hpp"
#include "atelier/store/database.hpp"
#include "provenance/private_file.hpp"
#include "provenance/random_bytes.hpp"

namespace atelier::provenance {
namespace {

namespace fs = std::filesystem;
using store::Database;
using store::Statement;

constexpr std::uint32_t application = 0x41544c6d;  // "ATLm"
constexpr std::string_view schema = R"(
CREATE TABLE marks(
  payload INTEGER PRIMARY KEY,
  fingerprint INTEGER NOT NULL,
  credential TEXT NOT NULL,
  original TEXT NOT NULL,
  author TEXT NOT NULL,
  manifest BLOB NOT NULL
) STRICT;
CREATE INDEX marks_by_fingerprint ON marks(fingerprint);
)";
constexpr std::array migrations{schema};
constexpr std::size_t key_bytes = 32, max_author = 1024, max_manifest = std::size_t{64} << 20;

/// SQLite's numbers have a sign; the bits are the same.
std::int64_t stored(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}
std::uint64_t restored(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

fs::path private_folder(const fs::path& folder) {
  std::error_code failure;
  if (!fs::exists(folder, failure)) {
    fs::create_directories(folder.parent_path(), failure);
    if (failure || (mkdir(folder.c_str(), S_IRWXU) != 0 && !fs::is_directory(folder)))
      fail(ErrorKind::io,
           "The folder of marks {} cannot be made; choose one that can be written to.",
           folder.string());
  }
  check_private_folder(folder);
  return folder;
}

WatermarkKey key_in(const fs::path& folder) {
  const fs::path file = folder / "watermark.key";
  if (!fs::exists(file)) write_private_file(file, random_bytes(key_bytes));
  const Secret secret = read_private_file(file, key_bytes);
  if (secret.view().size() != key_bytes)
    fail(ErrorKind::bad_input,
         "The key of watermarks {} has {} bytes instead of {}; bring back a copy of it.",
         file.string(), secret.view().size(), key_bytes);
  return WatermarkKey::derive(secret.view());
}

/// An empty file is an empty database; SQLite gives what lies beside it the same mode.
fs::path database_in(const fs::path& folder) {
  const fs::path file = folder / "marks.sqlite";
  if (!fs::exists(file)) write_private_file(file, "");
  return file;
}

void check_digest(std::string_view digest, std::string_view what) {
  const bool hexadecimal = digest.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (digest.size() != 64 || !hexadecimal)
    fail(ErrorKind::invalid_argument,
         "The digest of the {} is no SHA-256; give 64 lower-case hexadecimal digits.", what);
}

void check(const MarkedWork& work) {
  check_digest(work.credential, "credential");
  check_digest(work.original, "original");
  if (work.author.empty() || work.author.size() > max_author)
    fail(ErrorKind::invalid_argument, "An author's name has {} bytes; give 1 to {}.",
         work.author.size(), max_author);
  if (work.manifest.size() > max_manifest)
    fail(ErrorKind::invalid_argument, "The manifest has {} bytes; a store of marks takes {}.",
         work.manifest.size(), max_manifest);
}

}  // namespace

struct MarkStore::Content {
  explicit Content(const fs::path& place)
      : folder(private_folder(place)),
        key(key_in(folder)),
        database(database_in(folder), application, migrations) {}

  fs::path folder;
  WatermarkKey key;
  Database database;
};

fs::path MarkStore::default_folder() {
  return data_dir() / "marks";
}

MarkStore::MarkStore(const fs::path& folder) : content_(std::make_unique<Content>(folder)) {}
MarkStore::~MarkStore() = default;
MarkStore::MarkStore(MarkStore&&) noexcept = default;
MarkStore& MarkStore::operator=(MarkStore&&) noexcept = default;

const WatermarkKey& MarkStore::key() const noexcept {
  return content_->key;
}

std::uint64_t MarkStore::new_payload() const {
  for (;;) {
    std::uint64_t payload = 0;
    for (const char byte : random_bytes(sizeof payload))
      payload = payload << 8 | static_cast<unsigned char>(byte);
    if (!by_payload(payload)) return payload;
  }
}

void MarkStore::add(const MarkedWork& work) {
  check(work);
  if (by_payload(work.payload))
    fail(ErrorKind::invalid_argument,
         "A work with the mark {:016x} is in the store already; take a new payload.", work.payload);
  content_->database.prepare("INSERT INTO marks VALUES(?, ?, ?, ?, ?, ?)")
      .bind(1, stored(work.payload))
      .bind(2, stored(work.fingerprint))
      .bind(3, std::string_view(work.credential))
      .bind(4, std::string_view(work.original))
      .bind(5, std::string_view(work.author))
      .bind(6, std::as_bytes(std::span(work.manifest)))
      .run();
}

std::optional<MarkedWork> MarkStore::by_payload(std::uint64_t payload) const {
  Statement row = content_->database.prepare(
      "SELECT fingerprint, credential, original, author, manifest FROM marks WHERE payload = ?");
  row.bind(1, stored(payload));
  if (!row.step()) return std::nullopt;
  const auto manifest = row.bytes(4);
  return MarkedWork{payload,     restored(row.integer(0)),
                    row.text(1), row.text(2),
                    row.text(3), {reinterpret_cast<const char*>(manifest.data()), manifest.size()}};
}

std::vector<NearWork> MarkStore::by_fingerprint(std::uint64_t fingerprint, int distance,
                                                std::size_t count) const {
  struct Near {
    int distance;
    std::uint64_t payload;
    auto operator<=>(const Near&) const = default;
  };
  std::vector<Near> near;
  Statement row = content_->database.prepare("SELECT fingerprint, payload FROM marks");
  while (row.step()) {
    const int apart = hash_distance(fingerprint, restored(row.integer(0)));
    if (apart <= distance) near.push_back({apart, restored(row.integer(1))});
  }
  std::sort(near.begin(), near.end());
  if (near.size() > count) near.resize(count);
  std::vector<NearWork> works;
  for (const Near& each : near) works.push_back({by_payload(each.payload).value(), each.distance});
  return works;
}

std::size_t MarkStore::size() const {
  Statement row = content_->database.prepare("SELECT count(*) FROM marks");
  row.step();
  return static_cast<std::size_t>(row.integer(0));
}

}  // namespace atelier::provenance
