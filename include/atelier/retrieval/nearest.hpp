// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace atelier::retrieval {

struct Neighbour {
  std::int64_t id = 0;
  float likeness = 0;  ///< cosine of the angle between the vectors, -1..1
};

/// Finds the vectors that point most like a query, without comparing it with all of them.
///
/// Source: Malkov, Yashunin, "Efficient and robust approximate nearest neighbor search using
/// hierarchical navigable small world graphs", TPAMI 2020, by FAISS (Johnson, Douze, Jégou,
/// "Billion-scale similarity search with GPUs", 2019): 32 links a vector, 200 candidates while it
/// is built, 200 while it is searched.
class NearestIndex {
 public:
  /// An empty one of vectors of so many numbers, 1..65,536.
  explicit NearestIndex(int dimension);
  NearestIndex(NearestIndex&&) noexcept;
  NearestIndex& operator=(NearestIndex&&) noexcept;
  ~NearestIndex();

  /// Reads what save() wrote. Throws Error bad_input when it is something else.
  [[nodiscard]] static NearestIndex load(const std::filesystem::path& file);
  /// Writes beside and renames. Throws Error io.
  void save(const std::filesystem::path& file) const;

  /// Adds vectors, one after the other in `vectors`; their lengths do not count. Many at once go
  /// in faster; the same vectors, as many at once, give the same index on one machine. Throws Error
  /// invalid_argument, and adds none, where one has no direction, or where they are not as many
  /// numbers as dimension() for each id.
  void add(std::span<const std::int64_t> ids, std::span<const float> vectors);

  [[nodiscard]] int dimension() const noexcept;
  [[nodiscard]] std::int64_t size() const noexcept;

  /// The `count` most alike, the likest first; fewer where there are not so many. Throws Error
  /// invalid_argument for a query of another dimension, or without a direction.
  [[nodiscard]] std::vector<Neighbour> nearest(std::span<const float> query,
                                               std::size_t count) const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace atelier::retrieval
