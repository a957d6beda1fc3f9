// SPDX-License-Identifier: Apache-2.0
#include "style/terms/cells.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nets/image_tensor.hpp"
#include "small_net.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

const std::vector<std::string>& layers() {
  static const std::vector<std::string> names{"relu1_1", "relu2_1", "relu3_1"};
  return names;
}

at::Tensor picture(int width, int height, int seed) {
  return nets::to_tensor(waves(width, height, seed)).to(at::kDouble);
}

TEST(Cells, AreAsSmallAsTheirNumberAllows) {
  const at::Tensor x = picture(40, 24, 1);
  const auto net = small_net();
  const TiledPass pass = tiled_pass(net, layers(), x);
  EXPECT_EQ(Cells(pass, {40, 24}, layers(), 4096).edge(), 1);
  EXPECT_EQ(Cells(pass, {40, 24}, layers(), 240).edge(), 2);
  EXPECT_EQ(Cells(pass, {40, 24}, layers(), 240).count(), 20 * 12);
  EXPECT_EQ(Cells(pass, {40, 24}, layers(), 239).edge(), 4);
}

/// Of cells as large as two positions of one layer and half of one of another.
TEST(Cells, ShowMeansOfPositionsAndShareLargeOnes) {
  const at::Tensor x = picture(40, 24, 1);
  const auto net = small_net();
  TiledPass pass = tiled_pass(net, layers(), x);
  const Cells cells(pass, {40, 24}, layers(), 240);
  const Cells::Sums sums = cells_of(pass, cells, x);
  const auto seen = net.network().forward(x, layers());
  EXPECT_TRUE(at::allclose(sums.at("relu1_1"), at::avg_pool2d(seen.at("relu1_1"), {2, 2})));
  EXPECT_TRUE(at::allclose(sums.at("relu2_1"), seen.at("relu2_1")));
  EXPECT_TRUE(at::allclose(sums.at("relu3_1"),
                           seen.at("relu3_1").repeat_interleave(2, 2).repeat_interleave(2, 3)));
}

TEST(Cells, OfTilesAddUpToThoseOfTheWhole) {
  const at::Tensor x = picture(53, 46, 1);
  const auto net = small_net();
  for (const std::int64_t most : {10, 60, 500, 4096}) {
    TiledPass whole = tiled_pass(net, layers(), x);
    const Cells cells(whole, {53, 46}, layers(), most);
    const Cells::Sums expected = cells_of(whole, cells, x);
    for (const int tile : {8, 20}) {
      TiledPass tiled = tiled_pass(net, layers(), x, tile);
      for (const auto& [layer, sum] : cells_of(tiled, cells, x)) {
        EXPECT_LE(relative_error(sum, expected.at(layer)), 1e-12) << layer << ' ' << most;
      }
    }
  }
}

TEST(Cells, RowsComeBackAsSums) {
  const at::Tensor x = picture(40, 24, 1);
  const auto net = small_net();
  TiledPass pass = tiled_pass(net, layers(), x);
  const Cells cells(pass, {40, 24}, layers(), 240);
  const Cells::Sums sums = cells_of(pass, cells, x);
  const std::map<std::string, double> ones{{"relu1_1", 1}, {"relu2_1", 1}, {"relu3_1", 1}};
  for (const auto& [layer, sum] : cells.by_sums(cells.rows(sums, ones), sums, ones)) {
    EXPECT_TRUE(at::equal(sum, sums.at(layer)));
  }
  EXPECT_EQ(cells.rows(sums, equal_scales(sums)).size(1), 8 + 12 + 20);
  EXPECT_NEAR(cells.rows(sums, equal_scales(sums)).square().sum(1).mean().item<double>(), 3, 1e-9);
}

TEST(Cells, AverageWhatIsGivenAPixel) {
  const at::Tensor x = picture(40, 24, 1);
  const auto net = small_net();
  const TiledPass pass = tiled_pass(net, layers(), x);
  const Cells cells(pass, {40, 24}, layers(), 240);
  const at::Tensor half = at::cat({at::ones({1, 1, 24, 19}), at::zeros({1, 1, 24, 21})}, 3);
  const at::Tensor means = cells.means(half).view({12, 20});
  EXPECT_EQ(means[3][8].item<double>(), 1);
  EXPECT_EQ(means[3][9].item<double>(), 0.5);
  EXPECT_EQ(means[3][10].item<double>(), 0);
}

}  // namespace
}  // namespace atelier::style
