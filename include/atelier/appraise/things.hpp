// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/image/image.hpp"
#include "atelier/image/mask.hpp"
#include "atelier/nets/feature_net.hpp"

namespace atelier::appraise {

inline constexpr int things_edge = 384;  ///< px, long edge at which things are looked for

/// Where in a picture there are things, of whatever kind: 0..1, a map of one value for every 8 px
/// at `things_edge`, at least 8 x 8.
///
/// A network that was trained to name things answers where they are, and hardly at their
/// surroundings: the length of the last layer's vector of activations, at each place, is the seed
/// (after Wei, Luo, Wu, Zhou, "Selective Convolutional Descriptor Aggregation for Fine-Grained
/// Image Retrieval", IEEE Transactions on Image Processing 26, 2017, who add them up). It answers
/// to what tells a thing apart, to a head more than to a tail, and only every 32 px. What belongs
/// to it is found by spread() (src/appraise/spread.hpp) over four layers below.
///
/// The picture is seen with edges rounded to 32 px, as it is and mirrored; both are averaged. The
/// same picture gives the same map on the same processor with the same number of threads.
///
/// `eyes`: load_eyes(). `picture`: any size. Where nothing is to be seen, the map shows the
/// likeliest places all the same.
[[nodiscard]] image::Mask where_things_are(const nets::FeatureNet& eyes,
                                           const image::Image& picture);

}  // namespace atelier::appraise
