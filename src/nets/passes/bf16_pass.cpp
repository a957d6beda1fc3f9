// SPDX-License-Identifier: Apache-2.0
#include "nets/passes/bf16_pass.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "nets/passes/bordered_picture.hpp"
#include "nets/passes/stages.hpp"
#include "nets/vgg.hpp"
#include "tensor/activations.hpp"
#include "tensor/parallel.hpp"

namespace atelier::nets {
namespace {

using tensor::Activations;
using tensor::Bf16;
using tensor::Bf16Band;

std::size_t size(int n) {
  return static_cast<std::size_t>(n);
}

/// Rows of positions between two rows of zeros, which a convolution sees beyond the picture.
class Plane {
 public:
  void shape(int height, int width, std::size_t stride) {
    row_ = size(width) * stride;
    memory_.reserve(size(height + 2) * row_);
    std::fill_n(row(-1), row_, Bf16{0});
    std::fill_n(row(height), row_, Bf16{0});
  }

  /// -1 <= y <= height.
  [[nodiscard]] Bf16* row(int y) { return memory_.data() + size(y + 1) * row_; }

 private:
  std::size_t row_ = 0;
  tensor::Buffer<Bf16> memory_;
};

/// Computed in bands of rows. Where pooling is fused, its mask alone is kept.
struct BandedStage : Stage {
  explicit BandedStage(Stage plan)
      : Stage(std::move(plan)), blocks(tensor::padded(channels) / tensor::block) {}

  std::size_t blocks;
  int rows = 0;                            ///< of a band; even, so that bands can be pooled
  Bf16Band forward[2], backward[2];        ///< for bands of `rows` rows, and for a shorter last one
  Activations features;                    ///< when wanted; on the way back their gradient
  const float* given = nullptr;            ///< the gradient there, or null
  tensor::Buffer<std::uint16_t> positive;  ///< what is above zero, one word a block
  tensor::Buffer<std::uint16_t> passes;    ///< when pooled: what passes a gradient from there
  tensor::Buffer<float> memory;            ///< of `features`

  [[nodiscard]] std::size_t row_blocks() const { return size(width) * blocks; }
  [[nodiscard]] std::size_t row_values() const { return row_blocks() * tensor::block; }
  [[nodiscard]] int bands() const { return (height + rows - 1) / rows; }
  [[nodiscard]] int band_rows(int top) const { return std::min(rows, height - top); }
  [[nodiscard]] const Bf16Band& of(const Bf16Band (&bands)[2], int top) const {
    return bands[band_rows(top) < rows ? 1 : 0];
  }
};

/// A band's results should stay in a core's second cache until they are pooled or masked; there
/// should be enough bands to share out; and each reads all the weights. Only the layer's shape
/// counts, so that the number of threads changes no byte.
int rows_of_band(const BandedStage& stage) {
  constexpr std::size_t cached_values = std::size_t{1} << 18;
  constexpr int shares = 16, least = 4;
  const int cached = static_cast<int>(cached_values / stage.row_values());
  const int rows = std::clamp(cached, 2, std::max(least, (stage.height + shares - 1) / shares));
  return std::min(stage.height, (rows + 1) / 2 * 2);
}

/// How many numbers, or bytes, a thread needs for each.
struct Room {
  std::size_t band = 0, row = 0, first = 0, scratch = 0;
};

/// What a thread works in.
struct Work {
  tensor::Buffer<Bf16> band;    ///< results that go on in another form
  tensor::Buffer<Bf16> row;     ///< of the first stage's gradient
  tensor::Buffer<float> first;  ///< a band of the first convolution's results
  tensor::Buffer<std::byte> scratch;

  void reserve(const Room& room) {
    band.reserve(room.band);
    row.reserve(room.row);
    first.reserve(room.first);
    scratch.reserve(room.scratch);
  }
};

class Bf16Pass final : public Pass {
 public:
  Bf16Pass(const Vgg& vgg, const std::vector<std::string>& layers)
      : vgg_(vgg),
        weights_(vgg.bf16_weights(vgg.depth(layers))),
        maximum_(vgg.options().pooling == Pooling::max),
        picture_(vgg.convention(), vgg.options().padding) {
    for (Stage& plan : plan_stages(vgg, layers)) stages_.emplace_back(std::move(plan));
  }

