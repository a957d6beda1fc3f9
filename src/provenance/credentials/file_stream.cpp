// SPDX-License-Identifier: Apache-2.0
#include "provenance/credentials/file_stream.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"

namespace atelier::provenance::c2pa {
namespace {

int flags_of(FileStream::Mode mode) {
  // A pipe must not hold us up; and the library reads again what it wrote.
  return mode == FileStream::Mode::read ? O_RDONLY | O_NONBLOCK : O_RDWR | O_TRUNC;
}

template <class Call>
std::intptr_t uninterrupted(Call call) {
  std::intptr_t result = 0;
  do {
    result = call();
  } while (result < 0 && errno == EINTR);
  return result;
}

}  // namespace

FileStream::FileStream(const Api& api, const std::filesystem::path& file, Mode mode)
    : api_(api), file_(file, flags_of(mode)) {
  struct stat status {};
  if (file_.get() < 0 || ::fstat(file_.get(), &status) != 0) {
    if (mode == Mode::write) fail_writing(file, errno);
    fail(ErrorKind::bad_input, "{} cannot be read ({}); check the path.", file.string(),
         std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode))
    fail(ErrorKind::bad_input, "{} is no file that can be read anywhere; name one.", file.string());
  stream_ = api.create_stream(this, read, seek, write, flush);
  if (!stream_) fail(ErrorKind::internal, "the C2PA library makes no stream.");
}

FileStream::~FileStream() {
  api_.release_stream(stream_);
}

std::intptr_t FileStream::checked(std::intptr_t result) {
  if (result < 0 && error_ == 0) error_ = errno;
  return result;
}

std::intptr_t FileStream::read(void* context, std::uint8_t* to, std::intptr_t size) {
  auto& self = *static_cast<FileStream*>(context);
  return self.checked(
      uninterrupted([&] { return ::read(self.file_.get(), to, static_cast<std::size_t>(size)); }));
}

std::intptr_t FileStream::seek(void* context, std::intptr_t offset, int from) {
  // A place before the beginning is the library's question, not a failure of the disk.
  return ::lseek(static_cast<FileStream*>(context)->file_.get(), offset, from);
}

std::intptr_t FileStream::write(void* context, const std::uint8_t* from, std::intptr_t size) {
  auto& self = *static_cast<FileStream*>(context);
  return self.checked(uninterrupted(
      [&] { return ::write(self.file_.get(), from, static_cast<std::size_t>(size)); }));
}

std::intptr_t FileStream::flush(void*) {
  return 0;
}

}  // namespace atelier::provenance::c2pa
