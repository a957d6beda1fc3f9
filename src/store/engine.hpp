// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "atelier/store/database.hpp"

namespace atelier::store {

/// How long one waits for another's lock.
inline constexpr int patience_ms = 10'000;

/// A Statement of one kind of database.
class StatementEngine {
 public:
  virtual ~StatementEngine() = default;
  virtual void bind(int parameter, std::int64_t value) = 0;
  virtual void bind(int parameter, double value) = 0;
  virtual void bind(int parameter, std::string_view text) = 0;
  virtual void bind(int parameter, std::span<const std::byte> bytes) = 0;
  virtual bool step() = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual double real(int column) const = 0;
  [[nodiscard]] virtual std::string text(int column) const = 0;
  [[nodiscard]] virtual std::span<const std::byte> bytes(int column) const = 0;
};

/// A Database of one kind.
class Connection {
 public:
  virtual ~Connection() = default;
  [[nodiscard]] virtual Dialect dialect() const noexcept = 0;
  [[nodiscard]] virtual std::unique_ptr<StatementEngine> prepare(std::string_view sql) = 0;
  virtual void run(std::string_view sql) = 0;
  virtual void begin(Writers writers) = 0;
  virtual void commit() = 0;
  /// No error where there is nothing to undo any more.
  virtual void roll_back() noexcept = 0;
  virtual void notify(std::string_view channel) = 0;
  virtual void listen(std::string_view channel) = 0;
  virtual bool wait(std::chrono::milliseconds patience) = 0;
};

[[nodiscard]] std::shared_ptr<Connection> open_sqlite(const std::filesystem::path& file,
                                                      const Schema& schema, Durability durability);
[[nodiscard]] std::shared_ptr<Connection> open_postgres(const std::string& url,
                                                        const Schema& schema,
                                                        Durability durability);

}  // namespace atelier::store
