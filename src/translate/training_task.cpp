// SPDX-License-Identifier: Apache-2.0
#include "translate/training_task.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "gan/judge.hpp"
#include "gan/losses.hpp"
#include "train/settings.hpp"
#include "translate/model.hpp"

namespace atelier::translate {
namespace {

/// Pull of painted values beyond 0..1 back to it, by the square of how far they are off.
constexpr double range_weight = 10;
constexpr std::int64_t preview_rows = 4;
constexpr double least_distance = 1e-6;
constexpr const char *there_replay = "there.replay", *back_replay = "back.replay";

std::vector<RandomStream> streams(std::uint64_t seed, const std::string& name, std::int64_t first,
                                  std::int64_t count) {
  std::vector<RandomStream> all;
  for (std::int64_t i = first; i < first + count; ++i) {
    all.emplace_back(seed, fmt::format("{} {}", name, i));
  }
  return all;
}

at::Tensor difference(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().mean();
}

at::Tensor out_of_range(const at::Tensor& x) {
  return (x - x.detach().clamp(0, 1)).square().mean();
}

}  // namespace

TrainingTask::TrainingTask(const nets::Network& eyes, const nets::Network& judge,
                           const Samples& from, const Samples& to,
                           const TranslateTraining& training, at::Device device)
    : judge_(judge),
      from_(from),
      to_(to),
      training_(training),
      device_(device),
      changes_(gan::Changes::named(training.translate.augment)),
      there_("there", eyes, training, device),
      back_("back", eyes, training, device) {
  if (training.initial.empty() || train::is_run(training.initial)) return;
  const Model model = load_model(training.initial, at::kCPU);
  there_.painter.begin_from(model.there->tensors());
  back_.painter.begin_from(model.back->tensors());
}

std::vector<train::Learner*> TrainingTask::learners() {
  return {&there_.painter, &back_.painter, &there_.critic, &back_.critic};
}

nets::TensorMap TrainingTask::state() {
  nets::TensorMap all;
  for (const auto& [name, side] : {std::pair{"there.", &there_}, {"back.", &back_}}) {
    for (const auto& [key, tensor] : side->discriminator.state()) all[name + key] = tensor;
  }
  for (const auto& [name, side] : {std::pair{there_replay, &there_}, {back_replay, &back_}}) {
    if (const at::Tensor kept = side->replay.state(); kept.defined()) all[name] = kept;
  }
  return all;
}

void TrainingTask::restore(const nets::TensorMap& state) {
  for (const auto& [name, side] : {std::pair{std::string("there."), &there_}, {"back.", &back_}}) {
    nets::TensorMap own;
    for (const auto& [key, tensor] : state) {
      if (key.starts_with(name)) own[key.substr(name.size())] = tensor;
    }
    side->discriminator.restore(own);
  }
  for (const auto& [name, side] : {std::pair{there_replay, &there_}, {back_replay, &back_}}) {
    if (const auto kept = state.find(name); kept != state.end()) side->replay.restore(kept->second);
  }
}

TrainingTask::Batch TrainingTask::batch(std::int64_t step, train::Group& group) {
  const std::int64_t share = training_.train.batch / group.size(), first = group.rank() * share;
  if (!coming_) {
    coming_.emplace(
        [this, share, first](std::int64_t i) {
          const std::int64_t at = i / share, slot = first + i % share;
          return Pair{from_.sample(at, slot), to_.sample(at, slot)};
        },
        train::sample_makers(), 2 * share);
  }
  std::vector<at::Tensor> pictures(static_cast<std::size_t>(2 * share));
  Batch batch;
  batch.places.resize(pictures.size());
  for (std::int64_t i = 0; i < share; ++i) {
    const Pair pair = coming_->take(step * share + i);
    const auto at = static_cast<std::size_t>(i), beside = static_cast<std::size_t>(share + i);
    pictures[at] = pair.from.picture;
    pictures[beside] = pair.to.picture;
    batch.places[at] = pair.from.place;
    batch.places[beside] = pair.to.place;
  }
  batch.pictures = at::cat(pictures).to(device_).contiguous(at::MemoryFormat::ChannelsLast);
  return batch;
}

at::Tensor TrainingTask::everywhere(const at::Tensor& share, train::Group& group) const {
  if (group.size() == 1) return share;
  at::Tensor all = at::zeros({training_.train.batch, share.size(1), share.size(2), share.size(3)},
                             share.options());
  all.narrow(0, group.rank() * share.size(0), share.size(0)).copy_(share);
  group.average(all);
  return all.mul_(group.size());
}

at::Tensor TrainingTask::verdict(Side& side, const at::Tensor& goal, const at::Tensor& painted,
                                 std::int64_t step, train::Group& group, double& critic_loss) {
  const gan::Normaliser normalise{training_.translate.group};
  const gan::ProjectedDiscriminator& discriminator = side.discriminator;
  const std::int64_t share = goal.size(0), whole = step * training_.train.batch;
  const std::int64_t first = whole + group.rank() * share;
  const auto changed = [&](const at::Tensor& rgb, const char* what) {
    return gan::changed(
        rgb, changes_,
        streams(training_.train.seed, fmt::format("change {} {}", what, side.painter.name()), first,
                share));
  };
  side.discriminator.prepare();
  const std::vector<at::Tensor> seen = discriminator.look(changed(painted, "painted"));
  std::vector<at::Tensor> seen_goal, seen_past;
  {
    const at::NoGradGuard no_gradient;
    seen_goal = discriminator.look(changed(goal, "goal"));
    const at::Tensor past = side.replay.exchanged(everywhere(painted.detach(), group), whole)
                                .narrow(0, group.rank() * share, share);
    seen_past = discriminator.look(changed(past, "past"));
  }
  const at::Tensor of_critic =
      gan::critic_loss(gan::Loss::hinge, discriminator.judge(seen_goal, {}, normalise),
                       discriminator.judge(seen_past, {}, normalise));
  critic_loss = of_critic.item<double>();
  train::add_gradients(of_critic, {&side.critic.parameters()});
  static_cast<void>(side.critic.step(step, group));
  return gan::painter_loss(gan::Loss::hinge, discriminator.judge(seen, {}, normalise));
}

train::Figures TrainingTask::step(std::int64_t step, train::Group& group) {
  const TranslateOptions& options = training_.translate;
  const Batch b = batch(step, group);
  const std::int64_t n = b.pictures.size(0) / 2;
  const at::Tensor from = b.pictures.narrow(0, 0, n), to = b.pictures.narrow(0, n, n);
  const std::vector<fast::Place> from_places(b.places.begin(), b.places.begin() + n),
      to_places(b.places.begin() + n, b.places.end());

  // Each network paints both collections at once: the other's, and its own goal's, which stays.
  const at::Tensor by_there = there_.paint(b.pictures, b.places);
  const at::Tensor by_back = back_.paint(b.pictures, b.places);
  const at::Tensor like_to = by_there.narrow(0, 0, n), like_from = by_back.narrow(0, n, n);
  const at::Tensor from_again = back_.paint(like_to, from_places);
  const at::Tensor to_again = there_.paint(like_from, to_places);

  double there_critic = 0, back_critic = 0;
  const at::Tensor adversary = verdict(there_, to, like_to, step, group, there_critic) +
                               verdict(back_, from, like_from, step, group, back_critic);
  const at::Tensor cycle = difference(from_again, from) + difference(to_again, to);
  const at::Tensor identity =
      difference(by_there.narrow(0, n, n), to) + difference(by_back.narrow(0, 0, n), from);
  const at::Tensor total = options.adversary_weight * adversary + options.cycle_weight * cycle +
                           options.identity_weight * identity +
                           range_weight * (out_of_range(like_to) + out_of_range(like_from));
  train::add_gradients(total, {&there_.painter.parameters(), &back_.painter.parameters()});
  const train::Learner::Report report = there_.painter.step(step, group);
  static_cast<void>(back_.painter.step(step, group));

  at::Tensor figures =
      at::stack({adversary.detach(), cycle.detach(), identity.detach()}).to(at::kCPU, at::kDouble);
  figures = at::cat({figures, at::tensor({there_critic + back_critic}, at::kDouble)});
  group.average(figures);
  const auto* f = figures.data_ptr<double>();
  return {{"adversary", f[0]}, {"cycle", f[1]},       {"identity", f[2]},
          {"critic", f[3]},    {"rate", report.rate}, {"norm", report.norm}};
}

train::Figures TrainingTask::held_out() {
  const auto most = static_cast<std::size_t>(training_.translate.judged);
  const std::vector<at::Tensor> from = from_.held_out(most), to = to_.held_out(most);
  const auto seen = [&](const at::Tensor& rgb) { return gan::features_of(judge_, rgb); };
  if (!from_seen_.defined()) {
    std::vector<at::Tensor> from_all, to_all;
    for (const at::Tensor& picture : from) from_all.push_back(seen(picture.to(device_)));
    for (const at::Tensor& picture : to) to_all.push_back(seen(picture.to(device_)));
    from_seen_ = at::cat(from_all);
    to_seen_ = at::cat(to_all);
  }
  double cycle = 0;
  const auto translated = [&](const Side& side, const Side& other,
                              const std::vector<at::Tensor>& pictures) {
    std::vector<at::Tensor> all;
    double off = 0;
    for (const at::Tensor& one : pictures) {
      const at::Tensor picture = one.to(device_);
      const at::Tensor painted = side.paint_by_average(picture);
      all.push_back(seen(painted));
      off += difference(other.paint_by_average(painted), picture).item<double>();
    }
    cycle += off / static_cast<double>(2 * pictures.size());
    return at::cat(all);
  };
  // Without bias it may fall below 0 by chance, which no loss may.
  const auto distance = [](const at::Tensor& a, const at::Tensor& b) {
    return std::max(gan::energy_distance(a, b), least_distance);
  };
  const double untouched = distance(from_seen_, to_seen_);
  const double there = distance(translated(there_, back_, from), to_seen_) / untouched;
  const double back = distance(translated(back_, there_, to), from_seen_) / untouched;
  return {{"cycle", cycle}, {"back", back}, {"there", there}};
}

at::Tensor TrainingTask::preview() {
  const auto from = from_.held_out(static_cast<std::size_t>(preview_rows));
  const auto to = to_.held_out(static_cast<std::size_t>(preview_rows));
  std::vector<at::Tensor> rows;
  for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
    std::vector<at::Tensor> row;
    const auto add = [&](const Side& side, const Side& other, const at::Tensor& one) {
      const at::Tensor picture = one.to(device_);
      const at::Tensor painted = side.paint_by_average(picture);
      for (const at::Tensor& x : {picture, painted, other.paint_by_average(painted)}) {
        row.push_back(x.to(at::kCPU));
      }
    };
    add(there_, back_, from[i]);
    add(back_, there_, to[i]);
    rows.push_back(at::cat(row, 3));
  }
  return at::cat(rows, 2);
}

void TrainingTask::save_model(const std::filesystem::path& path, std::int64_t step) {
  translate::save_model(path, training_.translate.width, there_.painter.average(),
                        back_.painter.average(), step);
}

}  // namespace atelier::translate
