// SPDX-License-Identifier: Apache-2.0
#include "fast/paint_engine.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "tensor/parallel.hpp"

namespace atelier::fast {

using tensor::Finish;
using tensor::Part;
using tensor::Region;

namespace {

// Of patches, in positions of what they make: with the ring around them they are whole tiles of the
// convolutions in front, and they leave room in a core's second cache.
constexpr int up_rows = 6 * tensor::tile_edge - 2, up_columns = 8 * tensor::tile_edge - 2;
constexpr int down_rows = 16, down_columns = 48;

/// The region with `ring` positions more on each side, as far as the layer goes.
Region with_ring(const Region& r, int ring, int height, int width) {
  return {std::max(0, r.top - ring), std::max(0, r.left - ring), std::min(height, r.bottom + ring),
          std::min(width, r.right + ring)};
}

/// Regions of at most rows x columns that make up a layer.
std::vector<Region> patches(int height, int width, int rows, int columns) {
  std::vector<Region> all;
  for (int top = 0; top < height; top += rows) {
    for (int left = 0; left < width; left += columns) {
      all.push_back({top, left, std::min(height, top + rows), std::min(width, left + columns)});
    }
  }
  return all;
}

/// A region of a layer in memory of its own.
Part part_in(tensor::Buffer<float>& memory, const Region& r, int height, int width,
             std::size_t channels) {
  tensor::Activations values{nullptr, r.bottom - r.top, r.right - r.left, channels,
                             tensor::padded(channels)};
  memory.reserve(values.size());
  values.data = memory.data();
  return {values, r.top, r.left, height, width};
}

}  // namespace

struct PaintEngine::Memory {
  /// Of one worker.
  struct Own {
    tensor::Buffer<float> full, last, painted;
    tensor::Workspace workspace;
  };
  LayerMemory layers;
  std::vector<Own> own;
};

/// One picture on its way.
class PaintEngine::Pass {
 public:
  Pass(const PaintEngine& engine, Memory& memory, const at::Tensor& photo)
      : engine_(engine), memory_(memory), photo_(picture_part(photo)) {
    memory_.own.resize(static_cast<std::size_t>(tensor::worker_count()));
  }

  void paint(float* to) {
    const Part half = enter();
    leave(through_hourglass(engine_.architecture_, half, *this), to);
  }

  Part halved(const std::string& name, const Part& in, LayerMemory::Place place) {
    const tensor::DirectConvolution& filter = engine_.direct_.at(name);
    const Part out = memory_.layers.whole(place, in.height / 2, in.width / 2, filter.outputs());
    filter.forward(in, Finish::relu, out, all_of(out), memory_.layers.workspace);
    return out;
  }

  void block(const std::string& name, const Part& x) {
    const tensor::ReflectedWinograd& first = engine_.winograd_.at(name + ".first");
    const Part inside =
        memory_.layers.whole(LayerMemory::inside, x.height, x.width, first.outputs());
    first.forward(x, Finish::relu, inside, all_of(inside), memory_.layers.workspace);
    engine_.winograd_.at(name + ".second")
        .forward(inside, Finish::bias_add, x, all_of(x), memory_.layers.workspace);
  }

  Part enlarged(const std::string& name, const Part& below, const Part& beside,
                LayerMemory::Place place) {
    const tensor::ReflectedWinograd& filter = engine_.winograd_.at(name);
    const Part out = memory_.layers.whole(place, beside.height, beside.width, filter.outputs());
    up(name, below, beside, out, all_of(out), memory_.layers.workspace);
    return out;
  }

 private:
  void up(const std::string& name, const Part& below, const Part& beside, const Part& out,
          const Region& where, tensor::Workspace& workspace) const {
    engine_.direct_.at(name).forward(beside, Finish::plain, out, where, workspace);
    engine_.winograd_.at(name).forward_enlarged(below, Finish::bias_add_relu, out, where,
                                                workspace);
  }

  Part entered(Memory::Own& own, const Region& where) const {
    const tensor::DirectConvolution& filter = engine_.direct_.at("enter");
    const Part full = part_in(own.full, where, photo_.height, photo_.width, filter.outputs());
    filter.forward(photo_, Finish::relu, full, where, own.workspace);
    return full;
  }

