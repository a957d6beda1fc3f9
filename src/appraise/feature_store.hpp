// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "appraise/features.hpp"

namespace atelier::appraise {

/// What was seen of pictures, kept in a file so that an interrupted run looks at none twice.
///
/// The file: a line of text that names what a row means, then records of 64 hexadecimal digits (the
/// SHA-256 of the picture's file), row, head and a thumbnail of 16 x 16 RGB in float32. A record
/// cut short, the last one of a run that was killed, is dropped. A file of other rows is begun
/// anew.
class FeatureStore {
 public:
  static constexpr int thumbnail_edge = 16;  ///< px
  static constexpr std::int64_t thumbnail_count = 3 * thumbnail_edge * thumbnail_edge;

  struct Record {
    at::Tensor row, head;
    at::Tensor thumbnail;  ///< thumbnail_count
  };

  /// Throws Error io when the file cannot be written.
  FeatureStore(std::filesystem::path file, const Eyes& eyes);

  [[nodiscard]] bool holds(const std::string& sha256) const { return records_.contains(sha256); }
  /// The record of a picture's file; looks at it where that was not done before. Throws Error as
  /// image::load(), and io when it cannot be kept.
  [[nodiscard]] const Record& of(const std::filesystem::path& picture);

 private:
  [[nodiscard]] std::uintmax_t read();

  std::filesystem::path file_;
  const Eyes& eyes_;
  std::map<std::string, Record> records_;
  std::ofstream out_;
};

}  // namespace atelier::appraise
