// SPDX-License-Identifier: Apache-2.0
#include "sequence/windows.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"

namespace atelier::sequence {
namespace {

std::int64_t stretches_of(std::span<const Token> tokens, std::int64_t context) {
  const auto count = static_cast<std::int64_t>(tokens.size());
  if (count < 2 * context) {
    fail(ErrorKind::invalid_argument,
         "{} tokens of text are too few to learn {} from at a time; bring more text, or choose a "
         "smaller --context.",
         count, context);
  }
  return (count - context) / context;
}

void copy_stretch(std::span<const Token> tokens, std::int64_t start, const at::Tensor& row) {
  const auto from =
      tokens.subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(row.numel()));
  std::copy(from.begin(), from.end(), row.data_ptr<std::int64_t>());
}

}  // namespace

Windows::Windows(std::span<const Token> tokens, int context, std::uint64_t seed)
    : tokens_(tokens),
      context_(context),
      seed_(seed),
      count_(stretches_of(tokens, context)),
      order_(static_cast<std::uint64_t>(count_), seed, "text") {}

std::int64_t Windows::start(std::int64_t position) const {
  RandomStream chance(seed_, fmt::format("text begins {}", position / count_));
  const auto first = static_cast<std::int64_t>(chance.uniform() * static_cast<double>(context_));
  return first +
         static_cast<std::int64_t>(order_.at(static_cast<std::uint64_t>(position))) * context_;
}

at::Tensor Windows::at(std::int64_t first, std::int64_t count) const {
  at::Tensor rows = at::empty({count, context_ + 1}, at::kLong);
  for (std::int64_t i = 0; i < count; ++i) copy_stretch(tokens_, start(first + i), rows[i]);
  return rows;
}

at::Tensor even_windows(std::span<const Token> tokens, int context, std::int64_t most) {
  const std::int64_t foretold = static_cast<std::int64_t>(tokens.size()) - 1;
  if (foretold < 1) {
    fail(ErrorKind::invalid_argument, "no text is held out; bring more, or raise --held-out.");
  }
  const std::int64_t length = std::min<std::int64_t>(context, foretold), all = foretold / length;
  const std::int64_t count = std::clamp<std::int64_t>(most / length, 1, all);
  at::Tensor rows = at::empty({count, length + 1}, at::kLong);
  for (std::int64_t i = 0; i < count; ++i) {
    copy_stretch(tokens, i * all / count * length, rows[i]);
  }
  return rows;
}

}  // namespace atelier::sequence
