// SPDX-License-Identifier: Apache-2.0
#include "atelier/retrieval/library.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "atelier/base/error.hpp"
#include "atelier/retrieval/nearest.hpp"
#include "atelier/store/database.hpp"
#include "retrieval/words.hpp"

namespace atelier::retrieval {
namespace {

namespace fs = std::filesystem;
using store::Database;
using store::Statement;
using store::Transaction;

constexpr std::uint32_t application = 0x41544c62;  // "ATLb"
constexpr std::string_view schema = R"(
CREATE TABLE works(
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  words TEXT NOT NULL
) STRICT;
CREATE TABLE looks(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  work INTEGER NOT NULL REFERENCES works(id) ON DELETE CASCADE,
  aspect TEXT NOT NULL,
  x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
  vector BLOB NOT NULL
) STRICT;
CREATE INDEX looks_by_work ON looks(work);
CREATE INDEX looks_by_aspect ON looks(aspect, id);
CREATE VIRTUAL TABLE named USING fts5(words, content='works', content_rowid='id', prefix='2 3');
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
)";
constexpr std::array migrations{schema};
constexpr std::string_view of_work =
    "path, bytes, modified, sha256, works.width, works.height, works.words";

Work work_of(const Statement& row, int column) {
  return {row.text(column),
          row.integer(column + 1),
          row.integer(column + 2),
          row.text(column + 3),
          static_cast<int>(row.integer(column + 4)),
          static_cast<int>(row.integer(column + 5)),
          row.text(column + 6)};
}

/// What paths of files in a folder begin with.
std::string beginning_of(const fs::path& folder) {
  return (folder / "").string();
}

bool lies_in(const std::string& path, const Library::Folders& folders) {
  return folders.empty() ||
         std::any_of(folders.begin(), folders.end(), [&](const fs::path& folder) {
           return path.starts_with(beginning_of(folder));
         });
}

std::span<const float> vector_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const float*>(bytes.data()), bytes.size() / sizeof(float)};
}

}  // namespace

struct Library::Content {
  Content(fs::path place, std::string_view maker)
      : folder((fs::create_directories(place), std::move(place))),
        database(folder / "library.sqlite", application, migrations) {
    Transaction transaction(database);
    Statement known = database.prepare("SELECT value FROM settings WHERE name = 'maker'");
    if (known.step() && known.text(0) == maker) return;
    database.run("INSERT INTO named(named) VALUES('delete-all'); DELETE FROM works");
    database.prepare("INSERT OR REPLACE INTO settings VALUES('maker', ?)").bind(1, maker).run();
    transaction.commit();
  }

  void remove(const fs::path& path) const {
    database
        .prepare(
            "INSERT INTO named(named, rowid, words) SELECT 'delete', id, words FROM works "
            "WHERE path = ?")
        .bind(1, path.string())
        .run();
    database.prepare("DELETE FROM works WHERE path = ?").bind(1, path.string()).run();
  }

  /// The index of an aspect as the database has it now; null: it has none.
  NearestIndex* index_of(const std::string& aspect) {
    auto found = indexes.find(aspect);
    if (found == indexes.end()) found = indexes.emplace(aspect, opened(aspect)).first;
    bring_up_to_date(aspect, found->second);
    return found->second.index ? &*found->second.index : nullptr;
  }

  struct Indexed {
    std::optional<NearestIndex> index;
    std::int64_t last = 0;  // look that it holds
  };

  Indexed opened(const std::string& aspect) const {
    Indexed result;
    Statement row = database.prepare("SELECT value FROM settings WHERE name = ?");
    row.bind(1, "indexed " + aspect);
    if (!row.step()) return result;
    try {
      result.index = NearestIndex::load(folder / (aspect + ".index"));
      result.last = std::stoll(row.text(0));
    } catch (const Error&) {
      result = {};
    }
    return result;
  }

  void bring_up_to_date(const std::string& aspect, Indexed& indexed) const {
    Statement alive = database.prepare(
        "SELECT count(*), count(*) FILTER (WHERE id > ?2) FROM looks WHERE aspect = ?1");
    alive.bind(1, aspect).bind(2, indexed.last);
    alive.step();
    const std::int64_t all = alive.integer(0), fresh = alive.integer(1);
    const std::int64_t held = indexed.index ? indexed.index->size() : 0;
    // What is gone stays in the index until it is too much.
    if (held - (all - fresh) > all / 4) indexed = {};
    if (fresh == 0 && indexed.index) return;
    Statement looks =
        database.prepare("SELECT id, vector FROM looks WHERE aspect = ? AND id > ? ORDER BY id");
    looks.bind(1, aspect).bind(2, indexed.last);
    std::vector<std::int64_t> ids;
    std::vector<float> vectors;
    const auto add = [&] {
      if (ids.empty()) return;
      if (!indexed.index) indexed.index.emplace(static_cast<int>(vectors.size() / ids.size()));
      indexed.index->add(ids, vectors);
      indexed.last = ids.back();
      ids.clear();
      vectors.clear();
    };
    constexpr std::size_t at_once = 1000;
    const std::int64_t before = indexed.last;
    while (looks.step()) {
      const std::span<const float> vector = vector_of(looks.bytes(1));
      ids.push_back(looks.integer(0));
      vectors.insert(vectors.end(), vector.begin(), vector.end());
      if (ids.size() == at_once) add();
    }
    add();
    if (indexed.last == before) return;
    indexed.index->save(folder / (aspect + ".index"));
    database.prepare("INSERT OR REPLACE INTO settings VALUES(?, ?)")
        .bind(1, "indexed " + aspect)
        .bind(2, std::to_string(indexed.last))
        .run();
  }

