// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::retrieval {

/// A work as a library knows it.
struct Work {
  std::filesystem::path path;  ///< absolute
  std::int64_t bytes = 0;
  std::int64_t modified = 0;  ///< nanoseconds, of the clock of files
  std::string sha256;
  int width = 0, height = 0;  ///< px, upright
  std::string words;          ///< by which it is found: its name, labels
};

/// A part of a picture, in shares of its width and height.
struct Region {
  float x = 0, y = 0, width = 1, height = 1;

  bool operator==(const Region&) const = default;
};

/// How a work looks in one respect, wholly or in a part.
struct Look {
  std::string aspect;  ///< such as "content": what vectors are compared with what
  Region region;
  std::vector<float> vector;
};

struct Match {
  Work work;
  Region region;        ///< whose look it was
  double likeness = 0;  ///< cosine, -1..1; found by words: the better, the greater
};

/// Works that were looked at, and those among them that look like another.
///
/// A folder with a database of what is known (library.sqlite) and an index for each aspect
/// (ASPECT.index), which is made from the database where it is missing, older or damaged. A work is
/// kept wholly or not at all, whenever the program ends.
class Library {
 public:
  /// Opens one, or makes it. `maker`: what vectors come from; those of another are forgotten.
  /// Throws Error as store::Database.
  Library(std::filesystem::path folder, std::string_view maker);
  Library(Library&&) noexcept;
  ~Library();

  /// Whether a file is known as it is now.
  [[nodiscard]] bool knows(const std::filesystem::path& path, std::int64_t bytes,
                           std::int64_t modified) const;
  /// Keeps a work in the place of what was known of its path. Throws Error invalid_argument for a
  /// vector of another dimension than those of its aspect, or without a direction.
  void keep(const Work& work, std::span<const Look> looks);
  void forget(const std::filesystem::path& path);

  [[nodiscard]] std::int64_t size() const;
  /// Paths of works in a folder and the folders within, sorted.
  [[nodiscard]] std::vector<std::filesystem::path> in(const std::filesystem::path& folder) const;
  [[nodiscard]] std::optional<Work> work(const std::filesystem::path& path) const;

  using Folders = std::vector<std::filesystem::path>;
  /// The works most like a vector in one respect, each once, by its likest look; only those in the
  /// folders, where any are named.
  [[nodiscard]] std::vector<Match> alike(const std::string& aspect, std::span<const float> vector,
                                         std::size_t count, const Folders& within = {});
  /// Works by words, all of which must be there; a word's beginning does.
  [[nodiscard]] std::vector<Match> called(std::string_view words, std::size_t count,
                                          const Folders& within = {}) const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace atelier::retrieval
