// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/retrieval/library.hpp"

namespace atelier::retrieval {

/// The respects in which pictures are compared: "content", "style", "palette", "composition".
[[nodiscard]] const std::vector<std::string>& aspects();

/// Looks at pictures. The same picture gives the same vectors on one kind of processor.
///
/// content: the last layer of EfficientNet-Lite0, the mean over positions, wholly and in five parts
///   of 60 % of both edges (the corners and the middle), so that a picture cut from another is
///   found by the part it was;
/// style: means and deviations of the channels of three of its earlier layers, their roots, since
///   large ones would decide alone;
/// palette: colours in Oklab, each shared among the eight nearest of 6 x 8 x 8 bins, their shares'
///   roots (Hellinger's distance);
/// composition: where it is light and dark in 8 x 8 places, and how strong edges of eight
///   directions are in 4 x 4 (after Oliva, Torralba, "Modeling the shape of the scene", IJCV 2001).
class Looker {
 public:
  /// Throws Error as nets::FeatureNet::load().
  [[nodiscard]] static Looker load();

  /// `picture`: each edge at least 16 px.
  [[nodiscard]] std::vector<Look> looks(const image::Image& picture) const;
  /// Its whole look in one respect.
  [[nodiscard]] std::vector<float> look(const image::Image& picture,
                                        const std::string& aspect) const;
  /// Names how it looks: vectors of other makers are not to be compared.
  [[nodiscard]] const std::string& maker() const noexcept { return maker_; }

 private:
  explicit Looker(nets::FeatureNet net);
  void add_network_looks(const image::Image& picture, std::vector<Look>& to) const;

  nets::FeatureNet net_;
  std::string maker_;
};

[[nodiscard]] std::vector<float> palette_look(const image::Image& picture);
[[nodiscard]] std::vector<float> composition_look(const image::Image& picture);

}  // namespace atelier::retrieval
