// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/proof_file.hpp"

#include <gtest/gtest.h>

#include "base/error_matcher.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;

constexpr std::string_view hash_lines =
    "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n"
    "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n";
constexpr std::string_view note =
    "example.com/fancylog\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n\u2014 x "
    "AAAAAAAA\n";

std::string proof_text(const std::string& middle) {
  return std::string(proof_file_title) + "\n" + middle + "\n" + std::string(note);
}

TEST(ProofFile, IsTheSpecifications) {
  // C2SP tlog-proof's example, shortened, and its extra line mended: the specification's is cut
  // off.
  const std::string text = proof_text(
      "extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6\nindex 73894\n" + std::string(hash_lines));
  const ProofFile proof = parse_proof_file(text, "it");
  EXPECT_EQ(proof.extra, "age-v1.2.1-darwin-arm64.tar.gz");
  EXPECT_EQ(proof.index, 73894U);
  EXPECT_EQ(proof.path.size(), 2U);
  EXPECT_EQ(proof.path[0][0], 0x81);
  EXPECT_EQ(proof.checkpoint, note);
  EXPECT_EQ(to_text(proof), text);
  const ProofFile least = parse_proof_file(proof_text("index 0\n"), "it");
  EXPECT_EQ(least.extra, "");
  EXPECT_EQ(to_text(least), proof_text("index 0\n"));
}

TEST(ProofFile, WhatIsNoneIsRefusedInASentence) {
  const std::string hash = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n";
  std::string many = "index 1\n";
  for (std::size_t i = 0; i <= max_proof_hashes; ++i) many += hash;
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"", "first line"},
           {"c2sp.org/tlog-proof@v2\nindex 0\n\nx", "first line"},
           {"c2sp.org/tlog-proof@v1", "first line"},
           {proof_text(""), "index"},
           {proof_text("index\n"), "index"},
           {proof_text("index 01\n"), "index"},
           {proof_text("index -1\n"), "index"},
           {proof_text("index 99999999999999999999\n"), "index"},
           {proof_text("index 1"), "hashes"},
           {proof_text("extra !!!!\nindex 1\n"), "extra"},
           {proof_text("extra \nindex 1\n"), "extra"},
           {proof_text("extra YWJj\nextra YWJj\nindex 1\n"), "index"},
           {proof_text("index 1\nextra YWJj\n"), "hashes"},
           {proof_text("index 1\nAAAA\n"), "hashes"},
           {proof_text("index 1\n" + hash.substr(1)), "hashes"},
           {proof_text("index 1\n" + hash.substr(0, 40) + "\n" + hash), "hashes"},
           {proof_text(many), "63"},
           {std::string(proof_file_title) + "\nindex 1\n" + hash, "empty line"},
           {std::string(proof_file_title) + "\nindex 1\n\n", "ends before"},
           {std::string(max_proof_bytes + 1, 'x'), "more than 2000000"}}) {
    EXPECT_ERROR(parse_proof_file(text, "it"), bad_input,
                 testing::AllOf(HasSubstr("it is no proof"), HasSubstr(why)));
  }
}

TEST(GrowthProof, IsTheSpecifications) {
  // C2SP tlog-witness's example.
  const std::string text =
      "old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
      "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
      "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
      "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\n" +
      std::string(note);
  const GrowthProof proof = parse_growth_proof(text, "it");
  EXPECT_EQ(proof.old_size, 20852014U);
  EXPECT_EQ(proof.proof.size(), 4U);
  EXPECT_EQ(proof.checkpoint, note);
  EXPECT_EQ(to_text(proof), text);
  for (const std::string bad :
       {"", "old", "old \n\nx", "old 1", "old 1\n", "old 1\n\n", "old 1\nAAAA\n\nx", "old 01\n\nx",
        "old 0\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n\nx"}) {
    EXPECT_ERROR(parse_growth_proof(bad, "it"), bad_input, HasSubstr("it is no proof of growth"));
  }
}

}  // namespace
}  // namespace atelier::provenance
