// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "atelier/base/sha256.hpp"

/// The Merkle tree of an append-only log.
///
/// Source: RFC 6962, section 2.1, with SHA-256; the steps that check proofs are those of RFC 9162,
/// sections 2.1.3.2 and 2.1.4.2, which say the same for the same trees.
namespace atelier::provenance {

using Hash = Sha256::Digest;

/// Sizes and indices of trees stay below this, as C2SP's formats have them.
inline constexpr std::uint64_t max_tree_size = (std::uint64_t{1} << 63) - 1;

/// Hashes of a proof, from the leaves upwards; at most 63 for a tree of max_tree_size.
using Proof = std::vector<Hash>;
inline constexpr std::size_t max_proof_hashes = 63;

/// SHA-256(0x00 || entry).
[[nodiscard]] Hash leaf_hash(std::string_view entry);
/// SHA-256(0x01 || left || right).
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);
/// The root of a tree without leaves: SHA-256 of nothing.
[[nodiscard]] Hash empty_root();

/// Whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves with `root`.
/// RFC 9162, section 2.1.3.2. False for any proof of another length than the tree asks for.
[[nodiscard]] bool inclusion_holds(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                   const Proof& proof, const Hash& root);

/// Whether `proof` shows that the tree of `size` begins with all leaves of the tree of `old_size`.
/// RFC 9162, section 2.1.4.2. Two trees of one size are consistent when their roots are one and the
/// proof is empty; every tree begins with the empty one, whose proof is empty too.
[[nodiscard]] bool consistency_holds(std::uint64_t old_size, const Hash& old_root,
                                     std::uint64_t size, const Hash& root, const Proof& proof);

/// The hashes of a tree's complete subtrees, from wherever they are kept.
class Nodes {
 public:
  virtual ~Nodes() = default;
  /// The root of the subtree over leaves index * 2^level to (index + 1) * 2^level - 1, which all
  /// are in the tree.
  [[nodiscard]] virtual Hash node(unsigned level, std::uint64_t index) = 0;
};

/// MTH(D[0:size]) of RFC 6962, section 2.1.
[[nodiscard]] Hash root_of(Nodes& nodes, std::uint64_t size);

/// PATH(index, D[0:size]) of RFC 6962, section 2.1.1; index < size.
[[nodiscard]] Proof prove_inclusion(Nodes& nodes, std::uint64_t index, std::uint64_t size);

/// PROOF(old_size, D[0:size]) of RFC 6962, section 2.1.2; empty for an old size of 0 or `size`;
/// old_size <= size.
[[nodiscard]] Proof prove_consistency(Nodes& nodes, std::uint64_t old_size, std::uint64_t size);

}  // namespace atelier::provenance
