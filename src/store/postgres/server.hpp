// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>

namespace atelier::store {

struct FinishConnection {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};
using PostgresHandle = std::unique_ptr<PGconn, FinishConnection>;

/// A PostgreSQL server and a database of it, as a URL names them.
class PostgresServer {
 public:
  /// Throws Error invalid_argument where it is no such URL; the message does not repeat it.
  explicit PostgresServer(std::string url);

  /// "postgresql://anna@host:5432/studio": without password and options.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// A new connection, within ten seconds. What dies is found out within half a minute (keepalives)
  /// unless the URL says otherwise. Throws Error as Database.
  [[nodiscard]] PostgresHandle connect() const;

 private:
  std::string url_, name_;
};

}  // namespace atelier::store
