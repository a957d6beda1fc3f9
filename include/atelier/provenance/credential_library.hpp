// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace atelier::provenance {

namespace c2pa {
struct Api;
}

/// The C2PA project's own library, which writes, reads and checks content credentials. Loaded when
/// it is first used, and kept loaded to the end of the process.
///
/// It is never let near the network: credentials and revocations that a file says are elsewhere are
/// not looked for, and whatever it would ask for all the same is refused.
class CredentialLibrary {
 public:
  /// The release whose functions are declared in c2pa_api.hpp.
  static constexpr std::string_view known_version = "0.91.3";

  /// Throws Error missing_capability when the file is no library for this machine, lacks a function
  /// or is of another version than known_version. The caller has checked that it is the file that
  /// it should be: loading runs it.
  explicit CredentialLibrary(const std::filesystem::path& file);

  [[nodiscard]] const c2pa::Api& api() const { return *api_; }
  [[nodiscard]] const std::string& version() const { return version_; }

  /// Whether files of a media type can hold their credential themselves.
  [[nodiscard]] bool embeds(std::string_view media_type) const;

 private:
  std::unique_ptr<const c2pa::Api, void (*)(const c2pa::Api*)> api_;
  std::string version_;
};

}  // namespace atelier::provenance
