// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/merkle.hpp"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "provenance/plain_tree.hpp"

namespace atelier::provenance {
namespace {

using test::plain_tree;
using test::PlainTree;

std::string hex(const Hash& hash) {
  return fmt::format("{:02x}", fmt::join(hash, ""));
}

// The tree that implementations of RFC 6962 have been tested on since Certificate Transparency's
// first: leaves, roots of 0..8 leaves (github.com/transparency-dev/merkle, testonly/constants.go).
std::vector<std::string> known_leaves() {
  using std::string;
  return {"",
          string(1, '\0'),
          "\x10",
          "\x20\x21",
          "\x30\x31",
          "\x40\x41\x42\x43",
          "\x50\x51\x52\x53\x54\x55\x56\x57",
          "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
}

constexpr const char* known_roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

PlainTree known_tree() {
  PlainTree tree;
  for (const std::string& leaf : known_leaves()) tree.append(leaf_hash(leaf));
  return tree;
}

TEST(Merkle, RootsAreTheKnownOnes) {
  PlainTree tree = known_tree();
  for (std::uint64_t size = 0; size <= 8; ++size)
    EXPECT_EQ(hex(root_of(tree, size)), known_roots[size]);
}

std::vector<std::string> hexes(const Proof& proof) {
  std::vector<std::string> result;
  for (const Hash& hash : proof) result.push_back(hex(hash));
  return result;
}

// RFC 6962, section 2.1.3: the tree of seven leaves, nodes by the letters of its drawing.
TEST(Merkle, ProofsAreThoseOfTheRfcsExample) {
  PlainTree tree = known_tree();
  const auto h = [&](unsigned level, std::uint64_t index) { return hex(tree.node(level, index)); };
  const std::string b = h(0, 1), c = h(0, 2), d = h(0, 3), f = h(0, 5), i = h(1, 2), g = h(1, 0),
                    j = h(0, 6), k = h(2, 0),
                    l = [&] { return hex(node_hash(tree.node(1, 2), tree.node(0, 6))); }();
  const std::string right_pair = h(1, 1);
  using Hexes = std::vector<std::string>;
  EXPECT_EQ(hexes(prove_inclusion(tree, 0, 7)), (Hexes{b, right_pair, l}));
  EXPECT_EQ(hexes(prove_inclusion(tree, 3, 7)), (Hexes{c, g, l}));
  EXPECT_EQ(hexes(prove_inclusion(tree, 4, 7)), (Hexes{f, j, k}));
  EXPECT_EQ(hexes(prove_inclusion(tree, 6, 7)), (Hexes{i, k}));
  EXPECT_EQ(hexes(prove_consistency(tree, 3, 7)), (Hexes{c, d, g, l}));
  EXPECT_EQ(hexes(prove_consistency(tree, 4, 7)), (Hexes{l}));
  EXPECT_EQ(hexes(prove_consistency(tree, 6, 7)), (Hexes{i, j, k}));
}

// github.com/transparency-dev/merkle, testdata/consistency/2/happy-path.json.
TEST(Merkle, ConsistencyIsThatOfAPublishedVector) {
  PlainTree tree = known_tree();
  EXPECT_EQ(hexes(prove_consistency(tree, 6, 8)),
            (std::vector<std::string>{
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
}

TEST(Merkle, EveryPlaceOfTreesOfUpTo300LeavesIsProved) {
  PlainTree tree = plain_tree(300);
  for (std::uint64_t size = 1; size <= 300; ++size) {
    const Hash root = root_of(tree, size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = prove_inclusion(tree, index, size);
      ASSERT_TRUE(inclusion_holds(tree.leaf(index), index, size, proof, root))
          << index << "/" << size;
    }
    for (std::uint64_t old = 0; old <= size; ++old) {
      const Proof proof = prove_consistency(tree, old, size);
      ASSERT_TRUE(consistency_holds(old, root_of(tree, old), size, root, proof))
          << old << "/" << size;
    }
  }
}

/// Calls `visit` with each byte of each hash changed in turn.
template <class Visit>
void with_each_byte_changed(std::span<Hash> hashes, Visit visit) {
  for (Hash& hash : hashes) {
    for (std::uint8_t& byte : hash) {
      byte ^= 0x40;
      visit();
      byte ^= 0x40;
    }
  }
}

void expect_no_changed_inclusion(PlainTree& tree, std::uint64_t index, std::uint64_t size) {
  Hash root = root_of(tree, size), leaf = tree.leaf(index);
  Proof proof = prove_inclusion(tree, index, size);
  const auto refused = [&] {
    ASSERT_FALSE(inclusion_holds(leaf, index, size, proof, root)) << index << "/" << size;
  };
  with_each_byte_changed(proof, refused);
  with_each_byte_changed({&root, 1}, refused);
  with_each_byte_changed({&leaf, 1}, refused);
}

void expect_no_changed_consistency(PlainTree& tree, std::uint64_t old, std::uint64_t size) {
  Hash root = root_of(tree, size), old_root = root_of(tree, old);
  Proof proof = prove_consistency(tree, old, size);
  const auto refused = [&] {
    ASSERT_FALSE(consistency_holds(old, old_root, size, root, proof)) << old << "/" << size;
  };
  with_each_byte_changed(proof, refused);
  with_each_byte_changed({&old_root, 1}, refused);
  if (old > 0) with_each_byte_changed({&root, 1}, refused);  // nothing is in every tree
}

TEST(Merkle, NoChangedByteIsBelieved) {
  PlainTree tree = plain_tree(300);
  for (std::uint64_t size = 1; size <= 20; ++size) {
    for (std::uint64_t index = 0; index < size; ++index)
      expect_no_changed_inclusion(tree, index, size);
    for (std::uint64_t old = 0; old <= size; ++old) expect_no_changed_consistency(tree, old, size);
  }
  for (const std::uint64_t size : {255, 256, 257, 300}) {
    for (std::uint64_t place = 0; place < size; place += 53) {
      expect_no_changed_inclusion(tree, place, size);
      expect_no_changed_consistency(tree, place, size);
    }
  }
}

TEST(SlowMerkle, NoChangedByteIsBelievedUpTo300Leaves) {
  PlainTree tree = plain_tree(300);
  for (std::uint64_t size = 1; size <= 300; ++size) {
    for (std::uint64_t index = 0; index < size; ++index)
      expect_no_changed_inclusion(tree, index, size);
  }
}

TEST(Merkle, NoOtherPlaceOrLengthIsBelieved) {
  PlainTree tree = plain_tree(80);
  for (std::uint64_t size = 1; size <= 40; ++size) {
    const Hash root = root_of(tree, size);
    for (std::uint64_t index = 0; index < size; ++index) {
      Proof proof = prove_inclusion(tree, index, size);
      const Hash& leaf = tree.leaf(index);
      for (std::uint64_t other = 0; other < 2 * size; ++other) {
        if (other != index) {
          ASSERT_FALSE(inclusion_holds(leaf, other, size, proof, root));
        }
      }
      ASSERT_FALSE(inclusion_holds(leaf, index, size, proof, root_of(tree, size + 1)));
      proof.push_back(root);
      ASSERT_FALSE(inclusion_holds(leaf, index, size, proof, root));
      proof.pop_back();
      if (proof.empty()) continue;
      proof.pop_back();
      ASSERT_FALSE(inclusion_holds(leaf, index, size, proof, root));
    }
    for (std::uint64_t old = 1; old <= size; ++old) {
      Proof proof = prove_consistency(tree, old, size);
      const Hash old_root = root_of(tree, old);
      for (std::uint64_t other = 1; other < size; ++other) {
        if (other != old) {
          ASSERT_FALSE(consistency_holds(other, old_root, size, root, proof));
        }
      }
      ASSERT_FALSE(consistency_holds(size + 1, old_root, size, root, proof));
      proof.push_back(root);
      ASSERT_FALSE(consistency_holds(old, old_root, size, root, proof));
      proof.pop_back();
      if (proof.empty()) continue;
      proof.pop_back();
      ASSERT_FALSE(consistency_holds(old, old_root, size, root, proof));
    }
  }
}

TEST(Merkle, HugeNumbersEnd) {
  const Hash hash = leaf_hash("x");
  const Proof proof(63, hash);
  EXPECT_FALSE(inclusion_holds(hash, max_tree_size - 1, max_tree_size, proof, hash));
  EXPECT_FALSE(inclusion_holds(hash, UINT64_MAX, UINT64_MAX, proof, hash));
  EXPECT_FALSE(consistency_holds(max_tree_size - 1, hash, max_tree_size, hash, proof));
  EXPECT_FALSE(consistency_holds(UINT64_MAX - 1, hash, UINT64_MAX, hash, proof));
  EXPECT_FALSE(inclusion_holds(hash, 0, 0, {}, hash));
}

}  // namespace
}  // namespace atelier::provenance
