// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/statement.hpp"

#include <bit>
#include <cassert>
#include <charconv>
#include <new>

namespace atelier::store {
namespace {

// Numbers of PostgreSQL's own types, the same in every server (catalog/pg_type.dat).
constexpr Oid bool_type = 16, bytea_type = 17, int8_type = 20, text_type = 25, float8_type = 701;

std::string big_endian(std::uint64_t bits) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, bits >>= 8)
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(bits & 0xFF);
  return bytes;
}

template <class Number>
Number parsed(std::string_view text) {
  Number value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string decoded(const char* hexadecimal) {
  std::size_t length = 0;
  unsigned char* bytes =
      PQunescapeBytea(reinterpret_cast<const unsigned char*>(hexadecimal), &length);
  if (bytes == nullptr) throw std::bad_alloc();
  std::string text(reinterpret_cast<const char*>(bytes), length);
  PQfreemem(bytes);
  return text;
}

}  // namespace

PostgresStatement::PostgresStatement(std::shared_ptr<PostgresConnection> connection,
                                     NumberedSql sql)
    : connection_(std::move(connection)),
      sql_(std::move(sql.text)),
      values_(static_cast<std::size_t>(sql.parameters)) {}

void PostgresStatement::set(int parameter, Oid type, std::string bytes) {
  if (parameter < 1 || static_cast<std::size_t>(parameter) > values_.size())
    fail(ErrorKind::internal, "a statement has no parameter {}.", parameter);
  values_[static_cast<std::size_t>(parameter) - 1] = {type, std::move(bytes)};
}

void PostgresStatement::bind(int parameter, std::int64_t value) {
  set(parameter, int8_type, big_endian(static_cast<std::uint64_t>(value)));
}

void PostgresStatement::bind(int parameter, double value) {
  set(parameter, float8_type, big_endian(std::bit_cast<std::uint64_t>(value)));
}

void PostgresStatement::bind(int parameter, std::string_view text) {
  set(parameter, text_type, std::string(text));
}

void PostgresStatement::bind(int parameter, std::span<const std::byte> bytes) {
  set(parameter, bytea_type, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool PostgresStatement::step() {
  if (!rows_) {
    rows_ = connection_->execute(sql_, values_);
    row_ = -1;
  }
  bytes_.clear();
  if (++row_ < PQntuples(rows_.get())) return true;
  rows_.reset();
  return false;
}

std::string_view PostgresStatement::value(int column) const {
  assert(rows_ && row_ >= 0);
  const char* text = PQgetvalue(rows_.get(), row_, column);
  switch (PQftype(rows_.get(), column)) {
    case bool_type:
      return text[0] == 't' ? "1" : text[0] == '\0' ? "" : "0";
    case bytea_type: {
      const auto [place, fresh] = bytes_.try_emplace(column);
      if (fresh) place->second = decoded(text);
      return place->second;
    }
    default:
      return {text, static_cast<std::size_t>(PQgetlength(rows_.get(), row_, column))};
  }
}

std::int64_t PostgresStatement::integer(int column) const {
  return parsed<std::int64_t>(value(column));
}

double PostgresStatement::real(int column) const {
  return parsed<double>(value(column));
}

std::string PostgresStatement::text(int column) const {
  return std::string(value(column));
}

std::span<const std::byte> PostgresStatement::bytes(int column) const {
  return std::as_bytes(std::span(value(column)));
}

}  // namespace atelier::store
