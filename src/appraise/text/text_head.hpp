// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "appraise/feeling.hpp"
#include "appraise/logistic.hpp"

namespace atelier::appraise {

/// Poems and their pieces as one kind of word vectors shows them.
struct PoemRows {
  std::int64_t dimensions = 0;  ///< K
  at::Tensor poems;             ///< N x K, float64
  at::Tensor pieces;            ///< P x K, some lines of a poem each
};

/// What readers felt.
struct PoemShares {
  at::Tensor poems;   ///< N x E, float64: means over lines of the shares of readers
  at::Tensor pieces;  ///< P x E
  at::Tensor poem;    ///< P, int64: of which poem each piece is
};

struct TextHead {
  std::size_t kind = 0;  ///< place in `kinds` of the rows that it reads
  Linear head;           ///< on plain rows
  double penalty = 0;
  std::vector<Feeling> feelings;  ///< of all emotions
};

/// Learns shares by ridge regression over pieces, and judges them by whole poems: since a row is a
/// mean over words, a head of pieces is one of poems.
///
/// Poems are divided into `parts`; each part is foretold by a head that saw none of it, nor was its
/// kind of rows or penalty chosen by it: they are those by which poems left out a second time, in
/// eight parts, are foretold with the least squared error (each emotion over its variance). `seed`
/// deals out the poems and draws the intervals. At least 2 `parts` poems.
[[nodiscard]] TextHead learn_text_emotions(const std::vector<PoemRows>& kinds,
                                           const PoemShares& shares,
                                           const std::vector<std::string>& names,
                                           std::int64_t parts, std::uint64_t seed,
                                           const std::function<void()>& check);

}  // namespace atelier::appraise
