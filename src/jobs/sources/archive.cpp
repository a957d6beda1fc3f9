// SPDX-License-Identifier: Apache-2.0
#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <cstring>
#include <fstream>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "image/formats.hpp"
#include "jobs/sources/picture_source.hpp"

namespace atelier::jobs {
namespace {

constexpr std::int64_t most_entries = 20'000'000;
constexpr std::size_t block = 1 << 16;

struct Close {
  void operator()(::archive* a) const { archive_read_free(a); }
};
using Handle = std::unique_ptr<::archive, Close>;

/// Reads a zip or tar archive from beginning to end by libarchive. Each picture is unpacked alone,
/// under a name of ours, and removed again: paths within decide nothing but names and labels.
class Archive final : public PictureSource {
 public:
  Archive(std::filesystem::path file, LabelRule rule)
      : file_(std::move(file)), rule_(std::move(rule)) {}

  [[nodiscard]] std::int64_t size() const override { return 0; }

  void each(const std::function<void(const FoundPicture&)>& visit) const override {
    const Handle handle = open();
    const TemporaryFolder folder;
    archive_entry* entry = nullptr;
    for (std::int64_t count = 0;; ++count) {
      const int status = archive_read_next_header(handle.get(), &entry);
      if (status == ARCHIVE_EOF) return;
      if (status < ARCHIVE_WARN) refuse(handle.get());
      if (count >= most_entries)
        fail(ErrorKind::bad_input, "{} has too many files.", file_.string());
      const char* text = archive_entry_pathname(entry);
      const std::filesystem::path path = text != nullptr ? text : "";
      if (path.is_absolute() || path.lexically_normal().string().starts_with("..")) {
        fail(ErrorKind::bad_input,
             "{} holds a file that would be unpacked outside of it ({}); do not trust it.",
             file_.string(), path.string());
      }
      const bool hidden = path.filename().string().starts_with(".");
      if (archive_entry_filetype(entry) != AE_IFREG || hidden || !image::format_of_suffix(path))
        continue;
      const std::filesystem::path unpacked =
          folder.path() / ("picture" + path.extension().string());
      unpack(handle.get(), path, unpacked);
      visit({path.filename().string(), rule_.by_folder ? first_folder(path.lexically_normal()) : "",
             unpacked, (file_ / path).string()});
    }
  }

 private:
  [[noreturn]] void refuse(::archive* handle) const {
    const char* why = archive_error_string(handle);
    fail(ErrorKind::bad_input, "{} is damaged or cut short ({}); copy it again.", file_.string(),
         why != nullptr ? why : "no reason given");
  }

  [[nodiscard]] Handle open() const {
    Handle handle(archive_read_new());
    archive_read_support_format_zip(handle.get());
    archive_read_support_format_tar(handle.get());
    archive_read_support_filter_gzip(handle.get());
    if (archive_read_open_filename(handle.get(), file_.c_str(), block) != ARCHIVE_OK) {
      refuse(handle.get());
    }
    return handle;
  }

  void unpack(::archive* handle, const std::filesystem::path& path,
              const std::filesystem::path& to) const {
    std::ofstream out(to, std::ios::binary | std::ios::trunc);
    std::array<char, block> bytes;
    std::uintmax_t sum = 0;
    for (;;) {
      const la_ssize_t count = archive_read_data(handle, bytes.data(), bytes.size());
      if (count == 0) break;
      if (count < 0) refuse(handle);
      sum += static_cast<std::uintmax_t>(count);
      if (sum > most_picture_bytes) {
        fail(ErrorKind::bad_input, "{} in {} unpacks to more than {} GiB; do not trust it.",
             path.string(), file_.string(), most_picture_bytes >> 30);
      }
      out.write(bytes.data(), count);
    }
    out.close();
    if (!out) {
      fail(ErrorKind::io, "{} cannot be unpacked to {}; is the disk full?", path.string(),
           to.parent_path().string());
    }
  }

  std::filesystem::path file_;
  LabelRule rule_;
};

}  // namespace

std::unique_ptr<PictureSource> open_archive(const std::filesystem::path& file,
                                            const LabelRule& rule) {
  return std::make_unique<Archive>(file, rule);
}

}  // namespace atelier::jobs
