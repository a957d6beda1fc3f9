// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "atelier/image/image.hpp"

namespace atelier::provenance {

/// 64 bits that say what a picture looks like as a whole and stay nearly the same when it is made
/// smaller, recompressed or recoloured: luma on white, brought to 32 x 32 px; of its cosine
/// transform the 8 x 8 lowest frequencies without those constant along an axis; each bit whether
/// one lies above their median.
///
/// Source: Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010
/// (pHash). Differs: the size is reached by a filter that lets nothing fold over.
/// Throws Error invalid_argument as embed_watermark() does for a picture, from 16 px.
[[nodiscard]] std::uint64_t perceptual_hash(const image::Image& picture);

/// Bits that differ, 0..64.
[[nodiscard]] int hash_distance(std::uint64_t a, std::uint64_t b) noexcept;

}  // namespace atelier::provenance
