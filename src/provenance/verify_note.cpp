// SPDX-License-Identifier: Apache-2.0
#include <openssl/err.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/provenance/merkle.hpp"
#include "atelier/provenance/verifier_key.hpp"
#include "provenance/ed25519.hpp"
#include "provenance/openssl_handles.hpp"

namespace atelier::provenance {
namespace {

constexpr std::size_t time_bytes = 8;

/// The time of a cosignature, which stands in front of the signature proper; nothing when there is
/// no such time.
std::optional<std::uint64_t> time_of(std::string_view bytes) {
  if (bytes.size() < time_bytes) return std::nullopt;
  std::uint64_t time = 0;
  for (std::size_t i = 0; i < time_bytes; ++i)
    time = (time << 8) | static_cast<unsigned char>(bytes[i]);
  return time > max_tree_size ? std::nullopt : std::optional(time);  // both end at 2^63 - 1
}

/// Nothing when the signature does not hold.
std::optional<VerifiedSignature> verified(const VerifierKey& key, std::string_view text,
                                          std::string_view bytes) {
  VerifiedSignature result{.key = key, .time = {}};
  std::string message(text);
  if (key.type == VerifierKey::Type::witness) {
    result.time = time_of(bytes);
    if (!result.time) return std::nullopt;
    message = cosigned_message(text, *result.time);
    bytes.remove_prefix(time_bytes);
  }
  if (!ed25519_holds(key.key, message, bytes)) return std::nullopt;
  return result;
}

}  // namespace

bool ed25519_holds(std::span<const std::uint8_t, 32> key, std::string_view message,
                   std::string_view signature) {
  const Pkey known(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  const DigestContext context(EVP_MD_CTX_new());
  const bool holds =
      known && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, known.get()) == 1 &&
      EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                       message.size()) == 1;
  ERR_clear_error();
  return holds;
}

std::vector<VerifiedSignature> verified_signatures(const Note& note,
                                                   std::span<const VerifierKey> keys,
                                                   std::string_view what) {
  std::vector<VerifiedSignature> result;
  for (const NoteSignature& signature : note.signatures) {
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const VerifierKey& known) {
      return known.name == signature.name && known.id() == signature.key_id;
    });
    if (key == keys.end()) continue;
    const std::optional<VerifiedSignature> one = verified(*key, note.text, signature.bytes);
    if (!one) {
      fail(ErrorKind::bad_input,
           "{} is forged or damaged: the signature of {} does not hold; do not trust it.", what,
           signature.name);
    }
    result.push_back(*one);
  }
  return result;
}

}  // namespace atelier::provenance
