// SPDX-License-Identifier: Apache-2.0
#include "atelier/translate/judgement.hpp"

#include <ATen/ATen.h>

#include <cmath>
#include <vector>

#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/nets/feature_net.hpp"
#include "gan/judge.hpp"
#include "gan/picture_target.hpp"
#include "nets/image_tensor.hpp"
#include "train/augment.hpp"
#include "translate/samples.hpp"

namespace atelier::translate {
namespace {

constexpr std::size_t fewest = 4;

std::vector<at::Tensor> held_out(const train::PictureSet& set) {
  std::vector<at::Tensor> pictures;
  for (const std::size_t i : train::divided(set, held_out_share).held_out) {
    pictures.push_back(train::to_tensor(set.at(i)).contiguous(at::MemoryFormat::ChannelsLast));
  }
  if (pictures.size() < fewest) {
    fail(ErrorKind::invalid_argument,
         "{} of {} pictures are held out, too few to compare; {} are the least.", pictures.size(),
         set.size(), fewest);
  }
  return pictures;
}

at::Tensor painted(const Translator& translator, Direction direction, const at::Tensor& rgb) {
  const image::Image picture = nets::to_image(rgb);
  return nets::to_tensor(translator.look(picture, direction).paint(picture));
}

}  // namespace

Judgement judge(const Translator& translator, const nets::FeatureNet& vgg,
                const train::PictureSet& from, const train::PictureSet& to,
                const OnProgress& on_progress, std::stop_token stop) {
  const at::NoGradGuard no_gradient;
  const std::vector<at::Tensor> of_from = held_out(from), of_to = held_out(to);
  double seconds = 0;
  const Stopwatch watch(seconds);
  std::int64_t done = 0;
  const auto count = static_cast<std::int64_t>(of_from.size() + of_to.size());
  Judgement judgement;
  judgement.from = static_cast<std::int64_t>(of_from.size());
  judgement.to = static_cast<std::int64_t>(of_to.size());

  struct Seen {
    std::vector<at::Tensor> untouched, translated;
  };
  const auto look = [&](const std::vector<at::Tensor>& pictures, Direction way, Direction home) {
    Seen seen;
    for (const at::Tensor& picture : pictures) {
      if (stop.stop_requested()) fail(ErrorKind::cancelled, "interrupted.");
      const at::Tensor there = painted(translator, way, picture);
      const at::Tensor again = painted(translator, home, there);
      seen.untouched.push_back(gan::features_of(vgg.network(), picture));
      seen.translated.push_back(gan::features_of(vgg.network(), there));
      const gan::PictureTarget target(vgg.network(), picture);
      judgement.cycle_psnr -= 10 * std::log10(std::max(target.pixels(again).item<double>(), 1e-12));
      judgement.cycle_features += target.features(again).item<double>();
      if (on_progress) {
        on_progress({.stage = "looking",
                     .done = ++done,
                     .total = count,
                     .seconds = watch.elapsed(),
                     .remaining = -1,
                     .values = {}});
      }
    }
    return seen;
  };
  const Seen a = look(of_from, Direction::there, Direction::back);
  const Seen b = look(of_to, Direction::back, Direction::there);
  judgement.cycle_psnr /= static_cast<double>(count);
  judgement.cycle_features /= static_cast<double>(count);

  const auto judged = [](const Seen& pictures, const Seen& goal) {
    const at::Tensor of_goal = at::cat(goal.untouched);
    return DirectionJudged{gan::energy_distance(at::cat(pictures.untouched), of_goal),
                           gan::energy_distance(at::cat(pictures.translated), of_goal),
                           gan::energy_distance(of_goal.slice(0, 0, of_goal.size(0), 2),
                                                of_goal.slice(0, 1, of_goal.size(0), 2))};
  };
  judgement.there = judged(a, b);
  judgement.back = judged(b, a);
  return judgement;
}

}  // namespace atelier::translate
