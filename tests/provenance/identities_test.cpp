// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/identities.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "atelier/base/temporary_folder.hpp"
#include "base/environment.hpp"
#include "base/error_matcher.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 07777;
}

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Secret passphrase(const char* text = "long enough") {
  return Secret(std::string_view(text));
}

class IdentitiesTest : public testing::Test {
 protected:
  TemporaryFolder folder_;
  Identities identities_{folder_.path() / "some" / "identities"};
  const std::function<Secret()> right_ = [] { return passphrase(); };
};

TEST_F(IdentitiesTest, AreKeptForTheirOwnerAlone) {
  const SigningKey key = SigningKey::generate(KeyAlgorithm::ed25519);
  EXPECT_TRUE(identities_.names().empty());
  identities_.add("anna", key, passphrase());
  identities_.add("B.2", SigningKey::generate(KeyAlgorithm::es256), passphrase());
  EXPECT_EQ(identities_.names(), (std::vector<std::string>{"B.2", "anna"}));
  EXPECT_EQ(mode_of(identities_.file_of("anna")), 0600U);
  EXPECT_EQ(mode_of(identities_.file_of("anna").parent_path()), 0700U);
  EXPECT_TRUE(identities_.public_key("anna") == key.public_key());
  const SigningKey back = identities_.unlock("anna", right_);
  EXPECT_EQ(back.sign("x"), key.sign("x"));
  EXPECT_EQ(std::distance(fs::directory_iterator(identities_.file_of("anna").parent_path()), {}),
            2);
}

TEST_F(IdentitiesTest, AreNeverReplaced) {
  identities_.add("anna", SigningKey::generate(KeyAlgorithm::ed25519), passphrase());
  const std::string before = content(identities_.file_of("anna"));
  EXPECT_ERROR(
      (identities_.add("anna", SigningKey::generate(KeyAlgorithm::ed25519), passphrase()), 0),
      invalid_argument, HasSubstr("already"));
  EXPECT_ERROR((write_private_file(identities_.file_of("anna"), "x"), 0), invalid_argument,
               HasSubstr("exists"));
  EXPECT_EQ(content(identities_.file_of("anna")), before);
}

TEST_F(IdentitiesTest, HaveNamesThatLeadNowhere) {
  for (const std::string& bad : {std::string(), std::string("../anna"), std::string("a/b"),
                                 std::string(".anna"), std::string("-anna"), std::string("anna b"),
                                 std::string("\u00e4nna"), std::string(65, 'a')}) {
    EXPECT_ERROR(identities_.file_of(bad), invalid_argument, HasSubstr("cannot name an identity"));
  }
  EXPECT_ERROR(identities_.public_key("nobody"), bad_input, HasSubstr("no identity nobody"));
}

TEST_F(IdentitiesTest, OpenToOthersAreRefused) {
  identities_.add("anna", SigningKey::generate(KeyAlgorithm::ed25519), passphrase());
  const fs::path file = identities_.file_of("anna");
  for (const mode_t mode : {0640U, 0604U, 0602U, 0644U, 0666U}) {
    ::chmod(file.c_str(), mode);
    EXPECT_ERROR(identities_.public_key("anna"), bad_input, HasSubstr("chmod 600"));
    EXPECT_ERROR(identities_.unlock("anna", right_), bad_input, HasSubstr("open to other users"));
  }
  ::chmod(file.c_str(), 0400);
  (void)identities_.unlock("anna", right_);
  ::chmod(file.parent_path().c_str(), 0755);
  EXPECT_ERROR(identities_.unlock("anna", right_), bad_input, HasSubstr("chmod 700"));
  EXPECT_ERROR(identities_.names(), bad_input, HasSubstr("chmod 700"));
}

TEST_F(IdentitiesTest, OfAnotherUserAreRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  identities_.add("anna", SigningKey::generate(KeyAlgorithm::ed25519), passphrase());
  ASSERT_EQ(::chown(identities_.file_of("anna").c_str(), 65534, 65534), 0);
  EXPECT_ERROR(identities_.unlock("anna", right_), bad_input, HasSubstr("another user"));
}

