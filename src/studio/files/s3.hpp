// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "studio/files/object_store.hpp"
#include "studio/files/signature.hpp"

namespace atelier::studio {

/// Where a store's objects lie.
struct S3Place {
  std::string endpoint;  ///< "https://host:port", without a path
  bool in_host = false;  ///< the bucket is in the endpoint's name rather than in the path
  std::string bucket, prefix;
};

/// s3://BUCKET/PREFIX with what the environment says, as Amazon's own programs read it:
/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION or AWS_DEFAULT_REGION
/// (us-east-1), AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL for any other store than Amazon's. Throws
/// Error invalid_argument as open_objects().
[[nodiscard]] S3Place s3_place(const std::string& place);
[[nodiscard]] S3Keys s3_keys();

/// A bucket of an S3-compatible store: single PUT, GET, HEAD and DELETE, signed (SigV4), by
/// libcurl. What fails for want of the network or by the store's own fault is tried three times.
class S3Store final : public ObjectStore {
 public:
  /// Looks whether it may be used. Throws Error io.
  S3Store(S3Place place, S3Keys keys);

  bool has(const std::string& key) const override;
  void put(const std::string& key, const std::filesystem::path& file) const override;
  bool get(const std::string& key, const std::filesystem::path& to) const override;
  void remove(const std::string& key) const override;

 private:
  struct Answer;
  Answer ask(const std::string& method, const std::string& key,
             const std::filesystem::path* file) const;
  Answer ask_once(const std::string& method, const std::string& key,
                  const std::filesystem::path* file) const;
  [[noreturn]] void refuse(const Answer& answer) const;

  S3Place place_;
  S3Keys keys_;
};

}  // namespace atelier::studio
