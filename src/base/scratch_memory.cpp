// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/scratch_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "atelier/base/error.hpp"

namespace atelier {

std::filesystem::path scratch_folder() {
  const char* named = std::getenv("TMPDIR");
  return named && *named ? named : "/var/tmp";
}

ScratchMemory::ScratchMemory(std::size_t bytes) : size_(bytes) {
  const std::filesystem::path folder = scratch_folder();
  std::string name = (folder / ".atelier-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) {
    fail(ErrorKind::io,
         "{} cannot be written ({}); let TMPDIR name a folder for what does not fit into memory.",
         folder.string(), std::strerror(errno));
  }
  ::unlink(name.c_str());
  // Room that is not taken now would be missed when a page is written, where nobody can be told.
  const int error = ::posix_fallocate(file, 0, static_cast<off_t>(bytes));
  void* memory = MAP_FAILED;
  if (error == 0) memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  if (memory == MAP_FAILED) {
    fail(ErrorKind::io,
         "{} has no room for {:.1f} GB of what does not fit into memory; free some, let TMPDIR "
         "name another folder, or use a smaller --size.",
         folder.string(), static_cast<double>(bytes) / 1e9);
  }
  data_ = static_cast<std::byte*>(memory);
}

ScratchMemory::~ScratchMemory() {
  ::munmap(data_, size_);
}

void let_go_of_scratch(std::span<const std::byte> memory) noexcept {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(memory.data()) / page * page;
  const auto end = reinterpret_cast<std::uintptr_t>(memory.data()) + memory.size();
  ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

}  // namespace atelier
