// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "atelier/store/database.hpp"

/// A catalogue of works: what they are, what happened to them, and whose they are.
///
/// A folder with `catalogue.sqlite`, or with `database`, which names a PostgreSQL server for
/// several machines that share the folder; and `looks/` where pictures were looked at. What happens
/// to a work is an event; events are only ever added, each holds the SHA-256 of the one before, and
/// all else that the tables hold follows from them or is described by the last of them. What
/// belongs together is one transaction.
namespace atelier::catalogue {

class Catalogue {
 public:
  /// Makes an empty one in a folder that is empty or does not exist. `name`: its title for people;
  /// `server`: a URL of PostgreSQL without a password, which keeps one catalogue; empty: SQLite.
  /// Throws Error invalid_argument when the folder is not empty, the URL holds a password or the
  /// server a catalogue already; as store::Database.
  static void create(const std::filesystem::path& folder, const std::string& name,
                     const std::string& server = {});

  /// Throws Error bad_input when the folder holds no catalogue, or a damaged one.
  explicit Catalogue(std::filesystem::path folder);
  Catalogue(Catalogue&&) noexcept;
  ~Catalogue();

  [[nodiscard]] const std::filesystem::path& folder() const noexcept;
  [[nodiscard]] const store::Database& database() const noexcept;

  /// A statement that is compiled once and kept. It must be stepped to its end, or run(), before
  /// the next use.
  [[nodiscard]] store::Statement& kept(std::string_view sql) const;

  /// One of the names that the schema gives: "name", "id", "ledger"; empty: not set.
  [[nodiscard]] std::string setting(std::string_view name) const;
  void set(std::string_view name, std::string_view value) const;

  /// How many works there are.
  [[nodiscard]] std::int64_t size() const;
  /// The row of a work. Throws Error bad_input when there is no such number.
  [[nodiscard]] std::int64_t row_of(std::string_view number) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace atelier::catalogue
