// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/provenance/watermark.hpp"

namespace atelier::provenance {

/// What a user's own store knows of a work that was signed.
struct MarkedWork {
  std::uint64_t payload = 0;      ///< what its watermark says
  std::uint64_t fingerprint = 0;  ///< perceptual_hash() of the picture
  std::string credential;         ///< SHA-256 of its manifest, 64 lower-case hexadecimal digits
  std::string original;           ///< SHA-256 of the signed file, the same way
  std::string author;             ///< 1..1024 bytes
  std::string manifest;           ///< the manifest itself, any bytes; may be empty
};

/// A work whose fingerprint is near.
struct NearWork {
  MarkedWork work;
  int distance = 0;  ///< bits
};

/// A user's signed works by watermark and fingerprint, in an SQLite file of mode 0600 and beside it
/// the key of the watermarks, `watermark.key`: 32 random bytes that only the user may read. Whoever
/// has the key can find and erase the marks, whoever loses it finds none of them any more.
///
/// Throws Error bad_input when the folder or the key is open to others, or a file is damaged; io
/// when nothing can be written.
class MarkStore {
 public:
  /// data_dir()/marks. Not created.
  [[nodiscard]] static std::filesystem::path default_folder();

  /// Makes the folder (0700), the database and the key when they are missing.
  explicit MarkStore(const std::filesystem::path& folder = default_folder());
  ~MarkStore();
  MarkStore(MarkStore&&) noexcept;
  MarkStore& operator=(MarkStore&&) noexcept;

  [[nodiscard]] const WatermarkKey& key() const noexcept;

  /// A payload that no work has, by chance.
  [[nodiscard]] std::uint64_t new_payload() const;

  /// Keeps a work; once this returns, it lasts. Throws Error invalid_argument when a field is not
  /// what MarkedWork says or the payload is taken.
  void add(const MarkedWork& work);

  [[nodiscard]] std::optional<MarkedWork> by_payload(std::uint64_t payload) const;

  /// Works within `distance` bits (0..64), the nearest first, `count` at most. Every fingerprint is
  /// compared: 100,000 in some 20 ms.
  [[nodiscard]] std::vector<NearWork> by_fingerprint(std::uint64_t fingerprint, int distance,
                                                     std::size_t count) const;

  [[nodiscard]] std::size_t size() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

/// A work that a picture, stripped or altered, seems to be a copy of.
struct Recovery {
  enum class Evidence { watermark, fingerprint };
  MarkedWork work;
  Evidence evidence = Evidence::watermark;
  /// How likely such evidence is for a picture that has nothing to do with any work of the store:
  /// of a watermark an upper bound (WatermarkReading::false_positive); of a fingerprint the share
  /// of unrelated pairs that are as near (docs/watermark.md), times the works of the store.
  double chance = 1;
  std::optional<WatermarkReading> reading;  ///< where the evidence is a watermark
  int distance = 0;                         ///< bits between the fingerprints, either way
};

/// Fingerprints that are farther apart say nothing.
inline constexpr int max_fingerprint_distance = 10;

/// The share of unrelated pairs of pictures whose fingerprints are at most `distance` bits apart,
/// as measured.
[[nodiscard]] double unrelated_share(int distance);

/// Looks for the works that a picture may be a copy of: the one its watermark names, then those of
/// near fingerprints. None: nothing is known of it. A watermark of the key whose payload is not in
/// the store is no recovery.
[[nodiscard]] std::vector<Recovery> recover(const image::Image& picture, const MarkStore& store,
                                            std::size_t count = 5);

}  // namespace atelier::provenance