TEST_F(IdentitiesTest, DamagedOrWithAWrongPassphraseAreRefused) {
  const SigningKey key = SigningKey::generate(KeyAlgorithm::ed25519);
  identities_.add("anna", key, passphrase());
  const fs::path file = identities_.file_of("anna");
  EXPECT_ERROR(identities_.unlock("anna", [] { return passphrase("long enough?"); }), bad_input,
               HasSubstr("wrong"));
  const std::string whole = content(file);
  const auto put = [&](const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
  };
  for (std::size_t size = 0; size < whole.size(); size += 29) {
    put(whole.substr(0, size));
    EXPECT_ERROR(identities_.unlock("anna", right_), bad_input, HasSubstr("anna.pem"));
  }
  put(whole.substr(0, whole.find("-----BEGIN PUBLIC")) +
      SigningKey::generate(KeyAlgorithm::ed25519).public_key().to_pem());
  EXPECT_ERROR(identities_.unlock("anna", right_), bad_input, HasSubstr("is damaged"));
  put(std::string(70'000, 'x'));
  EXPECT_ERROR(identities_.unlock("anna", right_), bad_input, HasSubstr("65536"));
}

using SlowIdentitiesTest = IdentitiesTest;

TEST_F(SlowIdentitiesTest, EveryChangedByteIsRefusedOrHarmless) {
  const SigningKey key = SigningKey::generate(KeyAlgorithm::ed25519);
  identities_.add("anna", key, passphrase());
  const fs::path file = identities_.file_of("anna");
  const std::string whole = content(file);
  for (std::size_t i = 0; i < whole.size(); i += 5) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 2);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << changed;
    try {
      EXPECT_EQ(identities_.unlock("anna", right_).sign("x"), key.sign("x")) << i;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input) << i;
    }
  }
}

TEST(Passphrase, ComesFromTheFirstLineOfAPrivateFile) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "passphrase";
  for (const auto& [text, meant] :
       {std::pair<std::string, std::string>{"twelve bytes\n", "twelve bytes"},
        {"twelve bytes", "twelve bytes"},
        {"twelve bytes\r\nmore\n", "twelve bytes"}}) {
    std::ofstream(file) << text;
    ::chmod(file.c_str(), 0600);
    EXPECT_EQ(passphrase_from_file(file).view(), meant);
  }
  for (const std::string& bad :
       {std::string(), std::string("short"), std::string("with\ttab inside"),
        std::string("\nafter an empty line"), std::string(1025, 'x')}) {
    std::ofstream(file) << bad;
    EXPECT_ERROR(passphrase_from_file(file), bad_input, HasSubstr("passphrase"));
  }
  std::ofstream(file) << "twelve bytes";
  ::chmod(file.c_str(), 0644);
  EXPECT_ERROR(passphrase_from_file(file), bad_input, HasSubstr("chmod 600"));
  EXPECT_ERROR(passphrase_from_file(folder.path()), bad_input, HasSubstr("is a folder"));
  EXPECT_ERROR(passphrase_from_file(folder.path() / "none"), bad_input,
               HasSubstr("cannot be read"));
}

TEST(Passphrase, ComesFromTheEnvironment) {
  const atelier::test::Variable variable("ATELIER_TEST_PASSPHRASE");
  variable.set("twelve bytes");
  EXPECT_EQ(passphrase_from_environment("ATELIER_TEST_PASSPHRASE").view(), "twelve bytes");
  variable.set("short");
  EXPECT_ERROR(passphrase_from_environment("ATELIER_TEST_PASSPHRASE"), bad_input,
               HasSubstr("8..1024"));
  variable.clear();
  EXPECT_ERROR(passphrase_from_environment("ATELIER_TEST_PASSPHRASE"), bad_input,
               HasSubstr("not set"));
}

TEST(SecretTest, IsWipedWhenItIsShortened) {
  Secret secret(std::string_view("something"));
  const char* bytes = secret.data();
  secret.shorten(4);
  EXPECT_EQ(secret.view(), "some");
  EXPECT_EQ(std::string_view(bytes + 4, 5), std::string_view("\0\0\0\0\0", 5));
  Secret moved = std::move(secret);
  EXPECT_EQ(moved.view(), "some");
  EXPECT_EQ(moved.data(), bytes);
}

}  // namespace
}  // namespace atelier::provenance
