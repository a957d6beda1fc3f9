// SPDX-License-Identifier: Apache-2.0
#include "provenance/write_lock.hpp"

#include <sys/file.h>

#include <cerrno>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"

namespace atelier::provenance {

WriteLock::WriteLock(const std::filesystem::path& file, std::string_view what)
    : file_(file, O_RDWR | O_CREAT, 0600) {
  if (file_.get() < 0) fail_writing(file, errno);
  while (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) fail_writing(file, errno);
    fail(ErrorKind::io,
         "{} is being written by another process; wait until it is done and try again.", what);
  }
}

}  // namespace atelier::provenance