  const Features& forward(const at::Tensor& rgb, WayBack way_back) override {
    vgg_.check_picture(rgb, deepest(vgg_, stages_.size()));
    const bool masked = way_back == WayBack::follows;
    shape(static_cast<int>(rgb.size(2)), static_cast<int>(rgb.size(3)), masked);
    const float* picture = picture_.fill(rgb);
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      BandedStage& stage = stages_[i];
      Plane &in = planes_[i % 2], &out = planes_[(i + 1) % 2];
      const bool last = i + 1 == stages_.size();
      if (!last) {
        out.shape(stages_[i + 1].height, stages_[i + 1].width, stage.blocks * tensor::block);
      }
      tensor::parallel_for(stage.bands(), [&](std::int64_t item, int worker) {
        const int top = static_cast<int>(item) * stage.rows;
        Work& work = work_[size(worker)];
        Bf16* results = last || stage.pooled ? work.band.data() : out.row(top);
        if (i == 0) {
          compute_first(stage, picture, top, work, results);
        } else {
          stage.of(stage.forward, top).compute(in.row(top - 1), results, work.scratch.data());
        }
        finish(stage, top, results, masked, out);
      });
    }
    return features_;
  }

  at::Tensor backward(const Features& gradients) override {
    for (BandedStage& stage : stages_) {
      stage.given = take_gradient(stage, gradients, stage.features) ? stage.features.data : nullptr;
    }
    make_room_for_threads();
    const std::size_t last = stages_.size() - 1;
    shape_gradient(last);
    tensor::parallel_for(stages_[last].bands(), [&](std::int64_t item, int worker) {
      const int top = static_cast<int>(item) * stages_[last].rows;
      open(last, top, stages_[last].band_rows(top), nullptr, work_[size(worker)]);
    });
    for (std::size_t i = last; i > 0; --i) {
      const BandedStage& stage = stages_[i];
      shape_gradient(i - 1);
      tensor::parallel_for(stage.bands(), [&](std::int64_t item, int worker) {
        const int top = static_cast<int>(item) * stage.rows;
        Work& work = work_[size(worker)];
        stage.of(stage.backward, top)
            .compute(planes_[i % 2].row(top - 1), work.band.data(), work.scratch.data());
        open(i - 1, top, stage.band_rows(top), work.band.data(), work);
      });
    }
    BandedStage& first = stages_.front();
    weights_->first.backward(first_gradient_,
                             {first.positive.data(), first.height, first.width, first.blocks},
                             picture_.gradient());
    return picture_.gradient_of_rgb();
  }

  bool takes_gradients_in_place() const override { return true; }

  std::string description() const override { return tensor::bf16_description(); }

 private:
  /// Makes room, and the convolutions for layers of this size.
  void shape(int height, int width, bool masked) {
    features_.clear();
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      BandedStage& stage = stages_[i];
      if (stage.height != height || stage.width != width) {
        stage.height = height;
        stage.width = width;
        stage.rows = rows_of_band(stage);
        std::fill_n(stage.forward, 2, Bf16Band());
        std::fill_n(stage.backward, 2, Bf16Band());
      }
      if (stage.wanted) {
        stage.features = activations_in(stage.memory, height, width, stage.channels);
        features_[stage.layer] = tensor::as_tensor(stage.features);
      }
      const std::size_t words = size(height) * stage.row_blocks();
      if (masked && !stage.fused) stage.positive.reserve(words);
      if (masked && stage.pooled) stage.passes.reserve(words);
      shape_bands(i, masked);
      height = stage.next_height();
      width = stage.next_width();
    }
    make_room_for_threads();
  }

  /// Makes the convolutions for the bands of stage `i`, and notes what a thread needs for them.
  void shape_bands(std::size_t i, bool masked) {
    BandedStage& stage = stages_[i];
    const std::size_t band = size(stage.rows) * stage.row_values();
    room_.band = std::max(room_.band, band);
    if (i == 0) {
      room_.first = std::max(room_.first, band);
      room_.row = std::max(room_.row, stage.row_values());
    } else {
      const tensor::Bf16Convolution& convolution = weights_->others[i - 1];
      room_.band = std::max(room_.band,
                            size(stage.rows * stage.width) * tensor::padded(convolution.inputs()));
      for (const int part : {0, 1}) {
        const int rows = part == 0 ? stage.rows : stage.height % stage.rows;
        if (rows == 0) continue;
        Bf16Band &there = stage.forward[part], &back = stage.backward[part];
        if (!there) there = convolution.forward(rows, stage.width);
        if (masked && !back) back = convolution.backward(rows, stage.width);
        room_.scratch =
            std::max({room_.scratch, there.scratch_bytes(), back ? back.scratch_bytes() : 0});
      }
    }
  }

