// SPDX-License-Identifier: Apache-2.0
// The variants that passes are tried in: engines, networks, layers, pictures.
#pragma once

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "nets/passes/make_pass.hpp"
#include "small_vgg.hpp"
#include "tensor/kernels/bf16_convolution.hpp"

namespace atelier::nets::testing {

/// Tests of an engine of our own; skipped where this build or machine does not compute it.
class EngineTest : public ::testing::Test {
 protected:
  explicit EngineTest(std::string engine) : engine_(std::move(engine)) {}

  void SetUp() override {
    if (engine_ != "bf16") return;
    const auto units = tensor::bf16_units();
    if (units == tensor::Bf16Units::not_built) GTEST_SKIP() << "built without oneDNN";
    if (units == tensor::Bf16Units::none) GTEST_SKIP() << "the processor does not compute in bf16";
  }

  [[nodiscard]] std::unique_ptr<Pass> make(const Vgg& vgg,
                                           const std::vector<std::string>& layers) const {
    return make_pass(vgg, layers, at::kFloat, engine_);
  }

 private:
  std::string engine_;
};

inline const std::vector<std::vector<std::string>> choices_of_layers{
    {"relu3_1"},
    {"relu1_1"},
    {"relu1_1", "relu2_1", "relu3_1"},
    {"relu1_2", "relu2_2", "relu3_1"},  // before pooling: their unpooled activations are wanted
    {"relu2_1", "relu2_2"}};

/// Calls `body(vgg, layers, rgb)` for networks of every pooling and padding, for every choice of
/// layers and for pictures of many shapes, in double precision.
template <class Body>
void on_every_network_and_picture(const Body& body) {
  for (const auto pooling : {Pooling::max, Pooling::average}) {
    for (const auto padding : {Padding::zero, Padding::replicate}) {
      const Vgg vgg = small_vgg(pooling, padding);
      for (const auto& [height, width] : {std::pair{4, 4}, {5, 4}, {12, 12}, {13, 31}, {50, 9}}) {
        for (const auto& layers : choices_of_layers) {
          SCOPED_TRACE(fmt::format("{} x {}, {}", height, width, fmt::join(layers, " ")));
          body(vgg, layers, picture(height, width));
        }
      }
    }
  }
}

/// As engines of our own take them.
inline Features in_floats(const Features& features) {
  Features floats;
  for (const auto& [layer, values] : features) floats[layer] = values.to(at::kFloat);
  return floats;
}

}  // namespace atelier::nets::testing
