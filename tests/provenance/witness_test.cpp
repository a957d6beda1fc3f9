// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/witness.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "base/error_matcher.hpp"
#include "provenance/known_keys.hpp"
#include "provenance/plain_tree.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;
using namespace test;
namespace fs = std::filesystem;

constexpr const char* origin = "example.org/log";
constexpr std::uint64_t now = 1'700'000'000;

std::string signed_head(PlainTree& tree, std::uint64_t size) {
  const std::string text = to_text(TreeHead{origin, size, root_of(tree, size), {}});
  return to_text(Note{text, {sign_note(text, origin, peter_key())}});
}

class WitnessTest : public testing::Test {
 protected:
  Witness::Cosigned cosign(PlainTree& tree, std::uint64_t old, std::uint64_t size) {
    return cosign(GrowthProof{old, prove_consistency(tree, old, size), signed_head(tree, size)});
  }
  Witness::Cosigned cosign(const GrowthProof& growth) {
    return witness_.cosign(
        growth, log_, "w", [] { return key_of_seed(std::string(32, 'w')); }, now, "it");
  }
  std::optional<std::uint64_t> seen() {
    const auto seen = witness_.seen(origin);
    return seen ? std::optional(seen->head.size) : std::nullopt;
  }

  TemporaryFolder folder_;
  Witness witness_{folder_.path() / "witness"};
  std::optional<VerifierKey> log_ =
      peter_key().public_key().verifier(origin, VerifierKey::Type::log);
  PlainTree tree_ = plain_tree(100);
};

TEST_F(WitnessTest, CosignsWhatGrows) {
  EXPECT_EQ(seen(), std::nullopt);
  for (const auto& [old, size] : {std::pair<int, int>{0, 7}, {7, 7}, {7, 8}, {8, 64}, {64, 100}}) {
    const Witness::Cosigned result = cosign(tree_, old, size);
    EXPECT_EQ(result.head.size, static_cast<std::uint64_t>(size));
    EXPECT_EQ(result.old_size, static_cast<std::uint64_t>(old));
    EXPECT_EQ(seen(), static_cast<std::uint64_t>(size));
    Note note = parse_note(signed_head(tree_, size), "it");
    note.signatures.push_back(result.signature);
    const std::vector<VerifierKey> keys{
        key_of_seed(std::string(32, 'w')).public_key().verifier("w", VerifierKey::Type::witness)};
    EXPECT_EQ(verified_signatures(note, keys, "it")[0].time, now);
    log_.reset();  // it is known from here on
  }
}

TEST_F(WitnessTest, RefusesForks) {
  cosign(tree_, 0, 50);
  PlainTree other = plain_tree(49);
  other.append(leaf_hash("another entry 49"));
  for (std::uint64_t i = 50; i < 100; ++i) other.append(leaf_hash(entry_number(i)));
  EXPECT_ERROR(cosign(other, 50, 50), bad_input, HasSubstr("two histories of 50 entries"));
  for (const std::uint64_t size : {51, 64, 100})
    EXPECT_ERROR(cosign(other, 50, size), bad_input, HasSubstr("two histories"));
  EXPECT_EQ(seen(), 50U);
  EXPECT_ERROR(cosign(GrowthProof{50, {}, signed_head(tree_, 49)}), bad_input,
               HasSubstr("50 to 49"));
  EXPECT_EQ(witness_.seen(origin)->head.root, root_of(tree_, 50));
  cosign(tree_, 50, 100);
}

TEST_F(WitnessTest, TellsWhereItLeftOff) {
  cosign(tree_, 0, 50);
  EXPECT_ERROR(cosign(tree_, 0, 60), bad_input, HasSubstr("last saw 50"));
  EXPECT_ERROR(cosign(tree_, 49, 60), bad_input, HasSubstr("--old 50"));
  EXPECT_ERROR(cosign(tree_, 0, 49), bad_input, HasSubstr("last saw 50"));
  EXPECT_EQ(seen(), 50U);
}

