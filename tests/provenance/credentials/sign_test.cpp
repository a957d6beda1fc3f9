// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <ctime>
#include <map>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/provenance/credential.hpp"
#include "atelier/provenance/verification.hpp"
#include "base/error_matcher.hpp"
#include "small_files.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;
using State = Verification::State;

constexpr std::size_t most = 1 << 24;

/// Works signed with the real library, where it is.
class Credentials : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path file = models_dir() / "c2pa.so";
    if (!fs::exists(file)) {
      GTEST_SKIP() << file << " is not here; `atelier models fetch c2pa` brings it";
    }
    if (!library_) library_ = std::make_unique<CredentialLibrary>(file);
  }

  static Statement statement(const char* title = "a work") {
    Statement said;
    said.title = title;
    said.program_version = "1";
    said.author = "Anna";
    said.licence = "CC-BY-4.0";
    said.no_training = true;
    said.time = 1'800'000'000;
    said.recipe = {{"seed", 7}};
    said.ingredients = {{Ingredient::Relation::input, "a network", "22", {}, true}};
    said.deeds = {{"c2pa.created", "painted", "trainedAlgorithmicMedia", {0}}};
    return said;
  }

  [[nodiscard]] fs::path made(const std::string& name, std::string_view bytes) const {
    const fs::path file = folder_.path() / name;
    write_file(file, bytes);
    return file;
  }

  void sign(const fs::path& from, const fs::path& to, const Statement& said = statement()) const {
    sign_file(*library_, from, to, said, {key_, chain_});
  }

  [[nodiscard]] Verification verified(const fs::path& file, const TrustList& trust = {}) const {
    return verify_file(*library_, file, std::nullopt, trust);
  }

  [[nodiscard]] TrustList own_trust() const { return {chain_.anchor_pem(), {}}; }

  static std::unique_ptr<CredentialLibrary> library_;
  TemporaryFolder folder_;
  SigningKey key_ = SigningKey::generate(KeyAlgorithm::es256);
  CertificateChain chain_ =
      make_home_chain(key_.public_key(), {"Anna", "Home"}, 30, std::time(nullptr));
};

std::unique_ptr<CredentialLibrary> Credentials::library_;

TEST_F(Credentials, HoldInEveryFormatWithEveryKey) {
  for (const KeyAlgorithm algorithm : {KeyAlgorithm::es256, KeyAlgorithm::ed25519}) {
    key_ = SigningKey::generate(algorithm);
    chain_ = make_home_chain(key_.public_key(), {"Anna", "Home"}, 30, std::time(nullptr));
    for (const auto& [name, bytes] : test::small_files()) {
      const fs::path from = made("plain-" + name, bytes), to = folder_.path() / name;
      EXPECT_EQ(verified(from).state, State::none) << name;
      sign(from, to);
      const Verification found = verified(to);
      EXPECT_EQ(found.state, State::holds) << name;
      EXPECT_FALSE(found.trusted) << name;
      EXPECT_TRUE(found.sidecar.empty()) << name;
      EXPECT_EQ(found.signer, "Anna") << name;
      EXPECT_EQ(found.organization, "Home") << name;
      EXPECT_TRUE(verified(to, own_trust()).trusted) << name;
      EXPECT_EQ(read_file(from, most), bytes) << name;
    }
  }
}

TEST_F(Credentials, SayWhatWasSaid) {
  const fs::path file = made("a.png", test::small_png());
  sign(file, file);
  const Verification found = verified(file);
  EXPECT_EQ(found.title, "a work");
  EXPECT_EQ(found.program, "Atelier 1");
  EXPECT_EQ(found.author, "Anna");
  EXPECT_EQ(found.licence, "CC-BY-4.0");
  EXPECT_EQ(found.licence_page, "https://creativecommons.org/licenses/by/4.0/");
  EXPECT_EQ(found.told_time, "2027-01-15T08:00:00Z");
  EXPECT_TRUE(found.time.empty());
  EXPECT_TRUE(found.no_training);
  EXPECT_TRUE(found.has_recipe);
  ASSERT_EQ(found.deeds.size(), 1U);
  EXPECT_EQ(found.deeds[0].action, "c2pa.created");
  EXPECT_EQ(found.deeds[0].source_type, "made by a trained network");
  ASSERT_EQ(found.ingredients.size(), 1U);
  EXPECT_TRUE(found.ingredients[0].is_model);
  EXPECT_FALSE(found.ingredients[0].has_credential);
  EXPECT_EQ(found.ingredients[0].description, "SHA-256 22");
}

