// SPDX-License-Identifier: Apache-2.0
#include "studio/backup/tar.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <vector>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/sha256.hpp"

namespace atelier::studio {
namespace {

constexpr std::size_t block = 1u << 18;

std::string text_of(const Sha256::Digest& digest) {
  std::string text;
  for (const std::uint8_t byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace

void CloseTar::operator()(::archive* handle) const noexcept {
  archive_free(handle);
}

TarWriter::TarWriter(const std::filesystem::path& file)
    : file_(file), handle_(archive_write_new()) {
  check(archive_write_set_format_pax_restricted(handle_.get()));
  // Names are bytes, whatever the locale.
  check(archive_write_set_format_option(handle_.get(), nullptr, "hdrcharset", "BINARY"));
  check(archive_write_open_filename(handle_.get(), file.c_str()));
}

void TarWriter::check(int code) const {
  if (code >= ARCHIVE_WARN) return;
  const char* why = archive_error_string(handle_.get());
  fail(ErrorKind::io, "{} cannot be written ({}); free some space, or choose another place.",
       file_.string(), why != nullptr ? why : "no reason given");
}

void TarWriter::begin(const std::string& name, std::uintmax_t bytes) {
  const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                            &archive_entry_free);
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), S_IRUSR | S_IWUSR);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes));
  check(archive_write_header(handle_.get(), entry.get()));
}

void TarWriter::write(std::string_view bytes) {
  const la_ssize_t written = archive_write_data(handle_.get(), bytes.data(), bytes.size());
  check(written < 0 ? ARCHIVE_FATAL : ARCHIVE_OK);
}

std::string TarWriter::add(const std::string& name, const std::filesystem::path& file) {
  const auto cannot_read = [&] {
    fail(ErrorKind::bad_input, "{} cannot be read; restore it from an earlier backup.",
         file.string());
  };
  std::error_code error;
  std::uintmax_t left = std::filesystem::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  if (error || !in) cannot_read();
  begin(name, left);
  Sha256 hash;
  std::vector<char> bytes(block);
  // What is added to the file meanwhile is not in the archive.
  while (left > 0) {
    in.read(bytes.data(), static_cast<std::streamsize>(std::min<std::uintmax_t>(left, block)));
    if (in.gcount() <= 0) cannot_read();
    const std::string_view piece(bytes.data(), static_cast<std::size_t>(in.gcount()));
    hash.update(piece);
    write(piece);
    left -= piece.size();
  }
  return text_of(hash.finish());
}

void TarWriter::add_text(const std::string& name, std::string_view text) {
  begin(name, text.size());
  write(text);
}

void TarWriter::close() {
  check(archive_write_close(handle_.get()));
}

TarReader::TarReader(const std::filesystem::path& file) : file_(file), handle_(archive_read_new()) {
  archive_read_support_format_tar(handle_.get());
  if (archive_read_open_filename(handle_.get(), file.c_str(), block) != ARCHIVE_OK) refuse();
}

void TarReader::refuse() const {
  const char* why = archive_error_string(handle_.get());
  fail(ErrorKind::bad_input,
       "{} is no backup of a studio, damaged or cut short ({}); copy it anew.", file_.string(),
       why != nullptr ? why : "no reason given");
}

std::optional<std::string> TarReader::next() {
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(handle_.get(), &entry);
  if (code == ARCHIVE_EOF) return std::nullopt;
  if (code != ARCHIVE_OK) refuse();
  const char* name = archive_entry_pathname(entry);
  const bool plain =
      archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr;
  if (name == nullptr || !plain) {
    fail(ErrorKind::bad_input,
         "{} holds something other than plain files, so it is no backup of a studio; do not trust "
         "it.",
         file_.string());
  }
  return name;
}

void TarReader::read(const std::function<void(std::string_view)>& take) {
  std::vector<char> bytes(block);
  for (;;) {
    const la_ssize_t count = archive_read_data(handle_.get(), bytes.data(), bytes.size());
    if (count == 0) return;
    if (count < 0) refuse();
    take({bytes.data(), static_cast<std::size_t>(count)});
  }
}

std::string TarReader::unpack(const std::filesystem::path& to) {
  std::ofstream out(to, std::ios::binary | std::ios::trunc);
  Sha256 hash;
  read([&](std::string_view piece) {
    hash.update(piece);
    out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
  });
  out.close();
  if (!out) fail_writing(to, errno);
  return text_of(hash.finish());
}

std::string TarReader::text(std::size_t most) {
  std::string text;
  read([&](std::string_view piece) {
    if (piece.size() > most - text.size()) {
      fail(ErrorKind::bad_input, "{} is no backup of a studio; its list is too long.",
           file_.string());
    }
    text += piece;
  });
  return text;
}

}  // namespace atelier::studio
