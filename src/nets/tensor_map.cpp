// SPDX-License-Identifier: Apache-2.0
#include "nets/tensor_map.hpp"

#include <ATen/ATen.h>

#include <array>
#include <utility>

#include "atelier/base/error.hpp"
#include "nets/plain_tensor.hpp"
#include "tensor/spill.hpp"

namespace atelier::nets {
namespace {

constexpr std::array<std::pair<DType, at::ScalarType>, 10> types{{
    {DType::f64, at::kDouble},
    {DType::f32, at::kFloat},
    {DType::f16, at::kHalf},
    {DType::bf16, at::kBFloat16},
    {DType::i64, at::kLong},
    {DType::i32, at::kInt},
    {DType::i16, at::kShort},
    {DType::i8, at::kChar},
    {DType::u8, at::kByte},
    {DType::boolean, at::kBool},
}};

}  // namespace

at::ScalarType scalar_type(DType type) {
  for (const auto& [ours, theirs] : types) {
    if (ours == type) return theirs;
  }
  fail(ErrorKind::internal, "an element type is missing from the table of types.");
}

DType dtype_of(at::ScalarType type) {
  for (const auto& [ours, theirs] : types) {
    if (theirs == type) return ours;
  }
  fail(ErrorKind::bad_input, "weights of type {} are not supported; convert them to float32.",
       at::toString(type));
}

std::string digest_of(const TensorMap& tensors) {
  TensorsDigest digest;
  for (const auto& [name, tensor] : tensors) {
    const at::Tensor plain = tensor.detach().to(at::kCPU).contiguous();
    digest.add(name, {dtype_of(plain.scalar_type()),
                      plain.sizes().vec(),
                      {static_cast<const std::byte*>(plain.data_ptr()), plain.nbytes()}});
    tensor::let_go(tensor);
  }
  return digest.finish();
}

}  // namespace atelier::nets
