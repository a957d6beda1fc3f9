// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace atelier::studio {

/// Who asks a store of objects.
struct S3Keys {
  std::string access, secret, session;  ///< session: empty for keys that last
  std::string region;                   ///< "us-east-1"
};

/// A request to be signed.
struct S3Request {
  std::string method;                          ///< "GET"
  std::string path;                            ///< "/bucket/key", percent-encoded
  std::string query;                           ///< "a=1&b=", encoded and sorted; mostly empty
  std::map<std::string, std::string> headers;  ///< all that are signed, names in lower case: host,
                                               ///< x-amz-content-sha256, x-amz-date at least
};

/// The value of Authorization for it.
/// Source: AWS, "Signature Version 4 signing process for Amazon S3"; SHA-256 and HMAC by OpenSSL.
[[nodiscard]] std::string authorization(const S3Request& request, const S3Keys& keys);

/// A path's bytes but A-Z a-z 0-9 - . _ ~ / as %XX.
[[nodiscard]] std::string encoded_path(std::string_view path);

/// Seconds since 1970 as "20130524T000000Z".
[[nodiscard]] std::string signing_time(double seconds);

}  // namespace atelier::studio
