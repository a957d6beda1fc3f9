// SPDX-License-Identifier: Apache-2.0
#include "style/losses/losses.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "atelier/base/error.hpp"
#include "small_net.hpp"
#include "style/losses/statistics.hpp"

namespace atelier::style {
namespace {

using Make = std::function<std::unique_ptr<StyleLoss>(const Moments&)>;

struct Named {
  const char* name;
  Make make;
};

const Named exact{"wasserstein exact",
                  [](const Moments& t) { return wasserstein_loss(t, Root::exact); }};

/// Those that pictures are optimised by.
const std::vector<Named>& smooth_losses() {
  static const std::vector<Named> losses{
      {"gram", gram_loss},
      {"wasserstein smooth", [](const Moments& t) { return wasserstein_loss(t, Root::smooth); }}};
  return losses;
}

std::vector<Named> all_losses() {
  std::vector<Named> losses = smooth_losses();
  losses.push_back(exact);
  return losses;
}

at::Tensor activations(std::uint64_t seed, int channels = 5, int height = 4, int width = 6) {
  return random_tensor({1, channels, height, width}, seed).relu();
}

double value(const StyleLoss& loss, const Moments& seen) {
  return loss(seen, /*with_derivatives=*/false).value;
}

double value(const Make& make, const at::Tensor& target, const at::Tensor& seen) {
  return value(*make(moments(target)), moments(seen));
}

/// What an objective makes of the derivatives: (by_mean + 2 by_covariance (f - mean)) / n.
at::Tensor by_positions(const StyleLoss& loss, const at::Tensor& features) {
  const Moments m = moments(features);
  const StyleLoss::Value v = loss(m, /*with_derivatives=*/true);
  const at::Tensor f = features.reshape({features.size(1), -1});
  const at::Tensor slope = 2 * v.by_covariance.mm(f - m.mean.unsqueeze(1)) + v.by_mean.unsqueeze(1);
  return (slope / m.positions).reshape(features.sizes());
}

/// Shapes of target and seen layers of 5 channels: more positions than channels, and fewer.
const std::vector<std::pair<int, int>> pairs_of_widths{{24, 24}, {3, 24}, {24, 3}, {3, 4}, {2, 1}};

TEST(Losses, ZeroAtTheTarget) {
  for (const int width : {6, 1}) {  // 24 and 4 positions of 5 channels
    const at::Tensor target = activations(1, 5, 4, width);
    for (const auto& [name, make] : all_losses()) {
      SCOPED_TRACE(name);
      // A root near zero has half the digits.
      const double tolerance = std::string(name) == "wasserstein smooth"  ? 0.02
                               : std::string(name) == "wasserstein exact" ? 1e-7
                                                                          : 1e-14;
      EXPECT_NEAR(value(make, target, target), 0, tolerance);
    }
  }
}

TEST(Losses, TwiceTheActivations) {
  // F = 2 Fs: Gram |4 G - G|^2 / |G|^2 = 9;
  // Wasserstein |m|^2 + tr(4 C + C - 2 * 2 C) over tr C + |m|^2 = 1.
  const at::Tensor target = activations(2);
  EXPECT_NEAR(value(gram_loss, target, 2 * target), 9, 1e-12);
  EXPECT_NEAR(value(exact.make, target, 2 * target), 1, 1e-9);
}

TEST(Losses, TheSlopeAtTwiceTheActivations) {
  // Along F = s Fs: Gram (s^2 - 1)^2, slope 4 s (s^2 - 1) = 24; Wasserstein (s - 1)^2, slope 2.
  const at::Tensor target = activations(2, 5, 20, 30);
  const auto slope = [&](const Make& make) {
    return (by_positions(*make(moments(target)), 2 * target) * target).sum().item<double>();
  };
  EXPECT_NEAR(slope(gram_loss), 24, 1e-11);
  EXPECT_NEAR(slope(smooth_losses()[1].make), 2, 1e-2);
}

TEST(Losses, WassersteinOfIndependentChannelsAddsDifferencesOfDeviations) {
  // Channels +-a and +-b at orthogonal signs: C = diag(a^2, b^2), means 0.
  const auto two = [](double a, double b) {
    return at::tensor({a, a, -a, -a, b, -b, b, -b}, at::kDouble).reshape({1, 2, 2, 2});
  };
  const double expected = ((3.0 - 1) * (3 - 1) + (2.0 - 5) * (2 - 5)) / (1 + 25);
  EXPECT_NEAR(value(exact.make, two(1, 5), two(3, 2)), expected, 1e-12);
}

TEST(Losses, WassersteinOfShiftedActivationsIsTheShiftSquared) {
  const at::Tensor target = activations(3);
  const Moments m = moments(target);
  const double energy = (m.covariance.trace() + m.mean.square().sum()).item<double>();
  EXPECT_NEAR(value(exact.make, target, target + 0.7), 5 * 0.7 * 0.7 / energy, 1e-9);
}

/// (|m - ms|^2 + tr(C) + tr(Cs) - 2 tr((Cs^1/2 C Cs^1/2)^1/2)) / (tr Cs + |ms|^2), with a
/// symmetric root of Cs and, for Root::smooth, sqrt(v + d^2) - d of every eigenvalue.
double textbook(const Moments& target, const Moments& seen, Root root) {
  const auto [values, vectors] = at::linalg_eigh(target.covariance);
  const at::Tensor half = (vectors * values.clamp_min(0).sqrt()).mm(vectors.t());
  const at::Tensor roots = at::linalg_eigvalsh(half.mm(seen.covariance).mm(half)).clamp_min(0);
  const double trace = target.covariance.trace().item<double>();
  const double d =
      root == Root::smooth ? 0.01 * trace / static_cast<double>(target.mean.size(0)) : 0;
  const double overlap = ((roots + d * d).sqrt() - d).sum().item<double>();
  const double off = (seen.mean - target.mean).square().sum().item<double>();
  return (off + seen.covariance.trace().item<double>() + trace - 2 * overlap) /
         (trace + target.mean.square().sum().item<double>());
}

TEST(Losses, WassersteinIsThatOfTheTextbookWhateverTheRanks) {
  for (const auto& [of_target, of_seen] : pairs_of_widths) {
    SCOPED_TRACE(testing::Message() << of_target << " and " << of_seen << " positions");
    const Moments target = moments(activations(4, 5, 1, of_target)),
                  seen = moments(activations(5, 5, 1, of_seen));
    for (const Root root : {Root::exact, Root::smooth}) {
      // Rounding of a zero eigenvalue counts by its root.
      EXPECT_NEAR(value(*wasserstein_loss(target, root), seen), textbook(target, seen, root),
                  root == Root::exact ? 1e-7 : 1e-9);
    }
  }
}

TEST(Losses, RepeatedPositionsCountAsOnce) {
  const at::Tensor target = activations(4);
  for (const auto& [name, make] : all_losses()) {
    for (const int width : {1, 3, 5, 6}) {
      SCOPED_TRACE(name);
      const at::Tensor seen = activations(5, 5, 1, width);
      EXPECT_NEAR(value(make, target, seen), value(make, target, seen.repeat({1, 1, 8, 1})), 1e-7);
      EXPECT_NEAR(value(make, seen, target), value(make, seen.repeat({1, 1, 8, 1}), target), 1e-7);
    }
  }
}

TEST(Losses, SmoothRootExceedsTheExactOneByItsBound) {
  for (const auto& [of_target, of_seen] : pairs_of_widths) {
    const Moments target = moments(activations(6, 5, 1, of_target)),
                  seen = moments(activations(7, 5, 1, of_seen));
    const double trace = target.covariance.trace().item<double>();
    const double energy = trace + target.mean.square().sum().item<double>();
    const double least = value(*wasserstein_loss(target, Root::exact), seen);
    const double smooth = value(*wasserstein_loss(target, Root::smooth), seen);
    EXPECT_GE(smooth, least - 1e-7);
    EXPECT_LE(smooth, least + 0.02 * trace / energy + 1e-7);
  }
}

TEST(Losses, DerivativesPassCentralDifferencesOfMoments) {
  constexpr double h = 1e-6;
  for (const auto& [name, make] : smooth_losses()) {
    for (const int of_target : {24, 3}) {
      SCOPED_TRACE(testing::Message() << name << ", target of " << of_target << " positions");
      const auto loss = make(moments(activations(8, 5, 1, of_target)));
      const Moments seen = moments(activations(9));
      const StyleLoss::Value v = (*loss)(seen, true);
      EXPECT_EQ(v.value, value(*loss, seen));
      EXPECT_LT(gradient_error(
                    [&](const at::Tensor& mean) {
                      return value(*loss, {mean, seen.covariance, seen.positions});
                    },
                    seen.mean, v.by_mean),
                1e-7);
      EXPECT_TRUE(at::allclose(v.by_covariance, v.by_covariance.t(), 1e-12, 1e-14));
      const double largest = v.by_covariance.abs().max().item<double>();
      for (int row = 0; row < 5; ++row) {
        for (int column = 0; column <= row; ++column) {
          const auto at_offset = [&](double offset) {
            const at::Tensor moved = seen.covariance.clone();
            moved[row][column] += offset;
            if (row != column) moved[column][row] += offset;
            return value(*loss, {seen.mean, moved, seen.positions});
          };
          const double numeric = (at_offset(h) - at_offset(-h)) / (2 * h);
          const double slope = v.by_covariance[row][column].item<double>();
          EXPECT_NEAR(numeric, row == column ? slope : 2 * slope, 1e-6 * largest);
        }
      }
    }
  }
}

TEST(Losses, ExactWassersteinRefusesToBeOptimised) {
  const Moments target = moments(activations(8)), seen = moments(activations(9));
  const auto loss = wasserstein_loss(target, Root::exact);
  EXPECT_GT(value(*loss, seen), 0);
  try {
    static_cast<void>((*loss)(seen, /*with_derivatives=*/true));
    FAIL() << "no refusal";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
  }
}

TEST(Losses, GradientsPassCentralDifferencesOfPositions) {
  for (const auto& [name, make] : smooth_losses()) {
    for (const auto& [of_target, of_seen] : pairs_of_widths) {
      SCOPED_TRACE(testing::Message() << name << ", " << of_target << " and " << of_seen);
      const auto loss = make(moments(activations(8, 5, 1, of_target)));
      const at::Tensor x = random_tensor({1, 5, 1, of_seen}, 9);
      const auto at_features = [&](const at::Tensor& f) { return value(*loss, moments(f)); };
      EXPECT_LT(gradient_error(at_features, x, by_positions(*loss, x), 1e-5), 1e-6);
    }
  }
}

TEST(Losses, FlatActivationsStayFinite) {
  const at::Tensor black = at::zeros({1, 4, 3, 3}, at::kDouble), grey = at::full_like(black, 0.3),
                   textured = activations(10, 4, 3, 3);
  for (const auto& [name, make] : all_losses()) {
    SCOPED_TRACE(name);
    EXPECT_EQ(value(make, black, black), 0);
    EXPECT_NEAR(value(make, grey, grey), 0, 1e-12);
    for (const at::Tensor& target : {black, grey, textured}) {
      for (const at::Tensor& seen : {black, grey, textured}) {
        EXPECT_TRUE(std::isfinite(value(make, target, seen)));
        if (std::string(name) == exact.name) continue;
        const at::Tensor slope = by_positions(*make(moments(target)), seen);
        EXPECT_TRUE(at::isfinite(slope).all().item<bool>());
      }
    }
  }
}

/// Whoever optimises tells people so.
TEST(Losses, OfWhatIsNoNumberIsNone) {
  for (const double odd :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    at::Tensor seen = activations(11);
    seen[0][2][1][1] = odd;
    for (const auto& [name, make] : all_losses()) {
      SCOPED_TRACE(name);
      const auto loss = make(moments(activations(1)));
      EXPECT_FALSE(std::isfinite((*loss)(moments(seen), std::string(name) != exact.name).value));
    }
  }
}

TEST(Losses, HaveNames) {
  const Moments target = moments(activations(12)), seen = moments(activations(13));
  EXPECT_EQ(value(*style_loss("gram", target), seen), value(*gram_loss(target), seen));
  EXPECT_EQ(value(*style_loss("wasserstein", target), seen),
            value(*wasserstein_loss(target, Root::smooth), seen));
  EXPECT_THROW(static_cast<void>(style_loss("taste", target)), Error);
}

}  // namespace
}  // namespace atelier::style
