// SPDX-License-Identifier: Apache-2.0
#include "tensor/buffer.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

namespace atelier::tensor {
namespace {

constexpr std::size_t cache_line = 64, page = 4096, huge_page = std::size_t{2} << 20;

std::size_t rounded_up(std::size_t bytes, std::size_t to) {
  return (bytes + to - 1) / to * to;
}

/// Pages of the system's own, beginning on the border of a huge one.
void* map_pages(std::size_t size) {
  void* memory =
      ::mmap(nullptr, size + huge_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  auto* begin = static_cast<std::byte*>(memory);
  const std::size_t before =
      (huge_page - reinterpret_cast<std::uintptr_t>(begin) % huge_page) % huge_page;
  if (before > 0) ::munmap(begin, before);
  if (before < huge_page) ::munmap(begin + before + size, huge_page - before);
#ifdef MADV_HUGEPAGE
  ::madvise(begin + before, size, MADV_HUGEPAGE);  // a wish; refused, it only costs speed
#endif
  return begin + before;
}

}  // namespace

void AlignedFree::operator()(void* memory) const noexcept {
  if (mapped > 0) {
    ::munmap(memory, mapped);
  } else {
    std::free(memory);
  }
}

std::unique_ptr<void, AlignedFree> aligned_allocate(std::size_t bytes) {
  if (bytes > std::numeric_limits<std::size_t>::max() / 2) throw std::bad_alloc();
  // Kernels may read one vector beyond the last number.
  const std::size_t needed = bytes + cache_line;
  if (needed >= huge_page) {
    const std::size_t size = rounded_up(needed, page);
    return {map_pages(size), AlignedFree{size}};
  }
  const std::size_t size = rounded_up(needed, cache_line);
  void* memory = std::aligned_alloc(cache_line, size);
  if (!memory) throw std::bad_alloc();
  std::memset(memory, 0, size);
  return {memory, AlignedFree{}};
}

}  // namespace atelier::tensor
