// SPDX-License-Identifier: Apache-2.0
#include "provenance/pem_block.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>

#include "provenance/openssl_handles.hpp"

namespace atelier::provenance {

PemBlock::~PemBlock() {
  OPENSSL_free(label_);
  OPENSSL_free(header_);
  OPENSSL_clear_free(data_, static_cast<std::size_t>(size_));
}

std::unique_ptr<PemBlock> PemBlock::find(std::string_view pem,
                                         std::initializer_list<std::string_view> labels) {
  const Bio bio = bio_of(pem);
  for (;;) {
    auto block = std::make_unique<PemBlock>();
    const bool found =
        PEM_read_bio(bio.get(), &block->label_, &block->header_, &block->data_, &block->size_) == 1;
    ERR_clear_error();
    if (!found) return nullptr;
    if (std::find(labels.begin(), labels.end(), block->label_) != labels.end()) return block;
  }
}

}  // namespace atelier::provenance
