// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::nets {

enum class Pooling { max, average };

/// What lies beyond the picture's border for the first convolution; deeper ones pad with zeros.
enum class Padding { zero, replicate };

/// How convolutions and overlapping poolings that halve the resolution look at what is below them:
/// everywhere, averaged over 2 x 2 places, or as the network was trained. VGG has none of either.
enum class Strides { smooth, trained };

struct FeatureNetOptions {
  Pooling pooling = Pooling::max;
  Padding padding = Padding::zero;
  Strides strides = Strides::smooth;
};

class Network;  // src/nets/network.hpp

/// A pretrained classification network with frozen weights, used for what its layers see.
///
/// VGG-16, VGG-19, ResNet-50, Inception-v3 or EfficientNet-Lite0; sources and names of layers stand
/// in src/nets. Immutable and cheap to copy; safe to use from several threads.
class FeatureNet {
 public:
  /// Loads a model of the registry ("vgg19", "resnet50") from the weights' folder.
  /// Throws Error
  ///   invalid_argument  the registry has no such backbone,
  ///   missing_weights   its weights are not there, or their digest is not the recorded one; the
  ///   message
  ///                     says the command that brings them.
  [[nodiscard]] static FeatureNet load(std::string_view model,
                                       const FeatureNetOptions& options = {});

  /// Loads from another folder of weights.
  [[nodiscard]] static FeatureNet load(std::string_view model, const FeatureNetOptions& options,
                                       const std::filesystem::path& models);

  explicit FeatureNet(std::shared_ptr<const Network> network);

  /// "vgg19".
  [[nodiscard]] const std::string& name() const noexcept;
  /// SHA-256 of the weights' file.
  [[nodiscard]] const std::string& digest() const noexcept;
  /// Every layer that can be asked for, from the picture upwards.
  [[nodiscard]] const std::vector<std::string>& layers() const noexcept;

  [[nodiscard]] const Network& network() const noexcept { return *network_; }

 private:
  std::shared_ptr<const Network> network_;
};

}  // namespace atelier::nets
