// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "atelier/base/random.hpp"
#include "atelier/sequence/writing.hpp"

namespace atelier::sequence {

/// Divides the positive logits of tokens that `recent` holds by `penalty` and multiplies the
/// negative ones, each once.
/// Source: Keskar et al., "CTRL", 2019.
void discourage(std::span<const Token> recent, double penalty, std::span<float> logits);

/// The distribution that a token is drawn from, in order:
///   p = softmax(logits / temperature); all but the top_k likeliest go; of these all go behind the
///   likeliest ones whose sum reaches top_p; the rest is divided by its sum.
/// Temperature 0 leaves the likeliest alone. Of equally likely tokens the first counts as likelier.
///
/// Sources: Fan, Lewis, Dauphin, "Hierarchical neural story generation", ACL 2018 (top-k); Holtzman
/// et al., "The curious case of neural text degeneration", ICLR 2020 (top-p).
/// Throws Error invalid_argument when no logit is above minus infinity.
[[nodiscard]] std::vector<double> distribution(std::span<const float> logits,
                                               const ChoiceOptions& options);

/// A token of a distribution.
[[nodiscard]] Token drawn(std::span<const double> distribution, RandomStream& chance);

}  // namespace atelier::sequence
