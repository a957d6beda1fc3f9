// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/atomic_file.hpp"

namespace atelier {
class MappedFile;
}

namespace atelier::train {

/// One picture of a set: rows of R, G, B bytes, sRGB.
struct PackedPicture {
  std::string name;
  std::string label;                  ///< its class; may be empty
  int width = 0, height = 0;          ///< px
  std::uint64_t offset = 0;           ///< of its first byte in the file
  std::string sha256;                 ///< of its bytes
  std::span<const std::byte> pixels;  ///< height * width * 3; valid as long as the set
};

/// The last 8 bytes of a packed set.
inline constexpr std::string_view set_mark = "ATELSET1";

/// Many pictures in one file, to be read at random without decoding and without an image library.
///
/// The file: the pictures' bytes one after the other; then the index, JSON with name, width,
/// height, offset, SHA-256 and, where it has one, label of each; then 32 hexadecimal-digit pairs of
/// the index's SHA-256, its length as 8 little-endian bytes, and the 8 bytes "ATELSET1". It is
/// mapped into memory: opening reads the index alone, and what is never looked at is never read.
class PictureSet {
 public:
  /// Throws Error bad_input when the file is no such set or its index is damaged.
  explicit PictureSet(const std::filesystem::path& path);

  [[nodiscard]] std::size_t size() const noexcept { return pictures_.size(); }
  [[nodiscard]] const std::vector<PackedPicture>& pictures() const noexcept { return pictures_; }
  /// SHA-256 of the index, which holds those of all pictures: the set's own name.
  [[nodiscard]] const std::string& digest() const noexcept { return digest_; }

  /// The picture, its bytes compared with their SHA-256. Throws Error bad_input when they differ.
  [[nodiscard]] const PackedPicture& at(std::size_t i) const;

 private:
  std::filesystem::path path_;
  std::shared_ptr<const MappedFile> file_;
  std::vector<PackedPicture> pictures_;
  std::string digest_;
};

/// Writes such a file picture by picture, in the memory of one; it appears whole or not at all. A
/// picture that is there already, byte for byte, is left out.
class PictureSetWriter {
 public:
  /// Throws Error io when the folder cannot be written.
  explicit PictureSetWriter(const std::filesystem::path& path);

  /// Returns whether it was added. `pixels`: height * width * 3; `label`: its class, if any.
  bool add(const std::string& name, int width, int height, std::span<const std::byte> pixels,
           const std::string& label = {});

  /// Whether these very bytes are there already.
  [[nodiscard]] bool holds(std::span<const std::byte> pixels) const;

  /// Writes the index and lets the file appear. Throws Error invalid_argument when there is no
  /// picture, io when the disk is full.
  void finish();

  [[nodiscard]] std::size_t size() const noexcept { return pictures_.size(); }

 private:
  std::filesystem::path path_;
  AtomicFile file_;
  std::ofstream out_;
  std::uint64_t at_ = 0;
  std::vector<PackedPicture> pictures_;
  std::set<std::string> seen_;  // digests
};

}  // namespace atelier::train
