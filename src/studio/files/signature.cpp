// SPDX-License-Identifier: Apache-2.0
#include "studio/files/signature.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cctype>

#include "atelier/base/digest.hpp"

namespace atelier::studio {
namespace {

std::string hmac(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  unsigned length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), code.data(), &length);
  return {reinterpret_cast<const char*>(code.data()), length};
}

std::string hexadecimal(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text;
}

}  // namespace

std::string authorization(const S3Request& request, const S3Keys& keys) {
  std::string names, lines;
  for (const auto& [name, value] : request.headers) {
    if (!names.empty()) names += ';';
    names += name;
    lines.append(name).append(":").append(value).append("\n");
  }
  const std::string canonical =
      fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, request.path, request.query, lines,
                  names, request.headers.at("x-amz-content-sha256"));
  const std::string& time = request.headers.at("x-amz-date");
  const std::string day = time.substr(0, 8);
  const std::string scope = fmt::format("{}/{}/s3/aws4_request", day, keys.region);
  const std::string to_sign = fmt::format("AWS4-HMAC-SHA256\n{}\n{}\n{}", time, scope,
                                          sha256(std::as_bytes(std::span(canonical))));
  std::string key = "AWS4" + keys.secret;
  for (const std::string& part : {day, keys.region, std::string("s3"), std::string("aws4_request")})
    key = hmac(key, part);
  return fmt::format("AWS4-HMAC-SHA256 Credential={}/{},SignedHeaders={},Signature={}", keys.access,
                     scope, names, hexadecimal(hmac(key, to_sign)));
}

std::string encoded_path(std::string_view path) {
  std::string encoded;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(byte) != 0 || std::string_view("-._~/").find(c) != path.npos;
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return encoded;
}

std::string signing_time(double seconds) {
  return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

}  // namespace atelier::studio
