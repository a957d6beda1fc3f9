// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "tensor/kernels/bf16_rows.hpp"
#include "tensor/kernels/blocks.hpp"

namespace atelier::tensor {

/// What bf16 convolutions are computed with here, as oneDNN says: it looks at the processor's
/// instructions, at what the system saves of them, and asks the system's leave to use AMX's tiles.
enum class Bf16Units {
  not_built,    ///< this build has no oneDNN
  none,         ///< the processor has no instructions for bf16
  avx512_bf16,  ///< twice the products of fp32 an instruction
  amx,          ///< a matrix unit: many times those of fp32
};
[[nodiscard]] Bf16Units bf16_units();

/// What computes them, for people: "oneDNN 2.6.3 bf16, AMX".
[[nodiscard]] std::string bf16_description();

/// One convolution over a band of rows, on one core: the caller shares bands out among threads.
class Bf16Band {
 public:
  [[nodiscard]] explicit operator bool() const noexcept { return primitive_ != nullptr; }

  /// Memory that compute() works in, in bytes.
  [[nodiscard]] std::size_t scratch_bytes() const;

  /// `in`: (rows + 2) x width positions, of which the first row lies above the band and the last
  /// below; zeros are meant left and right of them. `out`: rows x width positions. Both have their
  /// channels padded to whole blocks. `scratch`: for this call alone.
  void compute(const Bf16* in, Bf16* out, std::byte* scratch) const;

 private:
  friend class Bf16Convolution;
  struct Primitive;
  std::shared_ptr<const Primitive> primitive_;
};

/// A frozen 3 x 3 convolution with stride 1 and a border of zeros: activations and weights in bf16,
/// sums and bias in fp32; forward with ReLU, and backward to its input.
///
/// The backward pass is a convolution with filters turned by 180 degrees, so that both are one kind
/// of oneDNN primitive. Results depend on the band's shape at most, not on who computes it.
///
/// Throws Error missing_capability where bf16_units() is not_built or none.
class Bf16Convolution {
 public:
  /// `weight`: outputs x inputs x 3 x 3; `bias`: outputs. Both are copied.
  Bf16Convolution(const float* weight, const float* bias, std::size_t inputs, std::size_t outputs);
  Bf16Convolution(Bf16Convolution&&) noexcept;
  ~Bf16Convolution();

  [[nodiscard]] std::size_t inputs() const noexcept { return inputs_; }
  [[nodiscard]] std::size_t outputs() const noexcept { return outputs_; }

  /// max(convolution + bias, 0), from inputs to outputs.
  [[nodiscard]] Bf16Band forward(int rows, int width) const;
  /// The gradient with respect to the input, from that with respect to the convolution's result.
  [[nodiscard]] Bf16Band backward(int rows, int width) const;

 private:
  struct Weights;

  std::size_t inputs_, outputs_;
  std::unique_ptr<Weights> weights_;
};

}  // namespace atelier::tensor
