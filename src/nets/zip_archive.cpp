// SPDX-License-Identifier: Apache-2.0
#include "nets/zip_archive.hpp"

#include <cstring>

#include "atelier/base/error.hpp"

#ifdef ATELIER_HAVE_LIBZIP
#include <zip.h>
#endif

namespace atelier::nets {

bool is_zip(std::span<const std::byte> bytes) {
  return bytes.size() >= 4 && std::memcmp(bytes.data(), "PK\x03\x04", 4) == 0;
}

#ifdef ATELIER_HAVE_LIBZIP

namespace {

[[noreturn]] void refuse(const char* reason) {
  fail(ErrorKind::bad_input, "the zip file is damaged ({}); bring a whole copy.", reason);
}

struct Closer {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

}  // namespace

struct ZipArchive::Handle {
  std::unique_ptr<zip_t, Closer> archive;
};

ZipArchive::ZipArchive(std::span<const std::byte> bytes) : handle_(std::make_unique<Handle>()) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), /*freep=*/0, &error);
  if (source) {
    handle_->archive.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (!handle_->archive) zip_source_free(source);
  }
  if (!handle_->archive) {
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    refuse(reason.c_str());
  }
  zip_error_fini(&error);
}

ZipArchive::~ZipArchive() = default;

std::vector<std::string> ZipArchive::names() const {
  zip_t* archive = handle_->archive.get();
  std::vector<std::string> names;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    const char* name = zip_get_name(archive, static_cast<zip_uint64_t>(i), 0);
    if (name) names.emplace_back(name);
  }
  return names;
}

bool ZipArchive::contains(const std::string& name) const {
  return zip_name_locate(handle_->archive.get(), name.c_str(), 0) >= 0;
}

std::string ZipArchive::read(const std::string& name, std::uint64_t limit) const {
  zip_t* archive = handle_->archive.get();
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(archive, name.c_str(), 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE)) {
    fail(ErrorKind::bad_input, "the zip file has no member {}; is it the right file?", name);
  }
  if (stat.size > limit) {
    fail(ErrorKind::bad_input,
         "member {} of the zip file unpacks to {} bytes, more than the {} allowed.", name,
         stat.size, limit);
  }
  // Deflate packs at most 1032 to 1: a size beyond is a lie that would only take memory.
  if ((stat.valid & ZIP_STAT_COMP_SIZE) && stat.size / 1100 > stat.comp_size) {
    refuse("a member's size is impossible");
  }
  const std::unique_ptr<zip_file_t, Closer> member(zip_fopen_index(archive, stat.index, 0));
  if (!member) refuse(zip_strerror(archive));
  std::string content(stat.size, '\0');
  if (zip_fread(member.get(), content.data(), content.size()) !=
      static_cast<zip_int64_t>(content.size())) {
    refuse("a member ends early");
  }
  // Reading past the end makes libzip compare the checksum.
  char beyond = 0;
  if (zip_fread(member.get(), &beyond, 1) != 0) refuse("a member's size or checksum is wrong");
  return content;
}

#else

struct ZipArchive::Handle {};

ZipArchive::ZipArchive(std::span<const std::byte>) {
  fail(ErrorKind::missing_capability,
       "this build of Atelier has no libzip and reads no zip files; bring the weights as "
       ".safetensors, or "
       "build it with libzip (Debian: libzip-dev).");
}
ZipArchive::~ZipArchive() = default;
std::vector<std::string> ZipArchive::names() const {
  return {};
}
bool ZipArchive::contains(const std::string&) const {
  return false;
}
std::string ZipArchive::read(const std::string&, std::uint64_t) const {
  return {};
}

#endif

}  // namespace atelier::nets