TEST_F(Credentials, LieBesideWhatHoldsNone) {
  for (const char* name : {"song.mid", "poem.txt", "data.bin", "picture.png"}) {
    const fs::path file = made(name, name == std::string("picture.png") ? test::small_png()
                                     : name == std::string("song.mid")  ? "MThd and notes"
                                                                        : "words");
    const std::string before = read_file(file, most);
    sign(file, sidecar_of(file));
    EXPECT_EQ(read_file(file, most), before);
    const Verification found = verified(file, own_trust());
    EXPECT_EQ(found.state, State::holds) << name;
    EXPECT_TRUE(found.trusted) << name;
    EXPECT_EQ(found.sidecar, sidecar_of(file));
    write_file(file, before + " ");
    const Verification changed = verified(file, own_trust());
    EXPECT_EQ(changed.state, State::broken) << name;
    EXPECT_FALSE(changed.trusted);
    ASSERT_FALSE(changed.findings.empty());
    EXPECT_EQ(changed.findings[0].part, "the file") << changed.findings[0].sentence;
  }
  const fs::path song = folder_.path() / "song.mid";
  EXPECT_ERROR(sign(song, folder_.path() / "signed.mid"), bad_input,
               HasSubstr("a MIDI file, which holds no credential itself; keep it beside: -o"));
  EXPECT_FALSE(fs::exists(folder_.path() / "signed.mid"));
}

TEST_F(Credentials, TakeThoseOfIngredientsAlong) {
  const fs::path photo = made("photo.jpg", test::small_jpeg()), changed = folder_.path() / "b.jpg",
                 work = made("work.png", test::small_png());
  sign(photo, photo, statement("the photograph"));
  std::string bytes = read_file(photo, most);
  bytes[bytes.size() - 4] = static_cast<char>(bytes[bytes.size() - 4] ^ 1);
  write_file(changed, bytes);
  Statement said = statement();
  said.ingredients = {{Ingredient::Relation::parent, "photo.jpg", "1", photo, false},
                      {Ingredient::Relation::input, "b.jpg", "2", changed, false},
                      {Ingredient::Relation::input, "gone.jpg", "3", {}, false}};
  said.deeds = {{"c2pa.opened", "", "", {0}}, {"c2pa.edited", "", "", {1, 2}}};
  sign(work, work, said);
  const Verification found = verified(work);
  EXPECT_EQ(found.state, State::holds);
  ASSERT_EQ(found.ingredients.size(), 3U);
  std::map<std::string, NamedIngredient> named;
  for (const NamedIngredient& one : found.ingredients) named[one.title] = one;
  EXPECT_EQ(named["photo.jpg"].relation, "parentOf");
  EXPECT_TRUE(named["photo.jpg"].has_credential);
  EXPECT_EQ(named["photo.jpg"].signer, "Anna");
  EXPECT_TRUE(named["photo.jpg"].findings.empty());
  EXPECT_TRUE(named["b.jpg"].has_credential);
  EXPECT_FALSE(named["b.jpg"].findings.empty());
  EXPECT_FALSE(named["gone.jpg"].has_credential);
  EXPECT_EQ(named["gone.jpg"].description, "SHA-256 3");
}

TEST_F(Credentials, AreSignedAgainWithoutLosingTheFirst) {
  const fs::path file = made("a.png", test::small_png());
  sign(file, file, statement("first"));
  Statement said = statement("second");
  said.ingredients = {{Ingredient::Relation::parent, "a.png", "", file, false}};
  said.deeds = {{"c2pa.opened", "", "", {0}}};
  sign(file, file, said);
  const Verification found = verified(file);
  EXPECT_EQ(found.state, State::holds);
  EXPECT_EQ(found.title, "second");
  ASSERT_EQ(found.ingredients.size(), 1U);
  EXPECT_TRUE(found.ingredients[0].has_credential);
}

TEST_F(Credentials, OfOtherPicturesDoNotHold) {
  const fs::path a = made("a.png", test::small_png()), b = made("b.png", test::small_png(9));
  sign(a, sidecar_of(a));
  const Verification found = verify_file(*library_, b, sidecar_of(a), {});
  EXPECT_EQ(found.state, State::broken);
  EXPECT_EQ(found.findings[0].part, "the file");
}

TEST_F(Credentials, AreTrustedByTheirOwnRootAlone) {
  const fs::path file = made("a.png", test::small_png());
  sign(file, file);
  const SigningKey other = SigningKey::generate(KeyAlgorithm::es256);
  const CertificateChain others =
      make_home_chain(other.public_key(), {"Anna", "Home"}, 30, std::time(nullptr));
  EXPECT_FALSE(verified(file, {others.anchor_pem(), {}}).trusted);
  EXPECT_EQ(verified(file, {others.anchor_pem(), {}}).state, State::holds);
  EXPECT_TRUE(verified(file, {others.anchor_pem() + chain_.anchor_pem(), {}}).trusted);
  EXPECT_TRUE(verified(file, {{}, chain_.signing_pem()}).trusted);
}

