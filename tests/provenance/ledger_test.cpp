// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/ledger.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/provenance/proof_file.hpp"
#include "base/error_matcher.hpp"
#include "provenance/plain_tree.hpp"
#include "provenance/small_ledger.hpp"
#include "provenance/tile.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;
using namespace test;
namespace fs = std::filesystem;

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() { make_ledger(path_); }

  /// Files beneath the served folder, as a server would hand them out.
  [[nodiscard]] std::vector<std::string> served() const {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(path_ / "public")) {
      if (entry.is_regular_file())
        files.push_back(fs::relative(entry.path(), path_ / "public").string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  TemporaryFolder folder_;
  fs::path path_ = folder_.path() / "ledger";
};

TEST_F(LedgerTest, BeginsEmpty) {
  const Ledger ledger(path_);
  EXPECT_EQ(ledger.settings().identity, "peter");
  EXPECT_EQ(ledger.head().size, 0U);
  EXPECT_FALSE(ledger.checkpoint());
  LedgerWriter writer(path_);
  writer.sign(peter_key());
  EXPECT_EQ(ledger.checkpoint()->head, (TreeHead{ledger_origin, 0, empty_root(), {}}));
  audit(ledger.log(), ledger.checkpoint()->head);
}

TEST_F(LedgerTest, LiesAsTheSpecificationSays) {
  grow(path_, 3);
  EXPECT_EQ(served(),
            (std::vector<std::string>{"checkpoint", "tile/0/000.p/3", "tile/entries/000.p/3"}));
  grow(path_, 2);  // the signed partial tile stays
  EXPECT_EQ(served(), (std::vector<std::string>{"checkpoint", "tile/0/000.p/3", "tile/0/000.p/5",
                                                "tile/entries/000.p/3", "tile/entries/000.p/5"}));
  grow(path_, 251);
  EXPECT_EQ(served(), (std::vector<std::string>{"checkpoint", "tile/0/000", "tile/1/000.p/1",
                                                "tile/entries/000"}));
  grow(path_, 44);
  EXPECT_EQ(served(), (std::vector<std::string>{"checkpoint", "tile/0/000", "tile/0/001.p/44",
                                                "tile/1/000.p/1", "tile/entries/000",
                                                "tile/entries/001.p/44"}));
}

TEST_F(LedgerTest, KeepsNoPartialTileThatNobodySigned) {
  LedgerWriter writer(path_);
  for (int i = 0; i < 5; ++i) writer.append(numbered_events(0, 3));
  writer.sign(peter_key());
  EXPECT_EQ(served(),
            (std::vector<std::string>{"checkpoint", "tile/0/000.p/15", "tile/entries/000.p/15"}));
  writer.append(numbered_events(0, 3));
  writer.append(numbered_events(0, 3));
  EXPECT_EQ(served(), (std::vector<std::string>{"checkpoint", "tile/0/000.p/15", "tile/0/000.p/21",
                                                "tile/entries/000.p/15", "tile/entries/000.p/21"}));
}

/// The tree of a log's entries, the slow way.
PlainTree tree_of(const LogFolder& log, std::uint64_t size) {
  PlainTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf_hash(log.entry(i, size)));
  return tree;
}

TEST_F(LedgerTest, IsTheSameTreeInBatchesOfAnySize) {
  std::uint64_t size = 0;
  for (const std::uint64_t count : {1, 2, 60, 193, 1, 255, 256, 257, 600}) {
    grow(path_, count);
    size += count;
    const Ledger ledger(path_);
    const auto checkpoint = ledger.checkpoint();
    ASSERT_TRUE(checkpoint);
    ASSERT_EQ(checkpoint->head.size, size);
    PlainTree tree = tree_of(ledger.log(), size);
    ASSERT_EQ(checkpoint->head.root, root_of(tree, size));
    audit(ledger.log(), checkpoint->head);
    const auto nodes = ledger.log().nodes(size);
    for (std::uint64_t index = 0; index < size; index += 37) {
      ASSERT_EQ(prove_inclusion(*nodes, index, size), prove_inclusion(tree, index, size));
      ASSERT_EQ(prove_consistency(*nodes, index, size), prove_consistency(tree, index, size));
      const auto fields =
          open(ledger.log().entry(index, size), ledger.disclosures(index, size), "it");
      ASSERT_EQ(fields, (std::vector<Field>{{"n", index}}));
    }
  }
}

