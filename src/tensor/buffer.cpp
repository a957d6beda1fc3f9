// SPDX-License-Identifier: Apache-2.0
#include "tensor/buffer.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace atelier::tensor {
namespace {

constexpr std::size_t cache_line = 64, huge_page = std::size_t{2} << 20;

std::size_t rounded_up(std::size_t bytes, std::size_t to) {
  return (bytes + to - 1) / to * to;
}

}  // namespace

void AlignedFree::operator()(void* memory) const noexcept {
  std::free(memory);
}

void* aligned_allocate(std::size_t bytes) {
  const bool huge = bytes >= huge_page;
  const std::size_t alignment = huge ? huge_page : cache_line;
  // Kernels may read one vector beyond the last number.
  const std::size_t size = rounded_up(bytes + cache_line, alignment);
  void* memory = std::aligned_alloc(alignment, size);
  if (!memory) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  if (huge) ::madvise(memory, size, MADV_HUGEPAGE);  // a wish; refused, it only costs speed
#endif
  std::memset(memory, 0, size);
  return memory;
}

}  // namespace atelier::tensor