  /// From the photograph to half resolution.
  Part enter() {
    const tensor::DirectConvolution& filter = engine_.direct_.at("to_half");
    const Part half = memory_.layers.whole(LayerMemory::half, photo_.height / 2, photo_.width / 2,
                                           filter.outputs());
    const std::vector<Region> all = patches(half.height, half.width, down_rows, down_columns);
    tensor::parallel_for(static_cast<std::int64_t>(all.size()), [&](std::int64_t i, int worker) {
      const Region& r = all[static_cast<std::size_t>(i)];
      Memory::Own& own = memory_.own[static_cast<std::size_t>(worker)];
      const Region seen = with_ring({2 * r.top, 2 * r.left, 2 * r.bottom, 2 * r.right}, 1,
                                    photo_.height, photo_.width);
      filter.forward(entered(own, seen), Finish::relu, half, r, own.workspace);
    });
    return half;
  }

  /// From half resolution to the painting.
  void leave(const Part& fine, float* to) {
    const tensor::ReflectedWinograd& last_filter = engine_.winograd_.at("up_full");
    const tensor::ReflectedWinograd& filter = engine_.winograd_.at("leave");
    float matrix[9], offset[3];
    std::copy_n(engine_.colours_.matrix.begin(), 9, matrix);
    std::copy_n(engine_.colours_.offset.begin(), 3, offset);
    const std::vector<Region> all = patches(photo_.height, photo_.width, up_rows, up_columns);
    tensor::parallel_for(static_cast<std::int64_t>(all.size()), [&](std::int64_t i, int worker) {
      const Region& r = all[static_cast<std::size_t>(i)];
      Memory::Own& own = memory_.own[static_cast<std::size_t>(worker)];
      const Region seen = with_ring(r, 1, photo_.height, photo_.width);
      const Part last = part_in(own.last, seen, photo_.height, photo_.width, last_filter.outputs());
      up("up_full", fine, entered(own, seen), last, seen, own.workspace);
      const Part painted = part_in(own.painted, r, photo_.height, photo_.width, filter.outputs());
      filter.forward(last, Finish::bias, painted, r, own.workspace);
      for (int y = r.top; y < r.bottom; ++y) {
        float* row = to + (static_cast<std::size_t>(y) * static_cast<std::size_t>(photo_.width) +
                           static_cast<std::size_t>(r.left)) *
                              3;
        for (int x = r.left; x < r.right; ++x, row += 3) {
          const float *rgb = photo_.at(y, x), *added = painted.at(y, x);
          for (int c = 0; c < 3; ++c) {
            const float* m = matrix + 3 * c;
            row[c] = m[0] * rgb[0] + m[1] * rgb[1] + m[2] * rgb[2] + offset[c] + added[c];
          }
        }
      }
    });
  }

  const PaintEngine& engine_;
  Memory& memory_;
  Part photo_;
};

PaintEngine::PaintEngine(const Architecture& architecture,
                         const std::map<std::string, Filter>& filters,
                         const std::map<std::string, Filter>& beside, const ColourMap& colours)
    : architecture_(architecture), colours_(colours) {
  for (const auto& [name, filter] : filters) {
    if (name == "enter" || name.starts_with("to_")) {
      direct_.emplace(name, direct_of(filter));
    } else {
      winograd_.emplace(name, winograd_of(filter));
    }
  }
  for (const auto& [name, matrix] : beside) direct_.emplace(name, direct_of(matrix));
}

PaintEngine::~PaintEngine() = default;

std::unique_ptr<PaintEngine::Memory> PaintEngine::take_memory() const {
  const std::lock_guard lock(mutex_);
  return spare_ ? std::move(spare_) : std::make_unique<Memory>();
}

at::Tensor PaintEngine::paint(const at::Tensor& photo) const {
  at::Tensor painted =
      at::empty({1, 3, photo.size(2), photo.size(3)}, at::kFloat, at::MemoryFormat::ChannelsLast);
  std::unique_ptr<Memory> memory = take_memory();
  Pass(*this, *memory, photo).paint(painted.data_ptr<float>());
  const std::lock_guard lock(mutex_);
  spare_ = std::move(memory);
  return painted;
}

}  // namespace atelier::fast
