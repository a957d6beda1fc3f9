// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/merkle.hpp"

#include <array>
#include <bit>

#include "atelier/base/base64.hpp"

namespace atelier::provenance {
namespace {

Sha256& hasher() {
  thread_local Sha256 hash;
  return hash;
}

/// One step of both of RFC 9162's walks: whether the next hash of a proof stands to the left.
bool stands_left(std::uint64_t fn, std::uint64_t sn) {
  return (fn & 1) != 0 || fn == sn;
}

/// Goes up past levels at which the right edge of the tree has no sibling.
void skip_lone_levels(std::uint64_t& fn, std::uint64_t& sn) {
  while ((fn & 1) == 0 && fn != 0) {
    fn >>= 1;
    sn >>= 1;
  }
}

}  // namespace

Hash leaf_hash(std::string_view entry) {
  Sha256& hash = hasher();
  hash.update(std::string_view("\0", 1));
  hash.update(entry);
  return hash.finish();
}

Hash node_hash(const Hash& left, const Hash& right) {
  Sha256& hash = hasher();
  hash.update(std::string_view("\1", 1));
  hash.update(as_text(left));
  hash.update(as_text(right));
  return hash.finish();
}

Hash empty_root() {
  return hasher().finish();
}

bool inclusion_holds(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof,
                     const Hash& root) {
  if (index >= size) return false;
  std::uint64_t fn = index, sn = size - 1;
  Hash result = leaf;
  for (const Hash& next : proof) {
    if (sn == 0) return false;
    if (stands_left(fn, sn)) {
      result = node_hash(next, result);
      skip_lone_levels(fn, sn);
    } else {
      result = node_hash(result, next);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && result == root;
}

bool consistency_holds(std::uint64_t old_size, const Hash& old_root, std::uint64_t size,
                       const Hash& root, const Proof& proof) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  std::uint64_t fn = old_size - 1, sn = size - 1;
  while ((fn & 1) != 0) {
    fn >>= 1;
    sn >>= 1;
  }
  // A whole old tree is a node of the new one, and is not told again.
  const bool whole = std::has_single_bit(old_size);
  if (proof.empty()) return false;
  Hash old_result = whole ? old_root : proof.front();
  Hash result = old_result;
  for (std::size_t i = whole ? 0 : 1; i < proof.size(); ++i) {
    if (sn == 0) return false;
    if (stands_left(fn, sn)) {
      old_result = node_hash(proof[i], old_result);
      result = node_hash(proof[i], result);
      skip_lone_levels(fn, sn);
    } else {
      result = node_hash(result, proof[i]);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && old_result == old_root && result == root;
}

}  // namespace atelier::provenance
