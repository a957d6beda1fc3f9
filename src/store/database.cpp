// SPDX-License-Identifier: Apache-2.0
#include "atelier/store/database.hpp"

#include <vector>

#include "store/engine.hpp"

namespace atelier::store {

Statement::Statement(std::unique_ptr<StatementEngine> engine) : engine_(std::move(engine)) {}
Statement::~Statement() = default;
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;

Statement& Statement::bind(int parameter, std::int64_t value) {
  engine_->bind(parameter, value);
  return *this;
}

Statement& Statement::bind(int parameter, double value) {
  engine_->bind(parameter, value);
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  engine_->bind(parameter, text);
  return *this;
}

Statement& Statement::bind(int parameter, std::span<const std::byte> bytes) {
  engine_->bind(parameter, bytes);
  return *this;
}

bool Statement::step() {
  return engine_->step();
}

void Statement::run() {
  while (step()) {
  }
}

std::int64_t Statement::integer(int column) const {
  return engine_->integer(column);
}

double Statement::real(int column) const {
  return engine_->real(column);
}

std::string Statement::text(int column) const {
  return engine_->text(column);
}

std::span<const std::byte> Statement::bytes(int column) const {
  return engine_->bytes(column);
}

Database::Database(const std::string& location, const Schema& schema, Durability durability)
    : connection_(is_server(location) ? open_postgres(location, schema, durability)
                                      : open_sqlite(location, schema, durability)) {}

Database::Database(const std::filesystem::path& file, std::uint32_t application,
                   std::span<const std::string_view> migrations) {
  std::vector<Migration> steps;
  for (const std::string_view step : migrations) steps.push_back({.common = {}, .sqlite = step});
  connection_ = open_sqlite(file, {"", application, steps}, Durability::flushed);
}

Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Dialect Database::dialect() const noexcept {
  return connection_->dialect();
}

Statement Database::prepare(std::string_view sql) const {
  return Statement(connection_->prepare(sql));
}

void Database::run(std::string_view sql) const {
  connection_->run(sql);
}

void Database::notify(std::string_view channel) const {
  connection_->notify(channel);
}

void Database::listen(std::string_view channel) const {
  connection_->listen(channel);
}

bool Database::wait(std::chrono::milliseconds patience) const {
  return connection_->wait(patience);
}

Transaction::Transaction(const Database& database, Writers writers) : database_(database) {
  database.connection_->begin(writers);
}

Transaction::~Transaction() {
  if (open_) database_.connection_->roll_back();
}

void Transaction::commit() {
  database_.connection_->commit();
  open_ = false;
}

}  // namespace atelier::store
