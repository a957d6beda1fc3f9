// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/note.hpp"

#include <gtest/gtest.h>

#include "atelier/provenance/checkpoint.hpp"
#include "atelier/provenance/verifier_key.hpp"
#include "base/error_matcher.hpp"
#include "provenance/known_keys.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;
using namespace test;

std::string signed_thought() {
  return std::string(thought) + "\n" + std::string(peter_signature) + std::string(enoch_signature);
}

std::vector<VerifiedSignature> verified(const std::string& bytes,
                                        const std::vector<std::string_view>& vkeys) {
  std::vector<VerifierKey> keys;
  for (const std::string_view key : vkeys) keys.push_back(parse_verifier_key(key));
  return verified_signatures(parse_note(bytes, "it"), keys, "it");
}

TEST(Note, IsReadWrittenAndVerifiedAsGoDoes) {
  const Note note = parse_note(signed_thought(), "it");
  EXPECT_EQ(note.text, thought);
  ASSERT_EQ(note.signatures.size(), 2U);
  EXPECT_EQ(note.signatures[0].name, "PeterNeumann");
  EXPECT_EQ(note.signatures[0].key_id, 0xc74f20a3U);
  EXPECT_EQ(note.signatures[1].key_id, 0xaf0cfe78U);
  EXPECT_EQ(to_text(note), signed_thought());
  const auto signatures = verified(signed_thought(), {peter_vkey, enoch_vkey});
  ASSERT_EQ(signatures.size(), 2U);
  EXPECT_EQ(signatures[1].key.name, "EnochRoot");
  EXPECT_EQ(verified(signed_thought(), {peter_vkey}).size(), 1U);
  EXPECT_TRUE(verified(signed_thought(), {}).empty());
}

TEST(Note, IsSignedAsGoSigns) {
  EXPECT_EQ(to_text(Note{std::string(thought), {sign_note(thought, "PeterNeumann", peter_key())}}),
            std::string(thought) + "\n" + std::string(peter_signature));
  EXPECT_EQ(to_text(peter_key().public_key().verifier("PeterNeumann", VerifierKey::Type::log)),
            peter_vkey);
}

// C2SP signed-note's own example: text with an empty line in it.
TEST(Note, TextEndsAtTheLastEmptyLine) {
  const std::string poem =
      "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned \u00e8 subito "
      "sera.\n";
  const std::string signature =
      "\u2014 quasimodo.example/salvatore "
      "NnugSzTjtVAewIS+Z/iJhUPeFDkO/"
      "5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
  const Note note = parse_note(poem + "\n" + signature, "it");
  EXPECT_EQ(note.text, poem);
  EXPECT_EQ(note.signatures[0].name, "quasimodo.example/salvatore");
  EXPECT_EQ(note.signatures[0].key_id, 0x367ba04bU);
}

TEST(Note, NoChangedByteIsBelieved) {
  const std::string whole = std::string(thought) + "\n" + std::string(peter_signature);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int change : {1, 0x20, 0x80}) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ change);
      std::size_t believed = 0;
      try {
        believed = verified(changed, {peter_vkey}).size();
      } catch (const Error&) {
      }
      // Changed names and IDs are those of keys that nobody knows.
      ASSERT_EQ(believed, 0U) << "byte " << i;
    }
  }
}

