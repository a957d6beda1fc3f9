// SPDX-License-Identifier: Apache-2.0
#include "fast/look_engine.hpp"

#include <ATen/ATen.h>

#include <cmath>
#include <cstring>

#include "fast/engine_filters.hpp"
#include "fast/hourglass.hpp"
#include "fast/operations.hpp"
#include "tensor/kernels/channel_levels.hpp"
#include "tensor/parallel.hpp"

namespace atelier::fast {
namespace {

using tensor::Finish;
using tensor::Part;

/// One picture on its way; steps of through_hourglass().
class LookPass {
 public:
  LookPass(const Architecture& architecture, const train::Parameters& parameters,
           const Modulations& modulations, const ColourMap& colours)
      : parameters_(parameters), modulations_(modulations), colours_(colours) {
    for (const Convolution& c : convolutions(architecture)) convolutions_.emplace(c.name, c);
  }

  LayerNorms look(const Architecture& architecture, const Part& photo) {
    const Part full = halving("enter", photo, photo.height, photo.width, LayerMemory::full);
    const Part half = halved("to_half", full, LayerMemory::half);
    const Part fine = through_hourglass(architecture, half, *this);
    static_cast<void>(bare_enlarged("up_full", fine, full));
    return std::move(norms_);
  }

  Part halved(const std::string& name, const Part& in, LayerMemory::Place place) {
    return halving(name, in, in.height / 2, in.width / 2, place);
  }

  void block(const std::string& name, const Part& x) {
    const std::string first = name + ".first", second = name + ".second";
    const Part inside =
        styled(map_of(first, convolved(first, x)), Finish::relu,
               memory_.whole(LayerMemory::inside, x.height, x.width, outputs(first)));
    styled(map_of(second, convolved(second, inside)), Finish::bias_add, x);
  }

  Part enlarged(const std::string& name, const Part& below, const Part& beside,
                LayerMemory::Place place) {
    const Filter map = bare_enlarged(name, below, beside);
    return styled(map, Finish::relu,
                  memory_.whole(place, beside.height, beside.width, outputs(name)));
  }

 private:
  [[nodiscard]] std::size_t outputs(const std::string& name) const {
    return static_cast<std::size_t>(convolutions_.at(name).outputs);
  }
  [[nodiscard]] Filter bare(const std::string& name) const {
    return bare_filter(convolutions_.at(name), parameters_, colours_);
  }
  Part raw(const std::string& name, int height, int width) {
    return memory_.whole(LayerMemory::raw, height, width, outputs(name));
  }

  Part halving(const std::string& name, const Part& in, int height, int width,
               LayerMemory::Place place) {
    const Part out = raw(name, height, width);
    direct_of(bare(name)).forward(in, Finish::bias, out, all_of(out), memory_.workspace);
    return styled(map_of(name, out), Finish::relu,
                  memory_.whole(place, height, width, outputs(name)));
  }

  Part convolved(const std::string& name, const Part& in) {
    const Part out = raw(name, in.height, in.width);
    winograd_of(bare(name)).forward(in, Finish::bias, out, all_of(out), memory_.workspace);
    return out;
  }

  Filter bare_enlarged(const std::string& name, const Part& below, const Part& beside) {
    const Part out = raw(name, beside.height, beside.width);
    tensor::parallel_for(out.height, [&](std::int64_t y, int) {
      const auto row = static_cast<int>(y);
      std::memcpy(out.at(row, 0), beside.at(row, 0),
                  static_cast<std::size_t>(out.width) * out.values.stride * sizeof(float));
    });
    winograd_of(bare(name))
        .forward_enlarged(below, Finish::bias_add, out, all_of(out), memory_.workspace);
    return map_of(name, out);
  }

  /// Takes the norm of a layer; what it and the style make of the layer.
  Filter map_of(const std::string& name, const Part& layer) {
    const tensor::ChannelLevels levels = tensor::channel_levels(layer.values);
    const auto channels = static_cast<std::int64_t>(levels.mean.size());
    const at::Tensor mean = at::empty({1, channels, 1, 1}),
                     inverse = at::empty({1, channels, 1, 1});
    for (std::int64_t c = 0; c < channels; ++c) {
      const auto i = static_cast<std::size_t>(c);
      mean.data_ptr<float>()[c] = static_cast<float>(levels.mean[i]);
      inverse.data_ptr<float>()[c] =
          static_cast<float>(1 / std::sqrt(levels.variance[i] + least_variance));
    }
    norms_.layers[name] = {mean, inverse};
    return style_map(modulations_.at(name), mean, inverse);
  }

  /// The raw layer mapped to `out`.
  Part styled(const Filter& map, Finish finish, const Part& out) {
    const Part from = memory_.whole(LayerMemory::raw, out.height, out.width, out.values.channels);
    direct_of(map).forward(from, finish, out, all_of(out), memory_.workspace);
    return out;
  }

  const train::Parameters& parameters_;
  const Modulations& modulations_;
  const ColourMap& colours_;
  std::map<std::string, Convolution> convolutions_;
  LayerMemory memory_;
  LayerNorms norms_;
};

}  // namespace

LayerNorms norms_of(const Architecture& architecture, const train::Parameters& parameters,
                    const Modulations& modulations, const ColourMap& colours,
                    const at::Tensor& photo) {
  const at::NoGradGuard no_gradient;
  return LookPass(architecture, parameters, modulations, colours)
      .look(architecture, picture_part(photo));
}

}  // namespace atelier::fast
