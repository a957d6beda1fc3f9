// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "atelier/base/error.hpp"

namespace atelier {

void fail_writing(const std::filesystem::path& target, int error) {
  const char* remedy = error == ENOSPC || error == EDQUOT ? "free some space or choose another disk"
                                                          : "check the folder and its permissions";
  fail(ErrorKind::io, "{} cannot be written ({}); {}.", target.string(), std::strerror(error),
       remedy);
}

AtomicFile::AtomicFile(std::filesystem::path target) : target_(std::move(target)) {
  std::error_code ignored;
  if (std::filesystem::is_directory(target_, ignored)) {
    fail(ErrorKind::invalid_argument, "{} is a folder; name a file in it.", target_.string());
  }
  const std::string suffix = target_.extension().string();
  std::string name =
      (target_.parent_path() / ("." + target_.stem().string() + "-XXXXXX" + suffix)).string();
  const int file = ::mkstemps(name.data(), static_cast<int>(suffix.size()));
  if (file < 0) fail_writing(target_, errno);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(file, 0666 & ~mask);
  ::close(file);
  temporary_ = name;
}

AtomicFile::~AtomicFile() {
  std::error_code ignored;
  if (!temporary_.empty()) std::filesystem::remove(temporary_, ignored);
}

void AtomicFile::commit() {
  const int file = ::open(temporary_.c_str(), O_RDONLY);
  const bool flushed = file >= 0 && ::fsync(file) == 0;
  const int error = errno;
  if (file >= 0) ::close(file);
  if (!flushed) fail_writing(target_, error);
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail_writing(target_, errno);
  temporary_.clear();
}

void write_file(const std::filesystem::path& target, std::string_view content) {
  AtomicFile file(target);
  errno = 0;
  std::ofstream out(file.path(), std::ios::binary);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) fail_writing(target, errno ? errno : EIO);
  file.commit();
}

std::string read_file(const std::filesystem::path& path, std::uintmax_t limit) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    fail(ErrorKind::bad_input, "{} does not exist; check the path.", path.string());
  if (!std::filesystem::is_regular_file(status)) {
    fail(ErrorKind::bad_input, "{} is not a file; name a file.", path.string());
  }
  const auto size = std::filesystem::file_size(path, error);
  if (size > limit) {
    fail(ErrorKind::bad_input,
         "{} has {} bytes, more than the {} allowed here; is it the right file?", path.string(),
         size, limit);
  }
  std::ifstream in(path, std::ios::binary);
  std::string content(size, '\0');
  if (!in || !in.read(content.data(), static_cast<std::streamsize>(size))) {
    fail(ErrorKind::bad_input, "{} cannot be read; check its permissions.", path.string());
  }
  return content;
}

}  // namespace atelier
