// SPDX-License-Identifier: Apache-2.0
// Speed and pictures of a one-pass network:
//   atelier_fast_bench MODEL                          times of usual sizes, median of several
//   atelier_fast_bench MODEL PHOTO PAINTING OUT SIZE  paints; both at this long edge
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "atelier/fast/painter.hpp"
#include "atelier/image/file.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/tensor/compute.hpp"

namespace {

using namespace atelier;

image::Image grey_noise(int width, int height) {
  image::Image picture{width, height, {}, {}};
  unsigned state = 1;
  for (std::size_t i = 0; i < picture.pixels() * 3; ++i) {
    state = state * 1664525U + 1013904223U;
    picture.rgb.push_back(static_cast<float>(state >> 8) / 16777216.0F);
  }
  return picture;
}

template <class F>
double seconds(const F& f) {
  std::vector<double> all;
  for (int i = 0; i < 6; ++i) {
    const auto began = std::chrono::steady_clock::now();
    f();
    all.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  }
  all.erase(all.begin());  // warms up
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

void measure(const fast::Painter& painter) {
  const fast::Style style = painter.study(grey_noise(256, 256));
  std::printf("study of a painting at 512 px  %.3f s\n",
              seconds([&] { static_cast<void>(painter.study(grey_noise(512, 512))); }));
  for (const auto& [width, height] : {std::pair{256, 144}, {512, 512}, {1920, 1080}}) {
    const image::Image photo = grey_noise(width, height);
    std::printf("%4d x %4d  %.3f s\n", width, height, seconds([&] {
                  static_cast<void>(painter.paint(photo, {{style, 1}}));
                }));
    const fast::Look look = painter.look(photo, {{style, 1}});
    for (const int tile : {0, 256, 512, 1024}) {
      std::printf("             as a frame, tiles of %4d px  %.3f s\n", tile,
                  seconds([&] { static_cast<void>(painter.paint(photo, look, tile)); }));
    }
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 2 && count != 6) {
    std::fprintf(stderr, "atelier_fast_bench MODEL [PHOTO PAINTING OUT SIZE]\n");
    return 2;
  }
  static_cast<void>(tensor::set_up("cpu", 0));
  const fast::Painter painter(words[1], nets::FeatureNet::load("vgg19"));
  if (count == 2) {
    measure(painter);
    return 0;
  }
  const image::LoadOptions size{.long_edge = std::stoi(words[5])};
  const fast::Style style = painter.study(image::load(words[3], size));
  image::save(painter.paint(image::load(words[2], size), {{style, 1}}), words[4]);
  return 0;
}
