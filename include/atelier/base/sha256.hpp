// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

struct evp_md_ctx_st;

namespace atelier {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces, as bytes. One object serves any number of
/// digests, one after the other: beginning one costs little. digest.hpp has it as text.
class Sha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(std::span<const std::byte> bytes);
  void update(std::string_view bytes) { update(std::as_bytes(std::span(bytes))); }

  /// The digest of all that came since the last one. Begins the next.
  [[nodiscard]] Digest finish();

 private:
  evp_md_ctx_st* context_;
};

}  // namespace atelier
