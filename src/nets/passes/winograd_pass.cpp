// SPDX-License-Identifier: Apache-2.0
#include "nets/passes/winograd_pass.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/stopwatch.hpp"
#include "nets/passes/bordered_picture.hpp"
#include "nets/passes/stages.hpp"
#include "nets/vgg.hpp"
#include "tensor/activations.hpp"
#include "tensor/kernels/instruction_set.hpp"
#include "tensor/kernels/pooling.hpp"
#include "tensor/parallel.hpp"

namespace atelier::nets {
namespace {

using tensor::Activations;
using tensor::Finish;
using tensor::Mask;

class WinogradPass final : public Pass {
 public:
  WinogradPass(const Vgg& vgg, const std::vector<std::string>& layers)
      : vgg_(vgg),
        weights_(vgg.winograd_weights(vgg.depth(layers))),
        pool_(vgg.options().pooling == Pooling::max ? Finish::relu_max : Finish::relu_average),
        picture_(vgg.convention(), vgg.options().padding) {
    for (Stage& plan : plan_stages(vgg, layers)) stages_.emplace_back(std::move(plan));
  }

  const Features& forward(const at::Tensor& rgb, WayBack way_back) override {
    vgg_.check_picture(rgb, deepest(vgg_, stages_.size()));
    const bool masked = way_back == WayBack::follows;
    features_.clear();
    int height = static_cast<int>(rgb.size(2)), width = static_cast<int>(rgb.size(3));
    const float* picture = picture_.fill(rgb);
    Activations in;
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      KeptStage& stage = stages_[i];
      stage.time.forward = 0;
      const Stopwatch watch(stage.time.forward);
      stage.height = height;
      stage.width = width;
      height = stage.next_height();
      width = stage.next_width();
      if (masked) stage.mask = shape_mask(stage, stage.mask_memory);
      const Mask* mask = masked ? &stage.mask : nullptr;
      const bool shared = !stage.wanted && (stage.fused || !stage.pooled);
      stage.out =
          activations_in(shared ? other(in) : stage.memory, stage.fused ? height : stage.height,
                         stage.fused ? width : stage.width, stage.channels);
      if (i == 0) {
        weights_->first.forward(picture, stage.out, mask);
      } else {
        weights_->others[i - 1].forward(in, stage.fused ? pool_ : Finish::relu, stage.out, mask,
                                        workspace_);
      }
      if (stage.wanted) features_[stage.layer] = tensor::as_tensor(stage.out);
      in = stage.out;
      if (stage.pooled && !stage.fused) {
        if (masked) stage.pool_mask = shape_mask(stage, stage.pool_mask_memory);
        in = activations_in(other(stage.out), height, width, stage.channels);
        tensor::pool(stage.out, pool_, in, masked ? &stage.pool_mask : nullptr);
      }
    }
    return features_;
  }

  at::Tensor backward(const Features& gradients) override {
    for (const KeptStage& stage : stages_) {
      const bool written_to = stage.wanted || (stage.pooled && !stage.fused);
      if (!take_gradient(stage, gradients, stage.out) && written_to) {
        std::fill_n(stage.out.data, stage.out.size(), 0.0F);
      }
    }
    Activations gradient = stages_.back().out;
    for (std::size_t i = stages_.size() - 1; i > 0; --i) {
      KeptStage& stage = stages_[i];
      stage.time.backward = 0;
      const Stopwatch watch(stage.time.backward);
      const KeptStage& before = stages_[i - 1];
      const Finish finish = stage.fused ? pool_ : Finish::relu;
      const bool separate_pool = before.pooled && !before.fused;
      const bool add = before.wanted && !separate_pool;
      const Activations to =
          add ? before.out
              : activations_in(other(gradient), stage.height, stage.width, before.channels);
      weights_->others[i - 1].backward(gradient, finish, stage.mask, to, add, workspace_);
      gradient = to;
      if (separate_pool) {
        tensor::pool_backward(to, pool_, before.pool_mask, before.out);
        gradient = before.out;
      }
    }
    stages_.front().time.backward = 0;
    const Stopwatch watch(stages_.front().time.backward);
    weights_->first.backward(gradient, stages_.front().mask, picture_.gradient());
    return picture_.gradient_of_rgb();
  }

  bool takes_gradients_in_place() const override { return true; }

  std::vector<LayerTime> layer_times() const override {
    std::vector<LayerTime> times;
    std::size_t inputs = 3;
    for (const KeptStage& stage : stages_) {
      times.push_back(stage.time);
      times.back().layer = stage.layer;
      times.back().operations =
          18.0 * static_cast<double>(inputs * stage.channels) * stage.height * stage.width;
      inputs = stage.channels;
    }
    return times;
  }

  std::string description() const override {
    return fmt::format("Winograd F(6x6) fp32, {}", tensor::instruction_set());
  }

 private:
  /// With what it keeps for the way back. Pooling that is fused is part of the convolution.
  struct KeptStage : Stage {
    explicit KeptStage(Stage plan) : Stage(std::move(plan)) {}

    Activations out;               ///< pooled when fused; on the way back its gradient, when wanted
    Mask mask, pool_mask;          ///< of ReLU, and of pooling where it is fused; of pooling apart
    tensor::Buffer<float> memory;  ///< of `out`, unless it lies in shared memory
    tensor::Buffer<std::uint16_t> mask_memory, pool_mask_memory;
    LayerTime time;
  };

  static Mask shape_mask(const Stage& stage, tensor::Buffer<std::uint16_t>& memory) {
    Mask mask{nullptr, stage.height, stage.width, tensor::padded(stage.channels) / tensor::block};
    memory.reserve(static_cast<std::size_t>(stage.height) * static_cast<std::size_t>(stage.width) *
                   mask.blocks);
    mask.data = memory.data();
    return mask;
  }

  /// Shared memory in which `used` does not lie.
  tensor::Buffer<float>& other(const Activations& used) {
    return used.data && used.data == shared_[0].data() ? shared_[1] : shared_[0];
  }

  const Vgg& vgg_;
  std::shared_ptr<const WinogradWeights> weights_;
  Finish pool_;
  BorderedPicture picture_;
  std::vector<KeptStage> stages_;
  tensor::Buffer<float> shared_[2];
  tensor::Workspace workspace_;
  Features features_;
};

}  // namespace

std::unique_ptr<Pass> make_winograd_pass(const Vgg& vgg, std::vector<std::string> layers) {
  return std::make_unique<WinogradPass>(vgg, layers);
}

}  // namespace atelier::nets
