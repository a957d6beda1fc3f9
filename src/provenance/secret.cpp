// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/secret.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <utility>

#include "atelier/base/error.hpp"
#include "provenance/private_file.hpp"

namespace atelier::provenance {

Secret::Secret(std::size_t size) : bytes_(new char[size]()), size_(size) {}

Secret::Secret(std::string_view bytes) : Secret(bytes.size()) {
  std::copy(bytes.begin(), bytes.end(), bytes_.get());
}

Secret::~Secret() {
  shorten(0);
}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  return *this;
}

void Secret::shorten(std::size_t size) noexcept {
  assert(size <= size_);
  if (size < size_) OPENSSL_cleanse(bytes_.get() + size, size_ - size);
  size_ = size;
}

void check_passphrase(const Secret& passphrase, std::string_view what) {
  const std::string_view text = passphrase.view();
  if (text.size() < min_passphrase_bytes || text.size() > max_passphrase_bytes) {
    fail(ErrorKind::bad_input, "{} must have {}..{} bytes; choose another.", what,
         min_passphrase_bytes, max_passphrase_bytes);
  }
  if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < 0x20; }))
    fail(ErrorKind::bad_input, "{} must hold no control character; choose another.", what);
}

Secret passphrase_from_file(const std::filesystem::path& file) {
  Secret content = read_private_file(file, max_passphrase_bytes + 2);
  const std::string_view text = content.view();
  std::size_t end = std::min(text.find('\n'), text.size());
  if (end > 0 && text[end - 1] == '\r') --end;
  content.shorten(end);
  check_passphrase(content, "the passphrase in " + file.string());
  return content;
}

Secret passphrase_from_environment(const std::string& variable) {
  const char* value = std::getenv(variable.c_str());
  if (!value) {
    fail(ErrorKind::bad_input,
         "the environment variable {} is not set; set it to the passphrase, or name a file with "
         "--passphrase-file.",
         variable);
  }
  Secret passphrase{std::string_view(value)};
  check_passphrase(passphrase, "the passphrase in " + variable);
  return passphrase;
}

}  // namespace atelier::provenance
