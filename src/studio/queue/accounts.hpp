// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "studio/queue/records.hpp"
#include "studio/queue/roles.hpp"

namespace atelier::studio {

/// Somebody who may come in.
struct Visitor {
  std::string name;  ///< of the token that opened the door; whose jobs and files are whose
  Role role = Role::anybody;
  Quotas quotas = {};
  std::string csrf = {};     ///< what a page's requests must bring; empty for programs
  double expires = 0;        ///< of a session
  std::string session = {};  ///< empty for programs

  /// Whose eyes look (sight.hpp).
  [[nodiscard]] std::string seer() const { return role == Role::owner ? "" : name; }
};

struct TokenRecord {
  std::string id, name;
  double created = 0;
  Role role = Role::member;
  Quotas quotas = {};
};

/// Who may come in: access tokens, sessions that they open, links that work once. Of secrets only
/// SHA-256 digests are kept; they are 256 bits of chance, so none can be guessed from its digest.
/// All methods may be called from any thread.
class Accounts {
 public:
  static constexpr double session_seconds = 30 * 86'400.0;
  static constexpr double link_seconds = 3600;
  static constexpr const char* owner = "owner";

  /// The owner's token lies in DATA/token, readable by its owner alone; made where it is missing.
  /// Throws Error io.
  Accounts(Records& records, const std::filesystem::path& data);

  /// Which of the servers that share a database this is; empty where there is one alone.
  [[nodiscard]] std::string server() const { return owner_id_ == owner ? "" : owner_id_; }

  /// Whoever has this access token.
  [[nodiscard]] std::optional<Visitor> by_token(const std::string& token);
  [[nodiscard]] std::optional<Visitor> by_session(const std::string& session);

  /// A new session for whoever has this access token.
  [[nodiscard]] std::optional<Visitor> open_session(const std::string& token);
  void close_session(const std::string& session);

  /// A secret that opens one session for this name within link_seconds.
  [[nodiscard]] std::string make_link(const std::string& name);
  [[nodiscard]] std::optional<Visitor> use_link(const std::string& secret);

  [[nodiscard]] std::vector<TokenRecord> tokens();
  struct NewToken {
    TokenRecord record;
    std::string token;
  };
  /// Throws Error cancelled (conflict) where another has this name.
  [[nodiscard]] NewToken add_token(const std::string& name, Role role = Role::member,
                                   const Quotas& quotas = {});
  /// What it may do and have from now on, its sessions too. Nothing: there is none. Throws Error
  /// cancelled (conflict) for the one in the data folder.
  std::optional<TokenRecord> change_token(const std::string& id, Role role, const Quotas& quotas);
  /// False: there is none. Throws Error cancelled (conflict) for the one in the data folder.
  bool remove_token(const std::string& id);

 private:
  [[nodiscard]] std::optional<TokenRecord> token_by(const char* column,
                                                    const std::string& value) const;
  [[nodiscard]] Visitor session_for(const TokenRecord& token) const;

  Records& records_;
  std::string owner_id_;
  struct Link {
    std::string name;
    double expires = 0;
  };
  std::map<std::string, Link> links_;  ///< by digest; for this run alone
};

}  // namespace atelier::studio
