// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "store/postgres/connection.hpp"
#include "store/postgres/sql.hpp"

namespace atelier::store {

/// A Statement of PostgreSQL. Values go as their binary forms, rows come as text, whole.
class PostgresStatement final : public StatementEngine {
 public:
  PostgresStatement(std::shared_ptr<PostgresConnection> connection, NumberedSql sql);

  void bind(int parameter, std::int64_t value) override;
  void bind(int parameter, double value) override;
  void bind(int parameter, std::string_view text) override;
  void bind(int parameter, std::span<const std::byte> bytes) override;
  bool step() override;
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  std::string text(int column) const override;
  std::span<const std::byte> bytes(int column) const override;

 private:
  void set(int parameter, Oid type, std::string bytes);
  /// As it came: a truth as 1 or 0, bytes as they are.
  [[nodiscard]] std::string_view value(int column) const;

  std::shared_ptr<PostgresConnection> connection_;
  std::string sql_;
  std::vector<PostgresValue> values_;
  PostgresResult rows_;
  int row_ = -1;
  mutable std::map<int, std::string> bytes_;  ///< of this row's columns
};

}  // namespace atelier::store
