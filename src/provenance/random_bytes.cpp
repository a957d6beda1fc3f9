// SPDX-License-Identifier: Apache-2.0
#include "provenance/random_bytes.hpp"

#include <openssl/rand.h>

#include "atelier/base/error.hpp"

namespace atelier::provenance {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
    fail(ErrorKind::internal, "OpenSSL's random generator has no bytes.");
  return bytes;
}

}  // namespace atelier::provenance
