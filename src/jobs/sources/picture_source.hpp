// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace atelier::jobs {

/// A picture of a collection that is to be packed.
struct FoundPicture {
  std::string name;            ///< as it stands in the set
  std::string label;           ///< its class; may be empty
  std::filesystem::path file;  ///< to be read; may be gone after the visit
  std::string within{};        ///< its place in an archive or a database it was unpacked from
};

/// How messages name it: as people can find it, not by where it was unpacked to.
[[nodiscard]] std::string shown(const FoundPicture& picture);

/// Longest picture that is unpacked.
inline constexpr std::uintmax_t most_picture_bytes = std::uintmax_t{1} << 30;

/// A collection of pictures as people keep them.
class PictureSource {
 public:
  virtual ~PictureSource() = default;

  /// How many pictures there are; 0 when only reading tells.
  [[nodiscard]] virtual std::int64_t size() const = 0;
  /// Visits each. Throws Error bad_input when the collection is damaged or not to be trusted, and
  /// what the visit throws.
  virtual void each(const std::function<void(const FoundPicture&)>& visit) const = 0;
};

/// Where labels come from.
struct LabelRule {
  bool by_folder = false;  ///< the folder directly below what was named: one a style, one a class
  std::string column;      ///< of a table; empty: label, style, class, movement, genre or artist
};

/// Opens what a person names:
///   a picture, a folder with all folders within, or a pattern,
///   a table (.csv, .tsv) with a header, of which one column names files beside it,
///   MS-COCO's annotations (.json); the label is the category with the largest area in a picture,
///   an archive (.zip, .tar, .tar.gz, .tgz),
///   a database of LSUN's: a folder with data.mdb, or that file; the label is the class of which
///   the folder's name speaks: church_outdoor of church_outdoor_train_lmdb.
/// Throws Error bad_input when it cannot be read or holds what it should not.
[[nodiscard]] std::unique_ptr<PictureSource> open_source(const std::string& named,
                                                         const LabelRule& rule);

/// The first folder of a relative path; empty when it has none.
[[nodiscard]] std::string first_folder(const std::filesystem::path& relative);

// One file each.
[[nodiscard]] std::unique_ptr<PictureSource> open_files(const std::string& named,
                                                        const LabelRule& rule);
[[nodiscard]] std::unique_ptr<PictureSource> open_table(const std::filesystem::path& file,
                                                        const LabelRule& rule);
[[nodiscard]] std::unique_ptr<PictureSource> open_coco(const std::filesystem::path& file);
[[nodiscard]] std::unique_ptr<PictureSource> open_archive(const std::filesystem::path& file,
                                                          const LabelRule& rule);
[[nodiscard]] std::unique_ptr<PictureSource> open_lsun(const std::filesystem::path& data_file);

}  // namespace atelier::jobs
