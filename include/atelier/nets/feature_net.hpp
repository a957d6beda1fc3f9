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

struct FeatureNetOptions {
  Pooling pooling = Pooling::max;
  Padding padding = Padding::zero;
};

class Vgg;  // src/nets/vgg.hpp

/// A pretrained classification network with frozen weights, used for what its layers see.
///
/// Source: Simonyan, Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
/// Recognition", ICLR 2015 (VGG-16 and VGG-19). Layers are named reluB_C: after the C-th
/// convolution of block B and its ReLU. Immutable and cheap to copy; safe to use from several
/// threads.
class FeatureNet {
 public:
  /// Loads a model of the registry ("vgg19", "vgg16") from the weights' folder.
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

  explicit FeatureNet(std::shared_ptr<const Vgg> vgg);

  /// "vgg19".
  [[nodiscard]] const std::string& name() const noexcept;
  /// SHA-256 of the weights' file.
  [[nodiscard]] const std::string& digest() const noexcept;
  /// Every layer that can be asked for, from the picture upwards.
  [[nodiscard]] const std::vector<std::string>& layers() const noexcept;

  [[nodiscard]] const Vgg& vgg() const noexcept { return *vgg_; }

 private:
  std::shared_ptr<const Vgg> vgg_;
};

}  // namespace atelier::nets
