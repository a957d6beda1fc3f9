// SPDX-License-Identifier: Apache-2.0
#include "nets/tar_archive.hpp"

#include <memory>

#include "atelier/base/error.hpp"

#ifdef ATELIER_HAVE_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>
#endif

namespace atelier::nets {

bool is_gzip(std::span<const std::byte> bytes) {
  return bytes.size() >= 2 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b};
}

#ifdef ATELIER_HAVE_LIBARCHIVE

namespace {

constexpr int max_entries = 1'000'000;
constexpr std::size_t max_wanted = std::size_t{2} << 30;

struct Closer {
  void operator()(archive* a) const { archive_read_free(a); }
};

[[noreturn]] void refuse(archive* a) {
  const char* reason = archive_error_string(a);
  fail(ErrorKind::bad_input, "the package is damaged ({}); bring a whole copy.",
       reason ? reason : "it is no gzipped tar archive");
}

}  // namespace

std::map<std::string, std::string> read_tgz(
    std::span<const std::byte> bytes, const std::function<bool(const std::string& path)>& wanted) {
  const std::unique_ptr<archive, Closer> reader(archive_read_new());
  archive* const a = reader.get();
  archive_read_support_filter_gzip(a);
  archive_read_support_format_tar(a);
  if (archive_read_open_memory(a, bytes.data(), bytes.size()) != ARCHIVE_OK) refuse(a);
  std::map<std::string, std::string> files;
  std::size_t total = 0;
  for (int entries = 0;; ++entries) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(a, &entry);
    if (status == ARCHIVE_EOF) break;
    if (status != ARCHIVE_OK) refuse(a);
    if (entries == max_entries) {
      fail(ErrorKind::bad_input,
           "the package holds more than a million files; is it the right one?");
    }
    const char* path = archive_entry_pathname(entry);
    if (!path || archive_entry_filetype(entry) != AE_IFREG || !wanted(path)) continue;
    std::string content;
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    while (true) {
      const int read = archive_read_data_block(a, &block, &size, &offset);
      if (read == ARCHIVE_EOF) break;
      // A hole would be a sparse file, which no package has.
      if (read != ARCHIVE_OK || offset != static_cast<la_int64_t>(content.size())) refuse(a);
      total += size;
      if (total > max_wanted) {
        fail(ErrorKind::bad_input, "the package unpacks to more than 2 GiB; is it the right one?");
      }
      content.append(static_cast<const char*>(block), size);
    }
    files[path] = std::move(content);
  }
  return files;
}

#else

std::map<std::string, std::string> read_tgz(std::span<const std::byte>,
                                            const std::function<bool(const std::string& path)>&) {
  fail(ErrorKind::missing_capability,
       "this build of Atelier has no libarchive and reads no .tgz packages; bring the weights as "
       ".safetensors, or build it with libarchive (Debian: libarchive-dev).");
}

#endif

}  // namespace atelier::nets
