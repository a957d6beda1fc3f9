// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/judgement.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"
#include "gan/judge.hpp"
#include "nets/image_tensor.hpp"
#include "train/augment.hpp"

namespace atelier::gan {
namespace {

constexpr std::int64_t fewest = 4;

/// The same pixels in an order of chance, which keeps every colour and no form.
at::Tensor shuffled(const at::Tensor& rgb, const std::string& name) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(rgb.size(2) * rgb.size(3)));
  std::iota(order.begin(), order.end(), 0);
  RandomStream chance(0, name);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[chance.next() % i]);
  return rgb.flatten(2).index_select(2, at::tensor(order).to(rgb.device())).view(rgb.sizes());
}

at::Tensor every_second(const at::Tensor& x, std::int64_t from) {
  return x.slice(0, from, x.size(0), 2);
}

}  // namespace

Judgement judge(const Painter& painter, const nets::FeatureNet& vgg,
                const train::PictureSet& pictures, std::int64_t samples, int neighbours,
                const OnProgress& on_progress, std::stop_token stop) {
  const auto count = static_cast<std::int64_t>(pictures.size());
  if (samples < fewest || count < fewest) {
    fail(ErrorKind::invalid_argument,
         "{} samples and {} pictures are too few to compare; {} of "
         "each are the least.",
         samples, count, fewest);
  }
  double seconds = 0;
  const Stopwatch watch(seconds);
  std::int64_t done = 0;
  const auto seen = [&](std::int64_t many, const std::function<at::Tensor(std::int64_t)>& picture) {
    std::vector<at::Tensor> all;
    for (std::int64_t i = 0; i < many; ++i) {
      if (stop.stop_requested()) fail(ErrorKind::cancelled, "interrupted.");
      all.push_back(
          features_of(vgg.network(), picture(i).contiguous(at::MemoryFormat::ChannelsLast)));
      if (on_progress) {
        on_progress({.stage = "looking",
                     .done = ++done,
                     .total = samples + 2 * count,
                     .seconds = watch.elapsed(),
                     .remaining = -1,
                     .values = {}});
      }
    }
    return at::cat(all);
  };
  const auto own = [&](std::int64_t i) {
    return train::middle_square(pictures.at(static_cast<std::size_t>(i)), painter.size());
  };
  const at::Tensor of_pictures = seen(count, own);
  const at::Tensor of_noise =
      seen(count, [&](std::int64_t i) { return shuffled(own(i), fmt::format("noise {}", i)); });
  const at::Tensor of_samples = seen(samples, [&](std::int64_t i) {
    return nets::to_tensor(painter.paint(painter.from_seed(static_cast<std::uint64_t>(i))));
  });

  const Likeness likely = likeness(of_samples, of_pictures);
  Judgement judgement{samples, count, likely.frechet, 0, 0, likely.nearest, likely.diversity, {}};
  judgement.halves = frechet_distance(every_second(of_pictures, 0), every_second(of_pictures, 1));
  judgement.shuffled = frechet_distance(of_noise, of_pictures);
  const std::int64_t shown = std::min<std::int64_t>(neighbours, samples);
  if (shown > 0) {
    const Nearest found = nearest(of_samples.narrow(0, 0, shown), of_pictures);
    for (std::int64_t i = 0; i < shown; ++i) {
      judgement.neighbours.push_back({static_cast<std::uint64_t>(i),
                                      static_cast<std::size_t>(found.place[i].item<std::int64_t>()),
                                      found.distance[i].item<double>()});
    }
  }
  return judgement;
}

}  // namespace atelier::gan
