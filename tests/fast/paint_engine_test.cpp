// SPDX-License-Identifier: Apache-2.0
#include "fast/paint_engine.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "chance_parameters.hpp"
#include "fast/folded_network.hpp"
#include "fast/grain.hpp"
#include "fast/look_engine.hpp"
#include "nets/image_tensor.hpp"
#include "random_vgg.hpp"
#include "tensor/kernels/targets.hpp"
// Highway's targets depend on what ours leave out.
#include <hwy/highway.h>

#include "tensor/kernels/instruction_set.hpp"
#include "tensor/parallel.hpp"

namespace atelier::fast {
namespace {

/// Forms of other widths and depths.
std::vector<Architecture> forms() {
  Architecture own, narrow, deep;
  narrow.full = 4;
  narrow.half = 6;
  narrow.quarter = 8;
  narrow.eighth = 10;
  narrow.mixes = 3;
  deep.full = 17;
  deep.half = 33;
  deep.quarter = 20;
  deep.eighth = 48;
  deep.quarter_blocks = 1;
  deep.eighth_blocks = 2;
  deep.late_blocks = 0;
  deep.fine_blocks = 2;
  deep.mixes = 0;
  deep.grain = 0;
  return {own, narrow, deep};
}

/// A network with chance weights, and a style and norms for a photograph.
struct Fixture {
  Fixture(const Architecture& form, int width, int height)
      : a(form), photo(nets::to_tensor(waves(width, height, 1))) {
    colours.matrix = {0.9, 0.2, 0, -0.1, 1.1, 0.1, 0, 0.3, 0.7};
    colours.offset = {0.05, -0.1, 0.2};
    const at::NoGradGuard no_gradient;
    modulations = network.modulations(at::randn({1, a.code}, at::detail::createCPUGenerator(4)));
    const at::Tensor moved = apply(colours, photo).contiguous(at::MemoryFormat::ChannelsLast);
    photo = with_grain(a, photo, {Place{8, 24}});
    painted = network.paint(photo, moved, modulations, nullptr, &norms);
  }

  [[nodiscard]] FoldedNetwork folded(Engine engine) const {
    return {a, parameters, modulations, norms, colours, engine};
  }

  /// By the network itself, which is not folded.
  [[nodiscard]] at::Tensor painted_with_norms(const at::Tensor& seen) const {
    const at::NoGradGuard no_gradient;
    const at::Tensor moved =
        apply(colours, seen.narrow(1, 0, 3)).contiguous(at::MemoryFormat::ChannelsLast);
    return network.paint(seen, moved, modulations, &norms);
  }

  Architecture a;
  train::Parameters parameters = chance_parameters(a);
  Network network{a, parameters};
  at::Tensor photo, painted;
  Modulations modulations;
  LayerNorms norms;
  ColourMap colours;
};

double furthest(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

template <class Body>
void on_every_instruction_set(const Body& body) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    SCOPED_TRACE(tensor::instruction_set());
    body();
  }
  hwy::SetSupportedTargetsForTest(0);
}

/// The norms are a larger picture's: those of the four positions that an eighth of the smallest has
/// would make roundings some hundred times as large.
TEST(PaintEngine, PaintsWhatTorchDoes) {
  for (const Architecture& form : forms()) {
    for (const auto& [width, height] : {std::pair{16, 16}, {40, 24}, {16, 104}, {104, 88}}) {
      const Fixture f(form, 104, 104);
      const at::Tensor photo = f.photo.narrow(2, 0, height)
                                   .narrow(3, 0, width)
                                   .contiguous(at::MemoryFormat::ChannelsLast);
      const at::Tensor want = f.folded(Engine::torch).paint(photo);
      ASSERT_LT(furthest(want, f.painted_with_norms(photo)), 1e-3);
      on_every_instruction_set([&] {
        const at::Tensor have = f.folded(Engine::fastest).paint(photo);
        EXPECT_EQ(have.sizes(), want.sizes());
        EXPECT_LT(furthest(have, want), 1e-3) << form.full << ", " << width << " x " << height;
      });
    }
  }
}

TEST(PaintEngine, PaintsEachPictureOfABatch) {
  const Fixture f(forms()[1], 40, 32);
  const FoldedNetwork folded = f.folded(Engine::fastest);
  const at::Tensor other = with_grain(f.a, nets::to_tensor(waves(40, 32, 2)), {Place{}});
  const at::Tensor both = folded.paint(at::cat({f.photo, other}));
  EXPECT_TRUE(at::equal(both.narrow(0, 0, 1), folded.paint(f.photo)));
  EXPECT_TRUE(at::equal(both.narrow(0, 1, 1), folded.paint(other)));
}

/// Exact: memory kept from picture to picture holds nothing of them.
TEST(PaintEngine, PaintsPicturesOfAnySizeAfterEachOther) {
  const Fixture f(forms()[1], 88, 72);
  const FoldedNetwork folded = f.folded(Engine::fastest);
  const at::Tensor first = folded.paint(f.photo);
  const at::Tensor small = with_grain(f.a, nets::to_tensor(waves(24, 16, 2)), {Place{}});
  const at::Tensor alone = f.folded(Engine::fastest).paint(small);
  EXPECT_TRUE(at::equal(folded.paint(small), alone));
  EXPECT_TRUE(at::equal(folded.paint(f.photo), first));
}

TEST(PaintEngine, PaintsTheSameBytesForEveryNumberOfThreads) {
  const Fixture f(forms()[0], 104, 72);
  const at::Tensor one = f.folded(Engine::fastest).paint(f.photo);
  for (const int threads : {2, 3}) {
    tensor::set_worker_count(threads);
    EXPECT_TRUE(at::equal(f.folded(Engine::fastest).paint(f.photo), one)) << threads;
  }
  tensor::set_worker_count(1);
}

TEST(LookEngine, SeesTheNormsThatTheNetworkDoes) {
  for (const Architecture& form : forms()) {
    const Fixture f(form, 88, 56);
    on_every_instruction_set([&] {
      const LayerNorms norms = norms_of(f.a, f.parameters, f.modulations, f.colours, f.photo);
      ASSERT_EQ(norms.layers.size(), f.norms.layers.size());
      for (const auto& [name, want] : f.norms.layers) {
        const auto& [mean, inverse] = norms.layers.at(name);
        EXPECT_EQ(mean.sizes(), want.first.sizes());
        EXPECT_LT(furthest(mean * want.second, want.first * want.second), 1e-4) << name;
        EXPECT_LT(furthest(inverse / want.second, at::ones_like(inverse)), 1e-4) << name;
      }
    });
  }
}

}  // namespace
}  // namespace atelier::fast