TEST_F(LedgerTest, WhatIsServedHoldsNothingOfAnybodys) {
  LedgerWriter writer(path_);
  writer.append(std::vector{seal({{"buyer", "Berthe Morisot"}})});
  writer.sign(peter_key());
  for (const std::string& file : served()) {
    const std::string bytes = read_file(path_ / "public" / file, 1 << 20);
    EXPECT_EQ(bytes.find("Berthe"), std::string::npos);
    EXPECT_EQ(bytes.find("QmVydGhl"), std::string::npos);
  }
  struct stat status {};
  ASSERT_EQ(::stat((path_ / "private").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
  ASSERT_EQ(::stat((path_ / "private/tile/entries/000.p/1").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(LedgerTest, SignsNothingTwice) {
  const std::string first = grow(path_, 4);
  LedgerWriter writer(path_);
  EXPECT_EQ(writer.sign(peter_key()), first);
  EXPECT_ERROR(writer.sign(key_of_seed(std::string(32, 'x'))), bad_input, HasSubstr("not the one"));
}

TEST_F(LedgerTest, HasOneWriter) {
  const LedgerWriter writer(path_);
  EXPECT_ERROR(LedgerWriter(path_), io, HasSubstr("is being written by another process"));
  EXPECT_EQ(Ledger(path_).head().size, 0U);
}

TEST_F(LedgerTest, IsMadeInAnEmptyFolderAlone) {
  EXPECT_ERROR((make_ledger(path_), 0), invalid_argument, HasSubstr("not an empty folder"));
  EXPECT_ERROR(Ledger(folder_.path()), bad_input, HasSubstr("is no ledger"));
  const VerifierKey key =
      peter_key().public_key().verifier("cosignature/v1", VerifierKey::Type::log);
  EXPECT_ERROR((Ledger::create(folder_.path() / "other", {"peter", key}), 0), invalid_argument,
               HasSubstr("cannot be a ledger's origin"));
}

TEST_F(LedgerTest, TakesCosignaturesOfItsWitnesses) {
  grow(path_, 4);
  const SigningKey witness = key_of_seed(std::string(32, 'w'));
  const std::vector<VerifierKey> witnesses{
      witness.public_key().verifier("w", VerifierKey::Type::witness)};
  const std::string text = parse_note(Ledger(path_).checkpoint()->note, "it").text;
  LedgerWriter writer(path_);
  EXPECT_EQ(writer.add_cosignatures(to_text(cosign_note(text, "w", witness, 1)), witnesses), 1U);
  EXPECT_EQ(writer.add_cosignatures(to_text(cosign_note(text, "w", witness, 2)), witnesses), 1U);
  const TrustPolicy policy = TrustPolicy::of({Ledger(path_).settings().key}, witnesses, 1);
  const Ledger::Checkpoint checkpoint = *Ledger(path_).checkpoint();
  EXPECT_EQ(parse_note(checkpoint.note, "it").signatures.size(), 2U);
  EXPECT_EQ(policy.trusted(checkpoint.note, "it").cosignatures[0].time, 2U);
  EXPECT_EQ(writer.sign(peter_key()), checkpoint.note);  // nothing was appended: they stay
  const std::string unknown = to_text(cosign_note(text, "v", key_of_seed(std::string(32, 'v')), 1));
  EXPECT_ERROR(writer.add_cosignatures(unknown, witnesses), bad_input,
               HasSubstr("no witness that was named"));
  const std::string other = to_text(cosign_note("o\n0\nx\n", "w", witness, 1));
  EXPECT_ERROR(writer.add_cosignatures(other, witnesses), bad_input,
               HasSubstr("another checkpoint"));
  for (const char* bad : {"", "nonsense\n", "\n\n", "\u2014 w AAAA\n"})
    EXPECT_ERROR(writer.add_cosignatures(bad, witnesses), bad_input, HasSubstr("the cosignatures"));
}

/// Runs `change` on every file of a ledger in turn, and expects of a ledger so changed that
/// whatever is asked of it is refused, or is what it was.
void expect_refused_or_same(const fs::path& path,
                            const std::function<void(const fs::path&)>& change) {
  const TemporaryFolder folder;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file() && entry.path().filename() != "lock")
      files.push_back(fs::relative(entry.path(), path));
  }
  const TreeHead head = Ledger(path).checkpoint()->head;
  for (const fs::path& file : files) {
    const fs::path copy = folder.path() / "copy";
    fs::remove_all(copy);
    fs::copy(path, copy, fs::copy_options::recursive);
    change(copy / file);
    const bool is_private = *file.begin() == "private";
    bool refused = false;
    try {
      LedgerWriter writer(copy);
      const Ledger ledger(copy);
      const auto checkpoint = ledger.checkpoint();
      if (!checkpoint) throw Error(ErrorKind::bad_input, "gone");
      audit(ledger.log(), checkpoint->head);
      for (std::uint64_t i = 0; i < head.size; ++i) {
        const auto disclosures = ledger.disclosures(i, head.size);
        (void)open(ledger.log().entry(i, head.size), disclosures, "it");
      }
      EXPECT_EQ(checkpoint->head, head) << file;
    } catch (const Error& error) {
      refused = true;
      EXPECT_EQ(error.kind(), ErrorKind::bad_input) << error.what();
    }
    EXPECT_TRUE(refused || is_private || file == "ledger.json") << file;
  }
}

TEST_F(LedgerTest, DamagedFilesAreRefused) {
  grow(path_, 5);
  grow(path_, 253);
  expect_refused_or_same(
      path_, [](const fs::path& file) { fs::resize_file(file, fs::file_size(file) / 2); });
  expect_refused_or_same(path_, [](const fs::path& file) { fs::resize_file(file, 0); });
  expect_refused_or_same(path_, [](const fs::path& file) { fs::remove(file); });
  expect_refused_or_same(path_, [](const fs::path& file) {
    std::string bytes = read_file(file, 1 << 20);
    bytes[bytes.size() / 2] ^= 1;
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  });
}

TEST_F(LedgerTest, AuditNamesWhatWasChanged) {
  grow(path_, 300);
  const Ledger ledger(path_);
  const TreeHead head = ledger.checkpoint()->head;
  const auto with_changed = [&](const char* file, std::size_t at) {
    const fs::path path = path_ / "public" / file;
    const std::string before = read_file(path, 1 << 20);
    std::string bytes = before;
    bytes[at] ^= 1;
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    const auto error = atelier::test::error_of([&] { audit(ledger.log(), head); });
    std::ofstream(path, std::ios::binary | std::ios::trunc) << before;
    return std::string(error ? error->what() : "");
  };
  EXPECT_THAT(with_changed("tile/entries/000", 10), HasSubstr("tile/0/000 does not fit"));
  EXPECT_THAT(with_changed("tile/0/000", 10), HasSubstr("tile/0/000 does not fit"));
  EXPECT_THAT(with_changed("tile/0/001.p/44", 10), HasSubstr("tile/0/001.p/44 does not fit"));
  EXPECT_THAT(with_changed("tile/1/000.p/1", 10), HasSubstr("tile/1/000.p/1 does not fit"));
  TreeHead other = head;
  other.root = leaf_hash("x");
  EXPECT_ERROR((audit(ledger.log(), other), 0), bad_input,
               HasSubstr("not those that the checkpoint"));
  other.size = max_tree_size;
  EXPECT_ERROR((audit(ledger.log(), other), 0), bad_input, HasSubstr("public/tile"));
}

/// What of an entry's first field a proof file makes believe; nothing when it is refused.
std::optional<nlohmann::json> believed(const std::string& text, const TrustPolicy& policy) {
  try {
    const ProofFile proof = parse_proof_file(text, "it");
    const TreeHead head = policy.trusted(proof.checkpoint, "it").head;
    const Presentation shown = parse_presentation(proof.extra, "it");
    if (!inclusion_holds(leaf_hash(shown.entry), proof.index, head.size, proof.path, head.root))
      return std::nullopt;
    return open(shown.entry, shown.disclosures, "it").at(0).second;
  } catch (const Error&) {
    return std::nullopt;
  } catch (const std::out_of_range&) {  // it shows no field any more
    return std::nullopt;
  }
}

TEST_F(LedgerTest, NoChangedByteOfAProofFileIsBelieved) {
  grow(path_, 6);
  const Ledger ledger(path_);
  const auto nodes = ledger.log().nodes(6);
  const std::string entry = ledger.log().entry(4, 6);
  const std::string whole =
      to_text(ProofFile{.extra = join_presentation(entry, ledger.disclosures(4, 6)),
                        .index = 4,
                        .path = prove_inclusion(*nodes, 4, 6),
                        .checkpoint = ledger.checkpoint()->note});
  const TrustPolicy policy = TrustPolicy::of({ledger.settings().key}, {}, 0);
  EXPECT_EQ(believed(whole, policy), nlohmann::json(4));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int change : {1, 0x20, 0x80}) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ change);
      EXPECT_EQ(believed(changed, policy), std::nullopt) << "byte " << i;
    }
    EXPECT_EQ(believed(whole.substr(0, i), policy), std::nullopt) << i << " bytes";
  }
}

