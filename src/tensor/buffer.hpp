// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace atelier::tensor {

/// Gives memory of aligned_allocate() back.
struct AlignedFree {
  std::size_t mapped = 0;  ///< bytes, when it came from the system itself

  void operator()(void* memory) const noexcept;
};

/// Zeroed memory on a cache line's border. Large blocks come from the system and lie on huge pages
/// where it has them, so that strided kernels do not run out of address translations; their pages
/// are made when first written to, by whichever worker does. Throws std::bad_alloc.
[[nodiscard]] std::unique_ptr<void, AlignedFree> aligned_allocate(std::size_t bytes);

/// An array of numbers for kernels. Grows by being replaced; what it held is lost then.
template <typename T>
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t count) { reserve(count); }
  Buffer(Buffer&& other) noexcept
      : memory_(std::move(other.memory_)), count_(std::exchange(other.count_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    memory_ = std::move(other.memory_);
    count_ = std::exchange(other.count_, 0);
    return *this;
  }

  /// Makes room for `count` numbers; new room is zero.
  void reserve(std::size_t count) {
    if (count <= count_) return;
    release();  // should there be no memory, none is left
    memory_ = aligned_allocate(count * sizeof(T));
    count_ = count;
  }
  void release() noexcept {
    memory_.reset();
    count_ = 0;
  }

  [[nodiscard]] T* data() noexcept { return static_cast<T*>(memory_.get()); }
  [[nodiscard]] const T* data() const noexcept { return static_cast<const T*>(memory_.get()); }
  [[nodiscard]] std::size_t size() const noexcept { return count_; }

 private:
  std::unique_ptr<void, AlignedFree> memory_;
  std::size_t count_ = 0;
};

}  // namespace atelier::tensor
