// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/accounts.hpp"

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
  const std::string secret = random_text(secret_bytes);
  // The folder around it is its owner's alone already.
  write_file(file, secret + "\n");
  ::chmod(file.c_str(), S_IRUSR | S_IWUSR);
  return secret;
}

}  // namespace

Accounts::Accounts(Records& records, const std::filesystem::path& data) : records_(records) {
  const std::string secret = owner_secret(data / "token");
  const std::scoped_lock lock(records_.mutex);
  Transaction transaction(records_.durable);
  // Another token in the file ends the sessions that the one before had opened.
  records_.durable.prepare("DELETE FROM tokens WHERE id = 'owner' AND hash <> ?")
      .bind(1, hash(secret))
      .run();
  records_.durable.prepare("INSERT OR IGNORE INTO tokens VALUES ('owner', 'owner', ?, ?)")
      .bind(1, hash(secret))
      .bind(2, now_seconds())
      .run();
  records_.durable.prepare("DELETE FROM sessions WHERE expires < ?").bind(1, now_seconds()).run();
  transaction.commit();
}

std::optional<TokenRecord> Accounts::token_record(const std::string& token) {
  Statement row = records_.durable.prepare("SELECT id, name, created FROM tokens WHERE hash = ?");
  if (!row.bind(1, hash(token)).step()) return std::nullopt;
  return TokenRecord{row.text(0), row.text(1), row.real(2)};
}

std::optional<Visitor> Accounts::by_token(const std::string& token) {
  const std::scoped_lock lock(records_.mutex);
  const std::optional<TokenRecord> record = token_record(token);
  if (!record) return std::nullopt;
  return Visitor{record->name, {}, 0, {}};
}

std::optional<Visitor> Accounts::by_session(const std::string& session) {
  const std::scoped_lock lock(records_.mutex);
  Statement row = records_.durable.prepare(
      "SELECT t.name, s.csrf, s.expires FROM sessions s JOIN tokens t ON t.id = s.token WHERE "
      "s.hash = ? AND s.expires > ?");
  if (!row.bind(1, hash(session)).bind(2, now_seconds()).step()) return std::nullopt;
  return Visitor{row.text(0), row.text(1), row.real(2), session};
}

Visitor Accounts::session_for(const TokenRecord& token) {
  const Visitor visitor{token.name, random_text(16), now_seconds() + session_seconds,
                        random_text(secret_bytes)};
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
  const std::optional<TokenRecord> record = token_record(token);
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
  Statement row =
      records_.durable.prepare("SELECT id, name, created FROM tokens WHERE name = ? LIMIT 1");
  if (!row.bind(1, link.name).step()) return std::nullopt;
  return session_for({row.text(0), row.text(1), row.real(2)});
}

std::vector<TokenRecord> Accounts::tokens() {
  const std::scoped_lock lock(records_.mutex);
  Statement rows =
      records_.durable.prepare("SELECT id, name, created FROM tokens ORDER BY created");
  std::vector<TokenRecord> tokens;
  while (rows.step()) tokens.push_back({rows.text(0), rows.text(1), rows.real(2)});
  return tokens;
}

Accounts::NewToken Accounts::add_token(const std::string& name) {
  const std::scoped_lock lock(records_.mutex);
  Statement taken = records_.durable.prepare("SELECT 1 FROM tokens WHERE name = ?");
  if (taken.bind(1, name).step()) {
    fail(ErrorKind::cancelled, "there is a token named '{}' already; choose another name.", name);
  }
  NewToken made{{random_text(8), name, now_seconds()}, random_text(secret_bytes)};
  records_.durable.prepare("INSERT INTO tokens VALUES (?, ?, ?, ?)")
      .bind(1, made.record.id)
      .bind(2, name)
      .bind(3, hash(made.token))
      .bind(4, made.record.created)
      .run();
  return made;
}

bool Accounts::remove_token(const std::string& id) {
  if (id == owner) {
    fail(ErrorKind::cancelled,
         "the owner's token lies in the data folder; remove that file and start the studio anew.");
  }
  const std::scoped_lock lock(records_.mutex);
  Statement remove = records_.durable.prepare("DELETE FROM tokens WHERE id = ? RETURNING 1");
  const bool gone = remove.bind(1, id).step();
  if (gone) remove.run();
  return gone;
}

}  // namespace atelier::studio
