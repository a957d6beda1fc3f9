// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "train/model_kind.hpp"

namespace atelier::sequence {

// What a sequence model's file calls its parts.
inline constexpr train::ModelKind writer{"atelier sequence 1", "sequence model",
                                         "atelier train text"};
inline constexpr const char *form_key = "form", *tokenizer_name = "tokenizer",
                            *words_name = "words";  // a line each

/// Of the `i`-th text that was learned from.
[[nodiscard]] inline std::string name_of_seen(std::size_t i) {
  return fmt::format("seen.{}", i);
}

}  // namespace atelier::sequence