  fs::path folder;
  Database database;
  std::map<std::string, Indexed> indexes;
};

Library::Library(fs::path folder, std::string_view maker)
    : content_(std::make_unique<Content>(std::move(folder), maker)) {}
Library::Library(Library&&) noexcept = default;
Library::~Library() = default;

bool Library::knows(const fs::path& path, std::int64_t bytes, std::int64_t modified) const {
  Statement row = content_->database.prepare(
      "SELECT 1 FROM works WHERE path = ? AND bytes = ? AND modified = ?");
  return row.bind(1, path.string()).bind(2, bytes).bind(3, modified).step();
}

void Library::keep(const Work& work, std::span<const Look> looks) {
  const Database& database = content_->database;
  Transaction transaction(database);
  content_->remove(work.path);
  Statement insert_work = database.prepare(
      "INSERT INTO works(path, bytes, modified, sha256, width, height, words) "
      "VALUES(?, ?, ?, ?, ?, ?, ?) RETURNING id");
  insert_work.bind(1, work.path.string()).bind(2, work.bytes).bind(3, work.modified);
  insert_work.bind(4, work.sha256).bind(5, std::int64_t{work.width});
  insert_work.bind(6, std::int64_t{work.height}).bind(7, work.words).step();
  const std::int64_t id = insert_work.integer(0);
  insert_work.run();
  database.prepare("INSERT INTO named(rowid, words) VALUES(?, ?)")
      .bind(1, id)
      .bind(2, work.words)
      .run();
  Statement insert = database.prepare(
      "INSERT INTO looks(work, aspect, x, y, width, height, vector) VALUES(?, ?, ?, ?, ?, ?, ?)");
  for (const Look& look : looks) {
    const auto bytes = std::as_bytes(std::span(look.vector));
    Statement other = database.prepare("SELECT length(vector) FROM looks WHERE aspect = ? LIMIT 1");
    const bool differs = other.bind(1, look.aspect).step() && other.integer(0) != std::ssize(bytes);
    if (differs || !has_direction(look.vector)) {
      fail(ErrorKind::invalid_argument,
           "a look of {} numbers is not of the others' size, or has no direction.",
           look.vector.size());
    }
    insert.bind(1, id)
        .bind(2, look.aspect)
        .bind(3, double{look.region.x})
        .bind(4, double{look.region.y})
        .bind(5, double{look.region.width})
        .bind(6, double{look.region.height})
        .bind(7, bytes)
        .run();
  }
  transaction.commit();
}

void Library::forget(const fs::path& path) {
  Transaction transaction(content_->database);
  content_->remove(path);
  transaction.commit();
}

std::int64_t Library::size() const {
  Statement count = content_->database.prepare("SELECT count(*) FROM works");
  return count.step() ? count.integer(0) : 0;
}

std::vector<fs::path> Library::in(const fs::path& folder) const {
  std::vector<fs::path> paths;
  Statement row = content_->database.prepare(
      "SELECT path FROM works WHERE substr(path, 1, length(?1)) = ?1 ORDER BY path");
  row.bind(1, beginning_of(folder));
  while (row.step()) paths.emplace_back(row.text(0));
  return paths;
}

std::optional<Work> Library::work(const fs::path& path) const {
  Statement row =
      content_->database.prepare("SELECT " + std::string(of_work) + " FROM works WHERE path = ?");
  if (!row.bind(1, path.string()).step()) return std::nullopt;
  return work_of(row, 0);
}

std::vector<Match> Library::alike(const std::string& aspect, std::span<const float> vector,
                                  std::size_t count, const Folders& within) {
  NearestIndex* index = content_->index_of(aspect);
  if (index == nullptr) return {};
  Statement row = content_->database.prepare(
      "SELECT work, x, y, looks.width, looks.height, " + std::string(of_work) +
      " FROM looks JOIN works ON works.id = work WHERE looks.id = ?");
  std::vector<Match> matches;
  // Several looks of a work, and looks of works that are gone, take places.
  for (std::size_t asked = 2 * count;; asked *= 4) {
    matches.clear();
    std::set<std::int64_t> works;
    const std::vector<Neighbour> near = index->nearest(vector, asked);
    for (const Neighbour& neighbour : near) {
      if (matches.size() == count) break;
      const bool there = row.bind(1, neighbour.id).step();
      if (there && lies_in(row.text(5), within) && works.insert(row.integer(0)).second) {
        const Region region{static_cast<float>(row.real(1)), static_cast<float>(row.real(2)),
                            static_cast<float>(row.real(3)), static_cast<float>(row.real(4))};
        matches.push_back({work_of(row, 5), region, neighbour.likeness});
      }
      if (there) row.run();
    }
    if (matches.size() == count || std::ssize(near) == index->size()) return matches;
  }
}

std::vector<Match> Library::called(std::string_view words, std::size_t count,
                                   const Folders& within) const {
  const std::string query = all_words(words);
  if (query.empty()) return {};
  Statement row = content_->database.prepare(
      "SELECT -rank, " + std::string(of_work) +
      " FROM named JOIN works ON works.id = named.rowid WHERE named MATCH ? "
      "ORDER BY rank, works.path");
  row.bind(1, query);
  std::vector<Match> matches;
  while (matches.size() < count && row.step()) {
    if (lies_in(row.text(1), within)) matches.push_back({work_of(row, 1), {}, row.real(0)});
  }
  return matches;
}

}  // namespace atelier::retrieval
