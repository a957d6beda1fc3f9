// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/policy.hpp"

#include <gtest/gtest.h>

#include <map>

#include "atelier/provenance/signing_key.hpp"
#include "base/error_matcher.hpp"
#include "provenance/known_keys.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;
using Type = VerifierKey::Type;

SigningKey numbered_key(int i) {
  return test::key_of_seed(std::string(32, static_cast<char>(i)));
}

VerifierKey witness(int i) {
  return numbered_key(i).public_key().verifier("w" + std::to_string(i), Type::witness);
}

constexpr const char* origin = "example.org/log";

TreeHead head() {
  return {.origin = origin, .size = 1, .root = leaf_hash("x"), .extensions = {}};
}

/// A checkpoint that the log (key 100) and some witnesses signed.
std::string checkpoint(const std::vector<int>& witnesses, std::uint64_t time = 1000) {
  static const std::string signed_head =
      to_text(Note{to_text(head()), {sign_note(to_text(head()), origin, numbered_key(100))}});
  static std::map<std::pair<int, std::uint64_t>, std::string> cosignatures;
  std::string text = signed_head;
  for (const int i : witnesses) {
    std::string& line = cosignatures[{i, time}];
    if (line.empty()) {
      line = to_text(cosign_note(to_text(head()), "w" + std::to_string(i), numbered_key(i), time));
    }
    text += line;
  }
  return text;
}

std::string log_line() {
  return "log " + to_text(numbered_key(100).public_key().verifier(origin, Type::log)) + "\n";
}
std::string witness_line(int i) {
  return "witness W" + std::to_string(i) + " " + to_text(witness(i)) + "\n";
}

bool meets(const TrustPolicy& policy, const std::vector<int>& witnesses) {
  try {
    return policy.trusted(checkpoint(witnesses), "it").head == head();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("witnesses enough"));
    return false;
  }
}

// The example of C2SP tlog-policy: two of three X, and any of three Y.
TEST(TrustPolicy, IsTheSpecificationsExample) {
  std::string text = "# an example\n\n \t\n" + log_line();
  for (int i = 1; i <= 6; ++i) text += witness_line(i);
  text +=
      "group X-witnesses 2 W1 W2 W3\ngroup\tY-witnesses any  W4 W5 W6 \n"
      "  group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n";
  const TrustPolicy policy = TrustPolicy::parse(text, "it");
  for (int mask = 0; mask < 64; ++mask) {
    std::vector<int> witnesses;
    for (int i = 0; i < 6; ++i) {
      if ((mask >> i & 1) != 0) witnesses.push_back(i + 1);
    }
    const int x = (mask & 1) + (mask >> 1 & 1) + (mask >> 2 & 1);
    EXPECT_EQ(meets(policy, witnesses), x >= 2 && mask >> 3 != 0) << mask;
  }
}

TEST(TrustPolicy, OfKeysCountsWitnesses) {
  const std::vector<VerifierKey> logs{numbered_key(100).public_key().verifier(origin, Type::log)};
  const TrustPolicy two = TrustPolicy::of(logs, {witness(1), witness(2), witness(3)}, 2);
  EXPECT_FALSE(meets(two, {}));
  EXPECT_FALSE(meets(two, {3}));
  EXPECT_FALSE(meets(two, {1, 1}));
  EXPECT_FALSE(meets(two, {1, 4}));
  EXPECT_TRUE(meets(two, {1, 3}));
  EXPECT_TRUE(meets(TrustPolicy::of(logs, {}, 0), {}));
  EXPECT_ERROR(TrustPolicy::of(logs, {witness(1)}, 2), invalid_argument, HasSubstr("quorum of 2"));
  EXPECT_ERROR(TrustPolicy::of(logs, {witness(1), witness(1)}, 1), invalid_argument,
               HasSubstr("twice"));
  EXPECT_ERROR(TrustPolicy::of({witness(1)}, {}, 0), invalid_argument,
               HasSubstr("key of a witness"));
  EXPECT_ERROR(TrustPolicy::of({}, logs, 0), invalid_argument, HasSubstr("key of a log"));
}

TEST(TrustPolicy, TellsTheLatestWordOfEachWitness) {
  const std::vector<VerifierKey> logs{numbered_key(100).public_key().verifier(origin, Type::log)};
  const std::string twice = checkpoint({1}, 2000) +
                            to_text(cosign_note(to_text(head()), "w1", numbered_key(1), 3000)) +
                            to_text(cosign_note(to_text(head()), "w1", numbered_key(1), 1000));
  const TrustedHead trusted = TrustPolicy::of(logs, {witness(1)}, 1).trusted(twice, "it");
  ASSERT_EQ(trusted.cosignatures.size(), 1U);
  EXPECT_EQ(trusted.cosignatures[0].time, 3000U);
  EXPECT_EQ(trusted.log, logs[0]);
}

TEST(TrustPolicy, BelievesNoOtherLog) {
  const TrustPolicy other =
      TrustPolicy::of({numbered_key(101).public_key().verifier(origin, Type::log)}, {}, 0);
  EXPECT_ERROR(other.trusted(checkpoint({}), "it"), bad_input, HasSubstr("not signed by a log"));
  // A log that is trusted under its own name has no say about another's origin.
  const SigningKey key = numbered_key(102);
  const TrustPolicy named = TrustPolicy::of({key.public_key().verifier("other", Type::log)}, {}, 0);
  const std::string note =
      to_text(Note{to_text(head()), {sign_note(to_text(head()), "other", key)}});
  EXPECT_ERROR(named.trusted(note, "it"), bad_input, HasSubstr("not signed by a log"));
}

TEST(TrustPolicy, WhatIsNoneIsRefusedInASentence) {
  const std::string start = log_line() + witness_line(1) + witness_line(2);
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"", "quorum"},
           {start, "quorum"},
           {start + "quorum none", "does not end"},
           {start + "quorum none\nquorum none\n", "line 5"},
           {start + "quorum W3\n", "W3 is no witness"},
           {start + "group G any W1\nquorum G\ngroup H any W1\n", "W1 is a member already"},
           {start + "group G any G\nquorum none\n", "G is no witness"},
           {start + "group G any\nquorum none\n", "line 4"},
           {start + "group G 0 W1\nquorum none\n", "a group needs"},
           {start + "group G 3 W1 W2\nquorum none\n", "a group needs"},
           {start + "group G 01 W1 W2\nquorum none\n", "a group needs"},
           {start + "group G some W1 W2\nquorum none\n", "a group needs"},
           {start + "group W1 any W2\nquorum none\n", "the name W1 is taken"},
           {start + "group none any W2\nquorum none\n", "the name none is taken"},
           {start + log_line() + "quorum none\n", "named twice"},
           {start + "witness W9 " + to_text(witness(1)) + "\nquorum none\n", "named twice"},
           {"log " + to_text(witness(1)) + "\nquorum none\n", "key of a witness"},
           {"log nonsense\nquorum none\n", "no verifier key"},
           {"witness W1\nquorum none\n", "line 1"},
           {"nonsense\n", "line 1"},
           {"quorum none\r\n", "control characters"},
           {std::string("quorum none\0\n", 13), "control characters"},
           {std::string(1'000'001, '\n'), "1 MB"}}) {
    EXPECT_ERROR(TrustPolicy::parse(text, "it"), bad_input, HasSubstr(why));
  }
  (void)TrustPolicy::parse("quorum none\n", "it");
}

}  // namespace
}  // namespace atelier::provenance
