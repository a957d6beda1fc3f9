// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace atelier::studio {

/// Where a studio keeps what it has. Several machines share one by `database` and `files`.
struct Place {
  Place(std::filesystem::path folder) : data(std::move(folder)) {}  // NOLINT: a folder is a place
  Place(std::filesystem::path folder, std::string url, std::string store)
      : data(std::move(folder)), database(std::move(url)), files(std::move(store)) {}

  std::filesystem::path data;  ///< this process's own: token, uploads and jobs under way, cache
  std::string database;        ///< postgresql://...; empty: DATA/studio.sqlite
  std::string files;           ///< a folder, or s3://BUCKET/PREFIX; empty: DATA
  std::int64_t cache_bytes = std::int64_t{20} << 30;  ///< of such a store's files in DATA/cache

  /// For store::Database.
  [[nodiscard]] std::string location() const {
    return database.empty() ? (data / "studio.sqlite").string() : database;
  }
};

/// What the options of a server or a worker say.
template <class Options>
[[nodiscard]] Place place_of(const Options& options) {
  Place place(options.data, options.database, options.files);
  place.cache_bytes = static_cast<std::int64_t>(options.cache_limit * (1 << 30));
  return place;
}

}  // namespace atelier::studio