TEST_F(WitnessTest, RefusesEveryChangedProof) {
  cosign(tree_, 0, 37);
  const GrowthProof right{37, prove_consistency(tree_, 37, 100), signed_head(tree_, 100)};
  for (std::size_t i = 0; i < right.proof.size(); ++i) {
    GrowthProof changed = right;
    changed.proof[i][i] ^= 1;
    EXPECT_ERROR(cosign(changed), bad_input, HasSubstr("proof is damaged"));
  }
  GrowthProof shorter = right;
  shorter.proof.pop_back();
  EXPECT_ERROR(cosign(shorter), bad_input, HasSubstr("proof is damaged"));
  EXPECT_EQ(seen(), 37U);
  cosign(right);
}

TEST_F(WitnessTest, TakesTheWordOfOneKey) {
  const std::string text = to_text(TreeHead{origin, 7, root_of(tree_, 7), {}});
  const SigningKey stranger = key_of_seed(std::string(32, 's'));
  const std::string forged = to_text(Note{text, {sign_note(text, origin, stranger)}});
  EXPECT_ERROR(cosign(GrowthProof{0, {}, forged}), bad_input, HasSubstr("not signed by a log"));
  EXPECT_EQ(seen(), std::nullopt);
  const std::optional<VerifierKey> right = log_;
  log_.reset();
  EXPECT_ERROR(cosign(tree_, 0, 7), bad_input, HasSubstr("does not know the log"));
  log_ = right;
  cosign(tree_, 0, 7);
  log_ = stranger.public_key().verifier(origin, VerifierKey::Type::log);
  EXPECT_ERROR(cosign(tree_, 7, 8), bad_input, HasSubstr("by another key"));
  EXPECT_EQ(seen(), 7U);
}

TEST_F(WitnessTest, RemembersNothingThatItDidNotSign) {
  EXPECT_ERROR(
      witness_.cosign(
          GrowthProof{0, {}, signed_head(tree_, 7)}, log_, "w",
          []() -> SigningKey { fail(ErrorKind::bad_input, "wrong passphrase"); }, now, "it"),
      bad_input, HasSubstr("wrong passphrase"));
  EXPECT_EQ(seen(), std::nullopt);
}

TEST_F(WitnessTest, HasOneName) {
  cosign(tree_, 0, 7);
  const GrowthProof more{7, prove_consistency(tree_, 7, 8), signed_head(tree_, 8)};
  EXPECT_ERROR(witness_.cosign(
                   more, log_, "v", [] { return key_of_seed(std::string(32, 'w')); }, now, "it"),
               bad_input, HasSubstr("cosigns as 'w'"));
  EXPECT_EQ(seen(), 7U);
  cosign(more);
}

TEST_F(WitnessTest, DamagedMemoryIsRefused) {
  cosign(tree_, 0, 50);
  for (const auto& entry : fs::directory_iterator(folder_.path() / "witness")) {
    if (entry.path().extension() != ".seen") continue;
    const std::string whole = read_file(entry.path(), 1 << 20);
    for (std::size_t size = 0; size < whole.size(); size += 13) {
      std::ofstream(entry.path(), std::ios::trunc) << whole.substr(0, size);
      EXPECT_ERROR(cosign(tree_, 0, 7), bad_input, testing::Not(HasSubstr("does not know")));
    }
    for (std::size_t i = 0; i < whole.size(); i += 7) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ 1);
      std::ofstream(entry.path(), std::ios::trunc) << changed;
      EXPECT_ERROR(cosign(tree_, 50, 60), bad_input, testing::Not(HasSubstr("does not know")));
    }
    std::ofstream(entry.path(), std::ios::trunc) << whole;
  }
  cosign(tree_, 50, 60);
}

TEST_F(WitnessTest, OriginsNeverNameFiles) {
  const std::string evil = "../../../etc/x";
  const std::string text = to_text(TreeHead{evil, 7, root_of(tree_, 7), {}});
  log_ = peter_key().public_key().verifier(evil, VerifierKey::Type::log);
  cosign(GrowthProof{0, {}, to_text(Note{text, {sign_note(text, evil, peter_key())}})});
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
    files += entry.path().extension() == ".seen" ? 1 : 0;
  EXPECT_EQ(files, 1U);
  EXPECT_EQ(witness_.seen(evil)->head.size, 7U);
}

}  // namespace
}  // namespace atelier::provenance
