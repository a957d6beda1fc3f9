// SPDX-License-Identifier: Apache-2.0
#include "provenance/private_file.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/provenance/identities.hpp"
#include "provenance/descriptor.hpp"
#include "provenance/durable_files.hpp"

namespace atelier::provenance {
namespace {

void check(const struct stat& status, const std::filesystem::path& path, const char* mode) {
  if (status.st_uid != ::geteuid()) {
    fail(ErrorKind::bad_input, "{} belongs to another user; use one of your own.", path.string());
  }
  if ((status.st_mode & 077) != 0) {
    fail(ErrorKind::bad_input,
         "{} is open to other users (mode {:04o}); close it with `chmod {} {}`.", path.string(),
         status.st_mode & 07777U, mode, path.string());
  }
}

}  // namespace

Secret read_private_file(const std::filesystem::path& file, std::size_t limit) {
  const Descriptor descriptor(file, O_RDONLY);
  struct stat status {};
  if (descriptor.get() < 0 || ::fstat(descriptor.get(), &status) != 0) {
    fail(ErrorKind::bad_input, "{} cannot be read ({}); check the path.", file.string(),
         std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode))
    fail(ErrorKind::bad_input, "{} is a folder; name a file.", file.string());
  if (S_ISREG(status.st_mode)) check(status, file, "600");
  Secret content(limit + 1);
  std::size_t size = 0;
  while (size <= limit) {
    const ssize_t count = ::read(descriptor.get(), content.data() + size, limit + 1 - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      fail(ErrorKind::bad_input, "{} cannot be read ({}).", file.string(), std::strerror(errno));
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  if (size > limit) {
    fail(ErrorKind::bad_input, "{} has more than {} bytes; is it the right file?", file.string(),
         limit);
  }
  content.shorten(size);
  return content;
}

void check_private_folder(const std::filesystem::path& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    fail(ErrorKind::bad_input, "{} is no folder; check the path.", folder.string());
  }
  check(status, folder, "700");
}

void check_absent(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, error))) {
    fail(ErrorKind::invalid_argument, "{} exists, and keys are not replaced; name another file.",
         file.string());
  }
}

void write_private_file(const std::filesystem::path& file, std::string_view bytes) {
  const std::filesystem::path folder =
      file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  std::string aside = (folder / ("." + file.stem().string() + "-XXXXXX")).string();
  {
    const Descriptor out(::mkostemp(aside.data(), O_CLOEXEC));  // of mode 0600
    if (out.get() < 0) fail_writing(file, errno);
    const bool written = write_all(out.get(), bytes) && ::fsync(out.get()) == 0;
    // A link never takes the place of a file that is there.
    const bool linked = written && ::link(aside.c_str(), file.c_str()) == 0;
    const int error = errno;
    ::unlink(aside.c_str());
    if (!linked && error == EEXIST) check_absent(file);
    if (!linked) fail_writing(file, error);
  }
  flush_folder(folder);
}

}  // namespace atelier::provenance
