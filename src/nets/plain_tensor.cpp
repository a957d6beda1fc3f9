// SPDX-License-Identifier: Apache-2.0
#include "nets/plain_tensor.hpp"

#include <fmt/ranges.h>

#include <bit>
#include <cstring>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"

namespace atelier::nets {
namespace {

float from_half(std::uint16_t half) {
  const std::uint32_t sign = (half & 0x8000U) << 16, exponent = half >> 10 & 0x1fU;
  const std::uint32_t fraction = half & 0x3ffU;
  constexpr std::uint32_t most = 0x1f, bias = 127 - 15;
  if (exponent == 0) {
    const float least = static_cast<float>(fraction) * 0x1p-24F;
    return sign != 0 ? -least : least;
  }
  const std::uint32_t wide = exponent == most ? 0xffU : exponent + bias;
  return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

float from_bfloat(std::uint16_t bits) {
  return std::bit_cast<float>(std::uint32_t{bits} << 16);
}

/// `widen` of every `From` that lies there.
template <class From, class Widen>
std::vector<float> widened(std::span<const std::byte> bytes, const Widen& widen) {
  std::vector<float> numbers(bytes.size() / sizeof(From));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    From number;
    std::memcpy(&number, bytes.data() + i * sizeof(From), sizeof(From));
    numbers[i] = widen(number);
  }
  return numbers;
}

/// As torch names it, by which digests were always made.
const char* type_name(DType type) {
  switch (type) {
    case DType::f64:
      return "Double";
    case DType::f32:
      return "Float";
    case DType::f16:
      return "Half";
    case DType::bf16:
      return "BFloat16";
    case DType::i64:
      return "Long";
    case DType::i32:
      return "Int";
    case DType::i16:
      return "Short";
    case DType::i8:
      return "Char";
    case DType::u8:
      return "Byte";
    case DType::boolean:
      return "Bool";
  }
  return "";
}

}  // namespace

std::vector<float> numbers_of(const PlainTensor& tensor) {
  switch (tensor.type) {
    case DType::f64:
      return widened<double>(tensor.bytes,
                             [](double number) { return static_cast<float>(number); });
    case DType::f32:
      return widened<float>(tensor.bytes, [](float number) { return number; });
    case DType::f16:
      return widened<std::uint16_t>(tensor.bytes, from_half);
    case DType::bf16:
      return widened<std::uint16_t>(tensor.bytes, from_bfloat);
    default:
      fail(ErrorKind::bad_input, "weights of type {} are not supported; convert them to float32.",
           type_name(tensor.type));
  }
}

void TensorsDigest::add(const std::string& name, const PlainTensor& tensor) {
  list_ += fmt::format("{} {} {} {}\n", name, type_name(tensor.type), fmt::join(tensor.shape, "x"),
                       sha256(tensor.bytes));
}

std::string TensorsDigest::finish() const {
  return sha256(std::as_bytes(std::span(list_)));
}

std::string digest_of(const PlainTensorMap& tensors) {
  TensorsDigest digest;
  for (const auto& [name, tensor] : tensors) digest.add(name, tensor);
  return digest.finish();
}

}  // namespace atelier::nets
