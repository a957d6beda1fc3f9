// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "atelier/base/error.hpp"

namespace atelier {
namespace {

struct Descriptor {
  int number;
  ~Descriptor() { ::close(number); }
};

}  // namespace

MappedFile::MappedFile(const std::filesystem::path& path, std::uintmax_t max_bytes) {
  const auto refuse = [&](const char* why) {
    fail(ErrorKind::bad_input, "{} cannot be read ({}).", path.string(), why);
  };
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat status {};
  if (file.number < 0 || ::fstat(file.number, &status) != 0) refuse(std::strerror(errno));
  if (!S_ISREG(status.st_mode)) refuse("it is no regular file");
  const auto size = static_cast<std::uintmax_t>(status.st_size);
  if (size > max_bytes) {
    fail(ErrorKind::bad_input, "{} is {} bytes; at most {} are read.", path.string(), size,
         max_bytes);
  }
  if (size == 0) return;
  void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number, 0);
  if (memory == MAP_FAILED) refuse(std::strerror(errno));
  data_ = static_cast<const std::byte*>(memory);
  size_ = size;
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(const_cast<std::byte*>(data_), size_);
}

void not_needed_soon(std::span<const std::byte> memory) noexcept {
#ifdef MADV_PAGEOUT
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto first = (reinterpret_cast<std::uintptr_t>(memory.data()) + page - 1) / page * page;
  const auto end = (reinterpret_cast<std::uintptr_t>(memory.data()) + memory.size()) / page * page;
  if (end > first) ::madvise(reinterpret_cast<void*>(first), end - first, MADV_PAGEOUT);
#else
  static_cast<void>(memory);
#endif
}

}  // namespace atelier