TEST_F(Credentials, WithACertificateThatRanOutAreRefusedOrToldOf) {
  const fs::path file = made("a.png", test::small_png()), out = folder_.path() / "out.png";
  chain_ = make_home_chain(key_.public_key(), {"Anna", ""}, 1, std::time(nullptr) - 10 * 86'400);
  EXPECT_ERROR(sign(file, out), bad_input, HasSubstr("certificate"));
  EXPECT_FALSE(fs::exists(out));
}

TEST_F(Credentials, LeaveNothingHalf) {
  const fs::path cut = made("cut.png", test::small_png().substr(0, 40)),
                 out = made("out.png", "old");
  EXPECT_ERROR(sign(cut, out), bad_input, HasSubstr("cut.png"));
  EXPECT_EQ(read_file(out, most), "old");
  EXPECT_ERROR(sign(folder_.path() / "none.png", out), bad_input, HasSubstr("none.png"));
  EXPECT_ERROR(sign(made("a.png", test::small_png()), folder_.path() / "no" / "out.png"), io,
               HasSubstr("out.png"));
  Statement said = statement();
  said.ingredients.push_back(
      {Ingredient::Relation::input, "gone", "", folder_.path() / "gone.png", false});
  EXPECT_ERROR(sign(folder_.path() / "a.png", out, said), bad_input, HasSubstr("gone.png"));
  EXPECT_EQ(read_file(out, most), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 3);
}

/// Padding, which C2PA leaves unsigned, is passed over; the frame of a box that nothing hashes can
/// be hit once in a while (docs/credentials.md).
TEST_F(Credentials, OfWhichAByteIsChangedDoNotHold) {
  const fs::path file = made("a.png", test::small_png()), copy = folder_.path() / "copy.png";
  sign(file, file);
  const std::string bytes = read_file(file, most);
  RandomStream random(1, "bytes");
  int held = 0;
  for (int i = 0; i < 60; ++i) {
    std::size_t at = 0;
    do at = 1 + random.next() % (bytes.size() - 2);
    while (bytes[at - 1] == 0 && bytes[at] == 0 && bytes[at + 1] == 0);
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ (1 << random.next() % 8));
    write_file(copy, changed);
    Verification found;
    const auto error = atelier::test::error_of([&] { found = verified(copy, own_trust()); });
    if (error) {
      EXPECT_EQ(error->kind(), ErrorKind::bad_input) << error->what();
    }
    if (found.state != State::holds) continue;
    ++held;
    EXPECT_EQ(found.author + found.title + found.licence, "Annaa workCC-BY-4.0") << at;
  }
  EXPECT_LE(held, 2);
}

TEST_F(Credentials, OfHostileFilesAreRefusedInWords) {
  RandomStream random(2, "hostile");
  for (const auto& [name, bytes] : test::small_files()) {
    const fs::path file = made(name, bytes);
    sign(file, file);
    const std::string whole = read_file(file, most);
    for (int i = 0; i < 12; ++i) {
      std::string damaged = whole.substr(0, 1 + random.next() % whole.size());
      if (i % 3 == 1) damaged.insert(random.next() % damaged.size(), 5000, '\xFF');
      if (i % 3 == 2) damaged = whole.substr(0, 24) + damaged;
      write_file(file, damaged);
      const auto error =
          atelier::test::error_of([&] { EXPECT_NE(verified(file).state, State::holds); });
      if (error) {
        EXPECT_EQ(error->kind(), ErrorKind::bad_input) << error->what();
      }
    }
  }
  const fs::path file = made("a.txt", "words");
  for (const std::string& credential :
       {std::string(), std::string("words"), std::string(4096, '\0'), std::string(4096, '\xFF')}) {
    write_file(sidecar_of(file), credential);
    EXPECT_NE(verified(file).state, State::holds);
  }
}

TEST_F(Credentials, NeedTheirLibrary) {
  EXPECT_ERROR(CredentialLibrary(made("c2pa.so", "no library")), missing_capability,
               HasSubstr("cannot be loaded"));
  EXPECT_ERROR(CredentialLibrary(folder_.path() / "none.so"), missing_capability,
               HasSubstr("none.so"));
}

}  // namespace
}  // namespace atelier::provenance
