// SPDX-License-Identifier: Apache-2.0
#include "provenance/credentials/findings.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "provenance/credentials/definition.hpp"
#include "provenance/credentials/json_text.hpp"
#include "provenance/credentials/plain_text.hpp"

namespace atelier::provenance {
namespace {

struct Meaning {
  std::string_view begins, text;
};

/// Labels of assertions by what they begin with.
constexpr std::array parts{
    Meaning{"c2pa.hash.", "the file"},
    Meaning{"c2pa.actions", "what was done"},
    Meaning{"c2pa.ingredient", "an ingredient"},
    Meaning{"cawg.metadata", "author and licence"},
    Meaning{"cawg.training-mining", "the word on training"},
    Meaning{recipe_label, "the recipe"},
    Meaning{"c2pa.signature", "the signature"},
    Meaning{"c2pa.claim", "the claim"},
};

/// Status codes of C2PA 2.2, "Validation". {} is the part.
constexpr std::array meanings{
    Meaning{"assertion.dataHash.mismatch", "the file was changed after it was signed"},
    Meaning{"assertion.bmffHash.mismatch", "the file was changed after it was signed"},
    Meaning{"assertion.boxesHash.mismatch", "the file was changed after it was signed"},
    Meaning{"assertion.collectionHash.mismatch", "the file was changed after it was signed"},
    Meaning{"assertion.hashedURI.mismatch", "{} was changed after it was signed"},
    Meaning{"assertion.missing", "{} was taken away after it was signed"},
    Meaning{"assertion.undeclared", "{} was added after it was signed"},
    Meaning{"claimSignature.mismatch", "the signature is not that of this claim"},
    Meaning{"claimSignature.missing", "the signature is missing"},
    Meaning{"claimSignature.outsideValidity",
            "the certificate had run out when it was signed, or did not hold yet"},
    Meaning{"signingCredential.expired", "the certificate has run out, or does not hold yet"},
    Meaning{"signingCredential.invalid", "the certificate is not one that may sign credentials"},
    Meaning{"signingCredential.revoked", "the certificate was revoked"},
    Meaning{"claim.missing", "the claim is missing"},
    Meaning{"claim.multiple", "there is more than one claim"},
    Meaning{"claim.", "the claim is damaged"},
    Meaning{"manifest.", "the credential is put together wrongly"},
    Meaning{"hardBindings.", "nothing binds the credential to this file"},
    Meaning{"ingredient.manifest.mismatch", "the credential of an ingredient was changed"},
};

template <std::size_t count>
std::string_view meaning_of(const std::array<Meaning, count>& table, std::string_view key) {
  for (const Meaning& meaning : table) {
    if (key.starts_with(meaning.begins)) return meaning.text;
  }
  return {};
}

/// "self#jumbf=/c2pa/urn:.../c2pa.assertions/c2pa.actions.v2" becomes what its last name stands
/// for.
std::string part_of(std::string_view url) {
  const std::string_view label = url.substr(url.rfind('/') == url.npos ? 0 : url.rfind('/') + 1);
  const std::string_view part = meaning_of(parts, label);
  if (part.empty()) return label.empty() ? "the credential" : plain_line(label);
  const std::size_t number = label.rfind("__");
  if (part != "an ingredient") return std::string(part);
  return fmt::format("ingredient {}",
                     number == label.npos ? 1 : std::atoi(label.data() + number + 2) + 1);
}

}  // namespace

std::vector<Finding> findings_in(const nlohmann::json& failures) {
  std::vector<Finding> findings;
  if (!failures.is_array()) return findings;
  for (const auto& failure : failures) {
    const std::string code = text_in(failure, "code");
    if (code == untrusted_code) continue;
    Finding finding{code, part_of(text_in(failure, "url")), {}};
    const std::string_view known = meaning_of(meanings, code);
    finding.sentence = known.empty() ? text_in(failure, "explanation")
                                     : fmt::format(fmt::runtime(known), finding.part);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace atelier::provenance
