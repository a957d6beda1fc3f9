// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/accounts.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"

namespace atelier::studio {
namespace {

using store::Statement;
using store::Transaction;

constexpr int secret_bytes = 32;
constexpr std::size_t most_links = 100;

std::string hash(const std::string& secret) {
  return sha256(std::as_bytes(std::span(secret)));
}

/// The secret in a file that only its owner may read.
std::string owner_secret(const std::filesystem::path& file) {
  if (std::filesystem::exists(file)) {
    std::string text = read_file(file, 200);
    text.erase(text.find_last_not_of(" \r\n") + 1);
    if (text.size() >= 32) return text;
    fail(ErrorKind::bad_input, "{} holds no token of 32 characters; remove it to have one made.",
         file.string());
  }
  std::string secret = random_text(secret_bytes);
  // The folder around it is its owner's alone already.
  write_file(file, secret + "\n");
  ::chmod(file.c_str(), S_IRUSR | S_IWUSR);
  return secret;
}

/// Servers that share a database have a token each, in their own folders.
std::string owner_id(const Records& records, const std::filesystem::path& data) {
  if (records.durable.dialect() == store::Dialect::sqlite) return Accounts::owner;
  const std::filesystem::path file = data / "server";
  if (!std::filesystem::exists(file)) write_file(file, random_text(4) + "\n");
  return fmt::format("{}-{}", Accounts::owner, read_file(file, 100).substr(0, 8));
}

constexpr const char* token_columns =
    "t.id, t.name, t.created, t.role, t.waiting_jobs, t.storage_gib, t.worker_seconds";
constexpr int token_column_count = 7;

TokenRecord read_token(const Statement& row) {
  return {row.text(0),
          row.text(1),
          row.real(2),
          role_of(row.text(3)),
          {row.integer(4), row.real(5), row.real(6)}};
}

Visitor visitor_of(const TokenRecord& token) {
  return {.name = token.name, .role = token.role, .quotas = token.quotas};
}

[[noreturn]] void refuse_owner() {
  fail(ErrorKind::cancelled,
       "the owner's token lies in the data folder; remove that file and start the studio anew.");
}

}  // namespace

Accounts::Accounts(Records& records, const std::filesystem::path& data)
    : records_(records), owner_id_(owner_id(records, data)) {
  const std::string secret = owner_secret(data / "token");
  const std::scoped_lock lock(records_.mutex);
  Transaction transaction(records_.durable);
  // Another token in the file ends the sessions that the one before had opened.
  records_.durable.prepare("DELETE FROM tokens WHERE id = ? AND hash <> ?")
      .bind(1, owner_id_)
      .bind(2, hash(secret))
      .run();
  records_.durable
      .prepare(
          "INSERT INTO tokens (id, name, hash, created, role) VALUES (?, ?, ?, ?, 'owner') ON "
          "CONFLICT DO NOTHING")
      .bind(1, owner_id_)
      .bind(2, owner)
      .bind(3, hash(secret))
      .bind(4, now_seconds())
      .run();
  records_.durable.prepare("DELETE FROM sessions WHERE expires < ?").bind(1, now_seconds()).run();
  transaction.commit();
}

std::optional<TokenRecord> Accounts::token_by(const char* column, const std::string& value) const {
  Statement row = records_.durable.prepare(
      fmt::format("SELECT {} FROM tokens t WHERE t.{} = ? LIMIT 1", token_columns, column));
  if (!row.bind(1, value).step()) return std::nullopt;
  return read_token(row);
}

std::optional<Visitor> Accounts::by_token(const std::string& token) {
  const std::scoped_lock lock(records_.mutex);
  const std::optional<TokenRecord> record = token_by("hash", hash(token));
  if (!record) return std::nullopt;
  return visitor_of(*record);
}

std::optional<Visitor> Accounts::by_session(const std::string& session) {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.durable.prepare(
      fmt::format("SELECT {}, s.csrf, s.expires FROM sessions s JOIN tokens t ON t.id = s.token "
                  "WHERE s.hash = ? AND s.expires > ?",
                  token_columns));
  if (!row.bind(1, hash(session)).bind(2, now_seconds()).step()) return std::nullopt;
  Visitor visitor = visitor_of(read_token(row));
  visitor.csrf = row.text(token_column_count);
  visitor.expires = row.real(token_column_count + 1);
  visitor.session = session;
  return visitor;
}

Visitor Accounts::session_for(const TokenRecord& token) const {
  Visitor visitor = visitor_of(token);
  visitor.csrf = random_text(16);
  visitor.expires = now_seconds() + session_seconds;
  visitor.session = random_text(secret_bytes);
  records_.durable.prepare("INSERT INTO sessions VALUES (?, ?, ?, ?)")
      .bind(1, hash(visitor.session))
      .bind(2, token.id)
      .bind(3, visitor.csrf)
      .bind(4, visitor.expires)
      .run();
  return visitor;
}

std::optional<Visitor> Accounts::open_session(const std::string& token) {
  const std::scoped_lock lock(records_.mutex);
  const std::optional<TokenRecord> record = token_by("hash", hash(token));
  if (!record) return std::nullopt;
  return session_for(*record);
}

void Accounts::close_session(const std::string& session) {
  const std::scoped_lock lock(records_.mutex);
  records_.durable.prepare("DELETE FROM sessions WHERE hash = ?").bind(1, hash(session)).run();
}

std::string Accounts::make_link(const std::string& name) {
  const std::scoped_lock lock(records_.mutex);
  std::erase_if(links_, [&](const auto& one) { return one.second.expires < now_seconds(); });
  if (links_.size() >= most_links) links_.erase(links_.begin());
  std::string secret = random_text(secret_bytes);
  links_[hash(secret)] = {name, now_seconds() + link_seconds};
  return secret;
}

std::optional<Visitor> Accounts::use_link(const std::string& secret) {
  const std::scoped_lock lock(records_.mutex);
  const auto found = links_.find(hash(secret));
  if (found == links_.end()) return std::nullopt;
  const Link link = found->second;
  links_.erase(found);
  if (link.expires < now_seconds()) return std::nullopt;
  const std::optional<TokenRecord> record = token_by("name", link.name);
  if (!record) return std::nullopt;
  return session_for(*record);
}

std::vector<TokenRecord> Accounts::tokens() {
  const std::scoped_lock lock(records_.mutex);
  Statement rows = records_.durable.prepare(
      fmt::format("SELECT {} FROM tokens t ORDER BY t.created", token_columns));
  std::vector<TokenRecord> tokens;
  while (rows.step()) tokens.push_back(read_token(rows));
  return tokens;
}

Accounts::NewToken Accounts::add_token(const std::string& name, Role role, const Quotas& quotas) {
  const std::scoped_lock lock(records_.mutex);
  if (token_by("name", name)) {
    fail(ErrorKind::cancelled, "there is a token named '{}' already; choose another name.", name);
  }
  NewToken made{{random_text(8), name, now_seconds(), role, quotas}, random_text(secret_bytes)};
  Statement insert = records_.durable.prepare(
      "INSERT INTO tokens (id, name, hash, created, role, waiting_jobs, storage_gib, "
      "worker_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, made.record.id).bind(2, name).bind(3, hash(made.token));
  insert.bind(4, made.record.created).bind(5, std::string_view(role_name(role)));
  insert.bind(6, quotas.waiting_jobs).bind(7, quotas.storage_gib).bind(8, quotas.worker_seconds);
  insert.run();
  return made;
}

std::optional<TokenRecord> Accounts::change_token(const std::string& id, Role role,
                                                  const Quotas& quotas) {
  if (id == owner_id_) refuse_owner();
  const std::scoped_lock lock(records_.mutex);
  Statement update = records_.durable.prepare(
      "UPDATE tokens SET role = ?, waiting_jobs = ?, storage_gib = ?, worker_seconds = ? WHERE id "
      "= ?");
  update.bind(1, std::string_view(role_name(role))).bind(2, quotas.waiting_jobs);
  update.bind(3, quotas.storage_gib).bind(4, quotas.worker_seconds).bind(5, id).run();
  return token_by("id", id);
}

bool Accounts::remove_token(const std::string& id) {
  if (id == owner_id_) refuse_owner();
  const std::scoped_lock lock(records_.mutex);
  Statement remove = records_.durable.prepare("DELETE FROM tokens WHERE id = ? RETURNING 1");
  const bool gone = remove.bind(1, id).step();
  if (gone) remove.run();
  return gone;
}

}  // namespace atelier::studio