TEST(Note, WhatIsNoneIsRefusedInASentence) {
  const std::string text(thought), sig(peter_signature);
  const std::string em = "\u2014 ";
  for (const auto& [bytes, why] : std::vector<std::pair<std::string, std::string>>{
           {"", "no empty line"},
           {text, "no empty line"},
           {text + "\n", "nobody signed"},
           {text + "\n" + sig.substr(0, sig.size() - 1), "does not end"},
           {"\x01" + text + "\n" + sig, "control character"},
           {text + "\r\n" + sig, "control character"},
           {"\xff" + text + "\n" + sig, "no UTF-8"},
           {std::string("a\0b", 3) + text + "\n" + sig, "control character"},
           {text + "\n" + em + "Bad Name x08go/ZJkuBS\n", "no signature"},
           {text + "\n" + em + "bad+name x08go/ZJkuBS\n", "no signature"},
           {text + "\n" + em + "bad\u00a0name x08go/ZJkuBS\n", "no signature"},
           {text + "\n" + em + "bad\u3000name x08go/ZJkuBS\n", "no signature"},
           {text + "\n" + em + " x08go/ZJkuBS\n", "no signature"},
           {text + "\n" + em + "name x08g\n",
            "no signature"},  // four bytes: no signature after the ID
           {text + "\n" + em + "name x08go/Z!kuBS\n", "no signature"},
           {text + "\n" + em + "name x08go/ZJkuBS \n", "no signature"},
           {text + "\n- name x08go/ZJkuBS\n", "no signature"},
           {text + "\n" + sig + "Unexpected line.\n", "no signature"},
           {std::string(max_note_bytes + 1, 'x'), "more than 1000000"}}) {
    EXPECT_ERROR(parse_note(bytes, "it"), bad_input,
                 testing::AllOf(HasSubstr("it is no signed note"), HasSubstr(why)));
  }
  std::string many = text + "\n";
  for (std::size_t i = 0; i < max_note_signatures; ++i) many += sig;
  EXPECT_EQ(parse_note(many, "it").signatures.size(), max_note_signatures);
  EXPECT_ERROR(parse_note(many + sig, "it"), bad_input, HasSubstr("more than 100 signatures"));
}

TEST(Note, AForgedSignatureSpoilsTheWholeNote) {
  std::string forged(peter_signature);
  forged.insert(60, "ABCD");
  EXPECT_ERROR(verified(std::string(thought) + "\n" + std::string(enoch_signature) + forged,
                        {peter_vkey, enoch_vkey}),
               bad_input, HasSubstr("the signature of PeterNeumann does not hold"));
}

