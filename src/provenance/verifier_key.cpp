// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/verifier_key.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/base64.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/sha256.hpp"

namespace atelier::provenance {
namespace {

constexpr std::size_t longest_name = 1000;  // bytes

std::string encoded(const VerifierKey& key) {
  return static_cast<char>(key.type) + std::string(as_text(key.key));
}

}  // namespace

std::uint32_t VerifierKey::id() const {
  Sha256 hash;
  hash.update(name);
  hash.update("\n");
  hash.update(encoded(*this));
  const Sha256::Digest digest = hash.finish();
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < 4; ++i) id = (id << 8) | digest[i];
  return id;
}

VerifierKey parse_verifier_key(std::string_view text) {
  const auto refuse = [&](std::string_view why) {
    const std::string_view shown = text.substr(0, 200);
    fail(ErrorKind::bad_input,
         "'{}' is no verifier key (NAME+ID+BASE64): {}; copy the whole line that `atelier identity "
         "show` or `atelier ledger show` prints.",
         shown, why);
  };
  const std::size_t first = text.find('+');
  const std::size_t second = first == text.npos ? text.npos : text.find('+', first + 1);
  if (second == text.npos) refuse("it has no three parts");
  VerifierKey key{.name = std::string(text.substr(0, first))};
  if (!is_key_name(key.name) || key.name.size() > longest_name) refuse("its name is none");
  const std::optional<std::string> bytes = from_base64(text.substr(second + 1));
  if (!bytes || bytes->size() != 1 + key.key.size())
    refuse("its last part is no base64 of a type and an Ed25519 key");
  key.type = static_cast<VerifierKey::Type>((*bytes)[0]);
  if (key.type != VerifierKey::Type::log && key.type != VerifierKey::Type::witness) {
    refuse(fmt::format("its type is {:#04x}, and 0x01 and 0x04 are known",
                       static_cast<unsigned>((*bytes)[0]) & 255));
  }
  std::copy(bytes->begin() + 1, bytes->end(), key.key.begin());
  if (text.substr(first + 1, second - first - 1) != fmt::format("{:08x}", key.id()))
    refuse("its ID is not that of its name and key");
  return key;
}

std::string to_text(const VerifierKey& key) {
  return fmt::format("{}+{:08x}+{}", key.name, key.id(), to_base64(encoded(key)));
}

std::string cosigned_message(std::string_view note_text, std::uint64_t time) {
  return fmt::format("cosignature/v1\ntime {}\n{}", time, note_text);
}

}  // namespace atelier::provenance
