// SPDX-License-Identifier: Apache-2.0
// Speed and pictures of a one-pass network:
//
//   atelier_fast_bench MODEL                   usual sizes, own kernels beside torch's conv2d
//   atelier_fast_bench MODEL WIDTH HEIGHT      this size alone
//   atelier_fast_bench MODEL PHOTO PAINTING OUT SIZE   paints; both at this long edge
//
// Medians of several runs after one that warms up; ends with 1 where both engines disagree.
#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "atelier/fast/painter.hpp"
#include "atelier/image/file.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/tensor/compute.hpp"
#include "fast/folded_network.hpp"
#include "fast/grain.hpp"
#include "fast/look_engine.hpp"
#include "fast/model.hpp"
#include "nets/image_tensor.hpp"
#include "pictures.hpp"

namespace {

using namespace atelier;

/// Median time of a call, ms.
template <class F>
double milliseconds(const F& f) {
  constexpr double enough = 2000;
  std::vector<double> all;
  double sum = 0;
  f();
  while (all.size() < 3 || (all.size() < 25 && sum < enough)) {
    const auto began = std::chrono::steady_clock::now();
    f();
    all.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
            .count());
    sum += all.back();
  }
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

/// Own kernels beside torch's on the same folded network, as ratios, and whether they agree.
class Engines {
 public:
  explicit Engines(const std::string& path)
      : model_(fast::load_model(path, at::kCPU)), network_(model_.network()) {}

  [[nodiscard]] bool measure(const image::Image& photo) const {
    const at::NoGradGuard no_gradient;
    const at::Tensor rgb = nets::to_tensor(photo);
    const at::Tensor seen = fast::with_grain(model_.architecture, rgb, {fast::Place{}});
    const at::Tensor code = at::zeros({1, model_.architecture.code});
    const fast::Modulations modulations = model_.architecture.modulated
                                              ? network_.modulations(code)
                                              : network_.adapted_modulations(rgb);
    fast::LayerNorms norms;
    const auto look = [&] {
      const tensor::OneThreadedTorch one_threaded_torch;
      norms = fast::norms_of(model_.architecture, *model_.parameters, modulations, {}, seen);
    };
    const auto look_with_torch = [&] {
      static_cast<void>(network_.paint(seen, rgb, modulations, nullptr, &norms));
    };
    const double torch_look = milliseconds(look_with_torch), own_look = milliseconds(look);
    const auto folded = [&](fast::Engine engine) {
      return fast::FoldedNetwork(model_.architecture, *model_.parameters, modulations, norms, {},
                                 engine);
    };
    const fast::FoldedNetwork own = folded(fast::Engine::fastest),
                              torch = folded(fast::Engine::torch);
    at::Tensor a, b;
    const double torch_paint = milliseconds([&] { b = torch.paint(seen); });
    const double own_paint = milliseconds([&] {
      const tensor::OneThreadedTorch one_threaded_torch;
      a = own.paint(seen);
    });
    const double fold = milliseconds([&] {
      const tensor::OneThreadedTorch one_threaded_torch;
      static_cast<void>(folded(fast::Engine::fastest));
    });
    const double apart = (a - b).abs().max().item<double>();
    fmt::print(
        "  network               {:8.1f} ms   torch {:8.1f} ms   {:5.1f} times as fast   apart "
        "{:.1e}\n",
        own_paint, torch_paint, torch_paint / own_paint, apart);
    fmt::print("  norms at this size    {:8.1f} ms   torch {:8.1f} ms   {:5.1f} times as fast\n",
               own_look, torch_look, torch_look / own_look);
    fmt::print("  folding the style     {:8.1f} ms\n", fold);
    return apart < 1.0 / 255;
  }

 private:
  fast::Model model_;
  fast::Network network_;
};

void measure(const fast::Painter& painter, const image::Image& photo, const fast::Style& style) {
  const tensor::OneThreadedTorch one_threaded_torch;
  fmt::print("  picture, known style  {:8.1f} ms\n", milliseconds([&] {
               static_cast<void>(painter.paint(photo, {{style, 1}}));
             }));
  const fast::Look look = painter.look(photo, {{style, 1}});
  fmt::print("  frame of a film       {:8.1f} ms\n",
             milliseconds([&] { static_cast<void>(look.paint(photo)); }));
}

}  // namespace

int main(int count, char** words) {
  if (count != 2 && count != 4 && count != 5 && count != 6) {
    fmt::print(stderr, "atelier_fast_bench MODEL [WIDTH HEIGHT [own] | PHOTO PAINTING OUT SIZE]\n");
    return 2;
  }
  const tensor::Compute compute = tensor::set_up("cpu", 0);
  const fast::Painter painter(words[1], nets::FeatureNet::load("vgg19"));
  if (count == 6) {
    const image::LoadOptions size{.long_edge = std::stoi(words[5])};
    const fast::Style style = painter.study(image::load(words[3], size));
    image::save(painter.paint(image::load(words[2], size), {{style, 1}}), words[4]);
    return 0;
  }
  std::vector<image::Size> sizes{{256, 144}, {512, 512}, {1920, 1080}};
  if (count > 3) sizes = {{std::stoi(words[2]), std::stoi(words[3])}};
  fmt::print("{} threads, {}\n", compute.threads, tensor::backend().kernels);
  if (count == 5) {
    const image::Image photo = bench::wave_picture(sizes[0].width, sizes[0].height);
    const fast::Look look = painter.look(photo, {{painter.study(photo), 1}});
    const tensor::OneThreadedTorch one_threaded_torch;
    fmt::print("frame {:8.1f} ms\n",
               milliseconds([&] { static_cast<void>(look.paint(photo)); }));
    return 0;
  }
  const image::Image painting = bench::wave_picture(512, 512);
  int seed = 0;
  fmt::print("study of a painting, 512 x 512 {:8.1f} ms\n", milliseconds([&] {
               const tensor::OneThreadedTorch one_threaded_torch;
               image::Image fresh = painting;
               fresh.rgb[0] = 0.001F * static_cast<float>(++seed);  // not the one remembered
               static_cast<void>(painter.study(fresh));
             }));
  const fast::Style style = painter.study(painting);
  const Engines engines(words[1]);
  bool right = true;
  for (const image::Size& size : sizes) {
    const image::Image photo = bench::wave_picture(size.width, size.height);
    fmt::print("{} x {}\n", size.width, size.height);
    right = engines.measure(photo) && right;
    measure(painter, photo, style);
    std::fflush(stdout);
  }
  return right ? 0 : 1;
}
