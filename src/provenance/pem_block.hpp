// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>

namespace atelier::provenance {

/// One block of a PEM text (RFC 7468), decoded; its bytes are wiped at the end.
class PemBlock {
 public:
  /// The first block with one of these labels; null when there is none, or a damaged one comes
  /// first. OpenSSL's readers of whole keys are not used, since they ask the terminal for
  /// passphrases of blocks that come before.
  [[nodiscard]] static std::unique_ptr<PemBlock> find(
      std::string_view pem, std::initializer_list<std::string_view> labels);

  PemBlock() = default;
  ~PemBlock();
  PemBlock(const PemBlock&) = delete;
  PemBlock& operator=(const PemBlock&) = delete;

  [[nodiscard]] bool is(std::string_view label) const { return label == label_; }
  [[nodiscard]] const unsigned char* data() const { return data_; }
  [[nodiscard]] long size() const { return size_; }

 private:
  char* label_ = nullptr;
  char* header_ = nullptr;
  unsigned char* data_ = nullptr;
  long size_ = 0;
};

}  // namespace atelier::provenance
