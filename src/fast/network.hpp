// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fast/architecture.hpp"
#include "fast/style_statistics.hpp"

namespace atelier::fast {

/// What a style makes of one layer, for each of N pictures.
struct Modulation {
  at::Tensor scale, shift;  ///< N x C
  at::Tensor mix;           ///< N x C x C; undefined: none
};
using Modulations = std::map<std::string, Modulation>;

/// Mean and inverse deviation of every normalised layer, N x C x 1 x 1: what a picture is as a
/// whole. Taken once, of a picture or of a smaller one of it, and given to each of its tiles.
struct LayerNorms {
  std::map<std::string, std::pair<at::Tensor, at::Tensor>> layers;
};

/// The one-pass network: a picture in, the picture painted out; the style enters as modulations of
/// its layers, computed once from the painting's statistics.
///
/// Form: an hourglass of convolutions, down to an eighth of the edges and back up, with residual
/// blocks at a quarter and an eighth (Johnson, Alahi, Fei-Fei, "Perceptual losses for real-time
/// style transfer", ECCV 2016) and each resolution's features added again on the way up. Each
/// convolution is followed by instance normalisation whose scale and shift come from the style
/// (Dumoulin, Shlens, Kudlur, "A learned representation for artistic style", ICLR 2017), predicted
/// for styles never seen (Ghiasi et al., "Exploring the structure of a real-time, arbitrary neural
/// artistic stylization network", BMVC 2017). Upsampling is bilinear, then a convolution (Odena,
/// Dumoulin, Olah, "Deconvolution and checkerboard artifacts", 2016).
///
/// Differs:
/// - The style's code comes from the moments of five layers of VGG-19, which the loss compares, not
///   from an image network of its own: nothing about a style that counts has to be found again.
/// - Some normalised layers also pass a full matrix of the style, I + sum_k a_k B_k, since styles
///   differ in correlations and not in scales alone.
/// - The picture enters twice, as it is and with its colours carried to the painting's
///   (colour_transport.hpp), and what comes out is added to the latter: before the first step of
///   training the palette is right, and so is every form.
/// - Planes of chance enter too (grain.hpp), of which strokes are made where a photograph is flat.
/// - Nothing but the normalisations looks further than reach() pixels (architecture.hpp), and these
/// can be given.
class Network {
 public:
  /// Views of `parameters`, which must outlive this. `precision`: that convolutions are computed
  /// in, nullopt for the parameters' own; norms and sums keep the parameters'.
  Network(const Architecture& architecture, const train::Parameters& parameters,
          std::optional<at::ScalarType> precision = std::nullopt);

  /// Codes, N x code; `levels` standardised by the caller.
  [[nodiscard]] at::Tensor code(const at::Tensor& levels,
                                const std::map<std::string, at::Tensor>& correlations) const;
  /// Of codes; linear in them but for constants.
  [[nodiscard]] Modulations modulations(const at::Tensor& codes) const;

  /// Of the plain form: constants, but for the adapted layer's, which are the deviation and mean of
  /// what the network sees of each painting there (Huang, Belongie, "Arbitrary style transfer in
  /// real-time with adaptive instance normalization", ICCV 2017). `paintings`: N x 3 x H x W.
  [[nodiscard]] Modulations adapted_modulations(const at::Tensor& paintings) const;

  /// `photo`: N x (3 + grain) x H x W, edges multiples of 8, as with_grain() gives it; `moved`: N x
  /// 3 x H x W, the photograph with the style's colours.
  /// Returns N x 3 x H x W, not clamped. `given`: norms to use; `seen`: takes those computed.
  [[nodiscard]] at::Tensor paint(const at::Tensor& photo, const at::Tensor& moved,
                                 const Modulations& modulations, const LayerNorms* given = nullptr,
                                 LayerNorms* seen = nullptr) const;

 private:
  struct Way;
  struct Seen;  // on the way down
  [[nodiscard]] Seen down(const Way& way, const at::Tensor& photo, const at::Tensor& moved) const;

  const Architecture architecture_;
  const train::Parameters& parameters_;
  std::optional<at::ScalarType> precision_;
};

}  // namespace atelier::fast