TEST_F(LedgerTest, WritesNothingDamagedAnew) {
  grow(path_, 5);
  for (const char* file : {"public/tile/entries/000.p/5", "private/tile/entries/000.p/5"}) {
    const std::string before = read_file(path_ / file, 1 << 20);
    std::string bytes = before;
    bytes[20] ^= 1;
    std::ofstream(path_ / file, std::ios::binary | std::ios::trunc) << bytes;
    EXPECT_ERROR(LedgerWriter(path_), bad_input,
                 testing::AnyOf(HasSubstr("damaged"), HasSubstr("no entry")));
    std::ofstream(path_ / file, std::ios::binary | std::ios::trunc) << before;
  }
  grow(path_, 5);
}

TEST_F(LedgerTest, SignsNoLogThatWasChanged) {
  grow(path_, 3);
  {
    LedgerWriter writer(path_);
    writer.append(numbered_events(3, 2));
  }
  // Another history of five entries, made with the same care, in the place of this one.
  const fs::path other = folder_.path() / "other";
  make_ledger(other);
  {
    LedgerWriter writer(other);
    writer.append(numbered_events(0, 5));
  }
  fs::copy(other / "public/tile", path_ / "public/tile",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  fs::copy(other / "head", path_ / "head", fs::copy_options::overwrite_existing);
  EXPECT_ERROR(LedgerWriter(path_), bad_input, HasSubstr("was changed or damaged"));
}

}  // namespace
}  // namespace atelier::provenance