  /// Their number may change from the way there to the way back.
  void make_room_for_threads() {
    work_.resize(size(tensor::worker_count()));
    for (Work& work : work_) work.reserve(room_);
  }

  void compute_first(const BandedStage& stage, const float* picture, int top, Work& work,
                     Bf16* results) const {
    const int rows = stage.band_rows(top);
    weights_->first.forward(
        picture + size(top * (stage.width + 2)) * 3,
        {work.first.data(), rows, stage.width, stage.channels, stage.blocks * tensor::block},
        nullptr);
    tensor::to_bf16(work.first.data(), size(rows) * stage.row_blocks(), results);
  }

  /// Hands a band's results out, notes what the way back needs of them, and pools them.
  void finish(BandedStage& stage, int top, const Bf16* results, bool masked, Plane& out) const {
    const std::size_t row_blocks = stage.row_blocks();
    const int rows = stage.band_rows(top);
    const std::size_t before = size(top) * row_blocks, blocks = size(rows) * row_blocks;
    if (stage.wanted) tensor::to_float(results, blocks, stage.features.at(top, 0));
    if (masked && !stage.fused) {
      tensor::note_positive(results, blocks, stage.positive.data() + before);
    }
    if (!stage.pooled) return;
    std::uint16_t* passes = masked ? stage.passes.data() + before : nullptr;
    for (int y = 0; y + 1 < rows; y += 2) {
      const Bf16* upper = results + size(y) * stage.row_values();
      std::uint16_t* mask = masked ? passes + size(y) * row_blocks : nullptr;
      tensor::pool_rows({upper, upper + stage.row_values(), mask,
                         masked ? mask + row_blocks : nullptr, stage.width, stage.blocks},
                        maximum_, out.row((top + y) / 2));
    }
  }

  /// Where the gradient of a stage's convolution goes.
  void shape_gradient(std::size_t i) {
    const BandedStage& stage = stages_[i];
    if (i > 0) {
      planes_[i % 2].shape(stage.height, stage.width, stage.blocks * tensor::block);
    } else {
      first_gradient_ = activations_in(first_memory_, stage.height, stage.width, stage.channels);
    }
  }

  /// Takes `rows` rows of the gradient of what stage `i` handed on, or nothing, back through its
  /// pooling and ReLU, and adds what was given from outside.
  void open(std::size_t i, int top, int rows, const Bf16* later, Work& work) {
    const BandedStage& stage = stages_[i];
    const bool pooled = stage.pooled;
    const int begin = pooled ? 2 * top : top;
    int end = pooled ? 2 * (top + rows) : top + rows;
    if (pooled && end + 1 == stage.height) end = stage.height;  // a row that pooling left out
    tensor::GradientRow row;
    row.pooled = pooled;
    row.share = pooled && !maximum_ ? 0.25F : 1.0F;
    row.width = stage.width;
    row.blocks = stage.blocks;
    const std::size_t later_row = size(pooled ? stage.width / 2 : stage.width) * stage.blocks;
    for (int y = begin; y < end; ++y) {
      const std::size_t words = size(y) * stage.row_blocks();
      const int behind = pooled ? y / 2 - top : y - top;
      row.later =
          later && behind < rows ? later + size(behind) * later_row * tensor::block : nullptr;
      row.passes = (pooled ? stage.passes : stage.positive).data() + words;
      row.given = stage.given ? stage.given + words * tensor::block : nullptr;
      row.positive = stage.positive.data() + words;
      Bf16* to = i > 0 ? planes_[i % 2].row(y) : work.row.data();
      tensor::open_gradient(row, to);
      if (i == 0) tensor::to_float(to, stage.row_blocks(), first_gradient_.at(y, 0));
    }
  }

  const Vgg& vgg_;
  std::shared_ptr<const Bf16Weights> weights_;
  bool maximum_;
  BorderedPicture picture_;
  std::vector<BandedStage> stages_;
  Plane planes_[2];  ///< stage i reads, and leaves its gradient in, planes_[i % 2]
  Activations first_gradient_;
  tensor::Buffer<float> first_memory_;
  Room room_;
  std::vector<Work> work_;  ///< a thread each
  Features features_;
};

}  // namespace

std::unique_ptr<Pass> make_bf16_pass(const Vgg& vgg, std::vector<std::string> layers) {
  return std::make_unique<Bf16Pass>(vgg, layers);
}

}  // namespace atelier::nets
