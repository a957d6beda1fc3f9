// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "atelier/style/style_statistics.hpp"
#include "nets/network.hpp"
#include "nets/passes/pass.hpp"
#include "style/losses/statistics.hpp"
#include "style/tiles.hpp"

namespace atelier::style {

/// Width and height of 1 x 3 x H x W.
[[nodiscard]] image::Size size_of(const at::Tensor& rgb);

/// A view of the part of a picture or layer within `region`.
[[nodiscard]] at::Tensor part_of(const at::Tensor& picture, const Region& region);

/// Takes pictures of any size through a network tile by tile, in the memory of one tile.
class TiledPass {
 public:
  /// `net`, which `pass` runs, must outlive this. `tile`: edge of a tile's core in px, 0 for one
  /// tile.
  TiledPass(const nets::Network& net, std::vector<std::string> layers,
            std::unique_ptr<nets::Pass> pass, int tile);

  /// What a tile shows of a layer.
  struct View {
    at::Tensor features;  ///< of the patch, 1 x C x h x w
    Region region;        ///< of the core, in `features`
    Region place;         ///< of the core, in the layer of the whole picture
  };
  using Views = std::map<std::string, View>;
  using See = std::function<void(const Tile& tile, const Views& views)>;

  [[nodiscard]] int tile_count(image::Size picture) const;
  /// Pixels between a layer's positions.
  [[nodiscard]] int stride(const std::string& layer) const { return strides_.at(layer); }
  /// Height and width of a layer of a picture.
  [[nodiscard]] image::Size layer_size(const std::string& layer, image::Size picture) const;

  /// Calls `see` for each tile after it went forward; backward() may follow within.
  void forward(const at::Tensor& rgb, nets::WayBack way_back, const See& see);

  /// The gradient with respect to the tile's patch, from those with respect to its features.
  [[nodiscard]] at::Tensor backward(const nets::Features& gradients);

  /// Time spent in the network so far.
  struct Seconds {
    double forward = 0, backward = 0;
  };
  [[nodiscard]] const Seconds& seconds() const noexcept { return seconds_; }

  /// Looks into `statistics` before it computes moments() of a whole picture, and keeps them there.
  /// `name`: all that decides them besides the picture, the layers and the tiles.
  void remember_in(std::shared_ptr<StyleStatistics> statistics, std::string name);

  /// Of every layer, over the whole picture. `weights`: how much a layer's positions count, 1 x 1 x
  /// h x w; of a layer that it has not, alike.
  [[nodiscard]] std::map<std::string, Moments> moments(
      const at::Tensor& rgb, const std::map<std::string, at::Tensor>& weights = {});
  /// Of every layer, over several pictures together.
  [[nodiscard]] std::map<std::string, Moments> moments(const std::vector<at::Tensor>& pictures);

  [[nodiscard]] const nets::Pass& pass() const noexcept { return *pass_; }
  [[nodiscard]] const std::vector<std::string>& layers() const noexcept { return layers_; }

 private:
  [[nodiscard]] std::vector<Tile> tiles(image::Size picture) const;
  [[nodiscard]] std::map<std::string, Moments> computed_moments(
      const std::vector<at::Tensor>& pictures, const std::map<std::string, at::Tensor>& weights);

  const nets::Network& net_;
  std::vector<std::string> layers_;
  std::unique_ptr<nets::Pass> pass_;
  int tile_, stride_ = 1, reach_ = 0;
  std::map<std::string, int> strides_;
  Seconds seconds_;
  std::shared_ptr<StyleStatistics> statistics_;
  std::string statistics_name_;
};

}  // namespace atelier::style
