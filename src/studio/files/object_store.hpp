// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace atelier::studio {

/// Objects by key at another place. All methods may be called from any thread, and throw Error io
/// where it does not answer, refuses, or the disk here is full.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  [[nodiscard]] virtual bool has(const std::string& key) const = 0;
  /// Replaces what was there; whole or not at all.
  virtual void put(const std::string& key, const std::filesystem::path& file) const = 0;
  /// False: there is none, and no file.
  [[nodiscard]] virtual bool get(const std::string& key, const std::filesystem::path& to) const = 0;
  /// No error when there is none.
  virtual void remove(const std::string& key) const = 0;
};

/// Whether a place of files is s3://BUCKET/PREFIX rather than a folder.
[[nodiscard]] bool is_object_store(std::string_view place);

/// Opens it. Throws Error invalid_argument for a place that is none, and for what the environment
/// lacks.
[[nodiscard]] std::unique_ptr<ObjectStore> open_objects(const std::string& place);

}  // namespace atelier::studio
