// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/catalogue.hpp"

#include <algorithm>
#include <map>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "catalogue/random_id.hpp"
#include "catalogue/schema.hpp"
#include "catalogue/text_limits.hpp"

namespace atelier::catalogue {
namespace {

namespace fs = std::filesystem;
using store::Database;
using store::Statement;

fs::path file_in(const fs::path& folder) {
  return folder / "catalogue.sqlite";
}

/// Holds the URL of a server, where one keeps the catalogue.
fs::path url_in(const fs::path& folder) {
  return folder / "database";
}

/// The file or the server that keeps a folder's catalogue.
std::string place_of(const fs::path& folder) {
  constexpr std::uintmax_t longest_url = 4096;
  if (fs::is_regular_file(url_in(folder))) {
    std::string url = read_file(url_in(folder), longest_url);
    url.resize(std::min(url.find_last_not_of(" \r\n") + 1, url.size()));
    if (!store::is_server(url))
      fail(ErrorKind::bad_input, "{} holds no URL of PostgreSQL.", url_in(folder).string());
    return url;
  }
  if (!fs::is_regular_file(file_in(folder))) {
    fail(ErrorKind::bad_input, "{} is no catalogue; make one with `atelier catalog init {}`.",
         folder.string(), folder.string());
  }
  // SQLite takes a file that is cut short for an empty one, and would begin anew in it.
  constexpr std::uintmax_t smallest_database = 512;
  if (fs::file_size(file_in(folder)) < smallest_database) {
    fail(ErrorKind::bad_input, "{} is damaged or no database; restore it from a copy.",
         file_in(folder).string());
  }
  return file_in(folder).string();
}

/// The URL is written down beside the works, where others may read it.
void refuse_password(const std::string& url) {
  const std::size_t begin = url.find("://") + 3, end = url.find_first_of("@/?", begin);
  const bool has_user = end != url.npos && url[end] == '@';
  if ((has_user && url.substr(begin, end - begin).find(':') != std::string::npos) ||
      url.find("password=") != std::string::npos) {
    fail(ErrorKind::invalid_argument,
         "the URL of a catalogue's database holds no password, since it is written down; keep the "
         "password in ~/.pgpass or PGPASSWORD.");
  }
}

}  // namespace

struct Catalogue::State {
  explicit State(fs::path place) : folder(std::move(place)), database(place_of(folder), schema()) {}

  fs::path folder;
  Database database;
  std::map<std::string, Statement, std::less<>> kept;
};

void Catalogue::create(const fs::path& folder, const std::string& name, const std::string& server) {
  check_line("name", name, max_title_bytes);
  std::error_code ignored;
  if (fs::exists(folder, ignored) && !fs::is_empty(folder, ignored)) {
    fail(ErrorKind::invalid_argument, "{} is not an empty folder; name another.", folder.string());
  }
  if (!server.empty()) {
    if (!store::is_server(server)) {
      fail(ErrorKind::invalid_argument,
           "a catalogue's database is a URL, postgresql://..., not {}.", shown(server));
    }
    refuse_password(server);
  }
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail(ErrorKind::io, "{} cannot be made: {}.", folder.string(), error.message());
  const Database database(server.empty() ? file_in(folder).string() : server, schema());
  store::Transaction transaction(database);
  if (database.prepare("SELECT 1 FROM settings LIMIT 1").step()) {
    fail(ErrorKind::invalid_argument,
         "{} holds a catalogue already; give each a database of its own.", store::shown(server));
  }
  for (const auto& [key, value] : {std::pair<std::string, std::string>("id", random_id()),
                                   {"name", name},
                                   {"ledger", ""},
                                   {"ledger_size", "0"},
                                   {"last_number", ""},
                                   {"ledger_key", ""}}) {
    database.prepare("INSERT INTO settings(name, value) VALUES(?, ?)")
        .bind(1, key)
        .bind(2, value)
        .run();
  }
  if (!server.empty()) write_file(url_in(folder), server + "\n");
  transaction.commit();
}

Catalogue::Catalogue(fs::path folder) : state_(std::make_unique<State>(std::move(folder))) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

const fs::path& Catalogue::folder() const noexcept {
  return state_->folder;
}

const Database& Catalogue::database() const noexcept {
  return state_->database;
}

Statement& Catalogue::kept(std::string_view sql) const {
  auto found = state_->kept.find(sql);
  if (found == state_->kept.end())
    found = state_->kept.emplace(std::string(sql), database().prepare(sql)).first;
  return found->second;
}

std::string Catalogue::setting(std::string_view name) const {
  Statement row = database().prepare("SELECT value FROM settings WHERE name = ?");
  return row.bind(1, name).step() ? row.text(0) : "";
}

void Catalogue::set(std::string_view name, std::string_view value) const {
  kept("UPDATE settings SET value = ? WHERE name = ?").bind(1, value).bind(2, name).run();
}

std::int64_t Catalogue::size() const {
  Statement row = database().prepare("SELECT count(*) FROM works");
  return row.step() ? row.integer(0) : 0;
}

std::int64_t Catalogue::row_of(std::string_view number) const {
  Statement row = database().prepare("SELECT id FROM works WHERE number = ?");
  if (row.bind(1, number).step()) return row.integer(0);
  fail(ErrorKind::bad_input, "the catalogue has no work '{}'; `atelier catalog find` lists them.",
       shown(number));
}

}  // namespace atelier::catalogue