TEST(VerifierKey, ReadsGoesAndRefusesWhatGoRefuses) {
  EXPECT_EQ(to_text(parse_verifier_key(peter_vkey)), peter_vkey);
  // golang.org/x/mod/sumdb/note, TestNewVerifier: every piece that is missing or cut.
  const std::string key(peter_vkey);
  for (std::size_t i = 0; i < key.size(); ++i) {
    EXPECT_ERROR(parse_verifier_key(key.substr(0, i)), bad_input, HasSubstr("no verifier key"));
    EXPECT_ERROR(parse_verifier_key(key.substr(i + 1)), bad_input, HasSubstr("no verifier key"));
  }
  for (const char* bad :
       {"PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+0c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}) {
    EXPECT_ERROR(parse_verifier_key(bad), bad_input, HasSubstr("no verifier key"));
  }
}

// What github.com/transparency-dev/formats v0.1.1 signed with the key of an all-zero seed.
constexpr std::string_view sofa =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
constexpr std::string_view witness_vkey =
    "witness.example/w1+e42b2f2c+BDtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
constexpr std::string_view witness_line =
    "\u2014 witness.example/w1 "
    "5CsvLAAAAABrDBtKykT7eoG5qgvB0HGCwuJEAY9VBc6bixsCpbYRNfcaZ8kobBQUWvfEV7QrNoNdW/"
    "hoDWGlkbe1ECSEMJNDQZcwCA==\n";
constexpr std::uint64_t witness_time = 0x6b0c1b4a;

TEST(Cosignature, IsThatOfAnotherImplementation) {
  const std::string whole = std::string(sofa) + "\n" + std::string(witness_line);
  const auto signatures = verified(whole, {witness_vkey});
  ASSERT_EQ(signatures.size(), 1U);
  EXPECT_EQ(signatures[0].time, witness_time);
  const SigningKey key = key_of_seed(std::string(32, '\0'));
  EXPECT_EQ(to_text(cosign_note(sofa, "witness.example/w1", key, witness_time)), witness_line);
  EXPECT_EQ(to_text(key.public_key().verifier("witness.example/w1", VerifierKey::Type::witness)),
            witness_vkey);
}

TEST(Cosignature, SignsTheTimeToo) {
  const Note note = parse_note(std::string(sofa) + "\n" + std::string(witness_line), "it");
  const std::vector<VerifierKey> keys{parse_verifier_key(witness_vkey)};
  for (std::size_t i = 0; i < note.signatures[0].bytes.size(); ++i) {
    Note changed = note;
    changed.signatures[0].bytes[i] = static_cast<char>(changed.signatures[0].bytes[i] ^ 1);
    EXPECT_ERROR(verified_signatures(changed, keys, "it"), bad_input, HasSubstr("does not hold"));
  }
  for (const std::size_t size : {1, 7, 8, 71, 73}) {
    Note changed = note;
    changed.signatures[0].bytes.resize(size);
    EXPECT_ERROR(verified_signatures(changed, keys, "it"), bad_input, HasSubstr("does not hold"));
  }
}

// The example of C2SP tlog-cosignature tells the time that stands in its signature.
TEST(Cosignature, HasTheTimeWhereTheSpecificationHasIt) {
  const Note note =
      parse_note(std::string(sofa) +
                     "\n\u2014 example.com/behind-the-sofa "
                     "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
                     "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
                     "\u2014 witness.example.com/w1 "
                     "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/"
                     "zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n",
                 "it");
  ASSERT_EQ(note.signatures.size(), 2U);
  EXPECT_EQ(note.signatures[0].bytes.size(), 64U);
  EXPECT_EQ(note.signatures[1].bytes.size(), 72U);
  std::uint64_t time = 0;
  for (std::size_t i = 0; i < 8; ++i)
    time = (time << 8) | static_cast<unsigned char>(note.signatures[1].bytes[i]);
  EXPECT_EQ(time, 1679315147U);
  EXPECT_EQ(cosigned_message(note.text, time),
            "cosignature/v1\ntime 1679315147\n" + std::string(sofa));
}

TEST(Checkpoint, IsTheSpecifications) {
  const TreeHead head = parse_tree_head(sofa, "it");
  EXPECT_EQ(head.origin, "example.com/behind-the-sofa");
  EXPECT_EQ(head.size, 20852163U);
  EXPECT_EQ(to_text(head), sofa);
  const TreeHead more = parse_tree_head(std::string(sofa) + "one\ntwo\n", "it");
  EXPECT_EQ(more.extensions, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(to_text(more), std::string(sofa) + "one\ntwo\n");
  EXPECT_EQ(to_text(TreeHead{.origin = "o", .size = 0, .root = empty_root(), .extensions = {}}),
            "o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
}

TEST(Checkpoint, WhatIsNoneIsRefusedInASentence) {
  const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"", "names no log"},
           {"\n1\n" + root + "\n", "names no log"},
           {"o", "names no log"},
           {"o\n", "number of entries"},
           {"o\n01\n" + root + "\n", "number of entries"},
           {"o\n-1\n" + root + "\n", "number of entries"},
           {"o\n+1\n" + root + "\n", "number of entries"},
           {"o\n1 \n" + root + "\n", "number of entries"},
           {"o\n9223372036854775808\n" + root + "\n", "number of entries"},
           {"o\n99999999999999999999999999999999\n" + root + "\n", "number of entries"},
           {"o\n1\n" + root, "SHA-256"},
           {"o\n1\n" + root.substr(4) + "\n", "SHA-256"},
           {"o\n1\nAAAA\n", "SHA-256"},
           {"o\n1\n" + root + root + "\n", "SHA-256"},
           {"o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", "SHA-256"},
           {"o\n0\n" + root + "\n", "not that of none"},
           {"o\n1\n" + root + "\n\n", "empty"},
           {"o\n1\n" + root + "\nx", "does not end"}}) {
    EXPECT_ERROR(parse_tree_head(text, "it"), bad_input,
                 testing::AllOf(HasSubstr("it is no checkpoint"), HasSubstr(why)));
  }
  EXPECT_EQ(parse_tree_head("o\n9223372036854775807\n" + root + "\n", "it").size, max_tree_size);
}

TEST(Checkpoint, AnOriginCanBeAKeysName) {
  EXPECT_TRUE(is_origin("example.org/catalogue"));
  for (const char* bad : {"", "two words", "a+b", "cosignature/v1", "line\nbreak", "\xff", "tab\t"})
    EXPECT_FALSE(is_origin(bad)) << bad;
  EXPECT_FALSE(is_origin(std::string(256, 'a')));
}

}  // namespace
}  // namespace atelier::provenance
