// SPDX-License-Identifier: Apache-2.0
#include "sequence/dropout.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <limits>

#include "atelier/base/random.hpp"

namespace atelier::sequence {
namespace {

constexpr std::int64_t shares = 65536, numbers_a_word = 4;

std::int64_t as_signed(std::uint64_t bits) {
  return std::bit_cast<std::int64_t>(bits);
}

/// h ^= h >> bits, without the sign's copies.
void fold(at::Tensor& h, int bits) {
  h.bitwise_xor_(at::bitwise_right_shift(h, bits).bitwise_and_(
      as_signed(std::numeric_limits<std::uint64_t>::max() >> bits)));
}

}  // namespace

Dropout::Dropout(double rate, std::uint64_t seed, std::int64_t first, std::int64_t rows,
                 at::Device device)
    : dropped_(std::llround(rate * shares)) {
  if (dropped_ == 0) return;
  keys_ = at::empty({rows, 1}, at::kLong);
  for (std::int64_t i = 0; i < rows; ++i) {
    RandomStream chance(seed, fmt::format("dropout {}", first + i));
    keys_.data_ptr<std::int64_t>()[i] = as_signed(chance.next());
  }
  keys_ = keys_.to(device);
}

at::Tensor Dropout::operator()(const at::Tensor& x, int place) const {
  if (dropped_ == 0) return x;
  const std::int64_t words = x.numel() / x.size(0) / numbers_a_word;
  const std::int64_t from = std::int64_t{place} << 40;
  at::Tensor h = at::arange(from, from + words, keys_.options())
                     .mul_(as_signed(0x9e3779b97f4a7c15ULL))
                     .add(keys_);
  fold(h, 30);
  h.mul_(as_signed(0xbf58476d1ce4e5b9ULL));
  fold(h, 27);
  h.mul_(as_signed(0x94d049bb133111ebULL));
  fold(h, 31);
  const double scale = static_cast<double>(shares) / static_cast<double>(shares - dropped_);
  const at::Tensor kept = h.view(at::kShort).ge(dropped_ - shares / 2);
  return x * kept.to(x.scalar_type()).mul_(scale).view(x.sizes());
}

}  // namespace atelier::sequence
