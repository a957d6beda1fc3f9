// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cassert>

#include "atelier/provenance/merkle.hpp"

namespace atelier::provenance {
namespace {

/// Leaves `begin` to `end` - 1, at least one, of which `begin` is a multiple of the largest power
/// of two that is less than their number, as all ranges of RFC 6962's recursions are.
struct Range {
  std::uint64_t begin, end;

  [[nodiscard]] std::uint64_t size() const { return end - begin; }
  /// Where the RFC divides it: k, the largest power of two smaller than its size.
  [[nodiscard]] std::uint64_t cut() const { return begin + std::bit_floor(size() - 1); }
  [[nodiscard]] Range left() const { return {begin, cut()}; }
  [[nodiscard]] Range right() const { return {cut(), end}; }
};

Hash hash_of(Nodes& nodes, Range range) {
  if (std::has_single_bit(range.size())) {
    const auto level = static_cast<unsigned>(std::countr_zero(range.size()));
    return nodes.node(level, range.begin >> level);
  }
  const Hash left = hash_of(nodes, range.left());
  return node_hash(left, hash_of(nodes, range.right()));
}

/// SUBPROOF(m, D[range], known) of section 2.1.2: `known` while the old tree is this very range.
void add_subproof(Nodes& nodes, std::uint64_t old_end, Range range, bool known, Proof& proof) {
  if (old_end == range.end) {
    if (!known) proof.push_back(hash_of(nodes, range));
    return;
  }
  if (old_end <= range.cut()) {
    add_subproof(nodes, old_end, range.left(), known, proof);
    proof.push_back(hash_of(nodes, range.right()));
  } else {
    add_subproof(nodes, old_end, range.right(), false, proof);
    proof.push_back(hash_of(nodes, range.left()));
  }
}

void add_path(Nodes& nodes, std::uint64_t index, Range range, Proof& path) {
  if (range.size() == 1) return;
  const bool is_left = index < range.cut();
  add_path(nodes, index, is_left ? range.left() : range.right(), path);
  path.push_back(hash_of(nodes, is_left ? range.right() : range.left()));
}

}  // namespace

Hash root_of(Nodes& nodes, std::uint64_t size) {
  return size == 0 ? empty_root() : hash_of(nodes, {0, size});
}

Proof prove_inclusion(Nodes& nodes, std::uint64_t index, std::uint64_t size) {
  assert(index < size);
  Proof path;
  add_path(nodes, index, {0, size}, path);
  return path;
}

Proof prove_consistency(Nodes& nodes, std::uint64_t old_size, std::uint64_t size) {
  assert(old_size <= size);
  Proof proof;
  if (old_size != 0 && old_size != size) add_subproof(nodes, old_size, {0, size}, true, proof);
  return proof;
}

}  // namespace atelier::provenance
