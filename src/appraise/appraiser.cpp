// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/appraiser.hpp"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <utility>

#include "appraise/features.hpp"
#include "appraise/guesses.hpp"
#include "appraise/hand.hpp"
#include "appraise/model.hpp"
#include "atelier/base/error.hpp"

namespace atelier::appraise {
namespace {

std::vector<Emotion> emotions_of(const Model& model, const at::Tensor& row) {
  std::vector<Emotion> emotions;
  if (model.feelings.empty()) return emotions;
  const at::Tensor shares = model.emotion(row.unsqueeze(0))[0].clamp(0, 1);
  for (std::size_t i = 0; i < model.feelings.size(); ++i) {
    emotions.push_back(
        emotion_of(model.feelings[i], shares[static_cast<std::int64_t>(i)].item<double>()));
  }
  std::stable_sort(emotions.begin(), emotions.end(),
                   [](const Emotion& a, const Emotion& b) { return a.share > b.share; });
  return emotions;
}

Hand hand_from(const Model& model, const at::Tensor& row) {
  const at::Tensor hand =
      hands_of((row - model.outside_mean).unsqueeze(0), model.hand_axes).contiguous();
  return {hand.data_ptr<float>(), hand.data_ptr<float>() + hand.numel()};
}

at::Tensor stacked(const std::vector<Hand>& hands) {
  std::vector<at::Tensor> rows;
  for (const Hand& hand : hands) rows.push_back(at::tensor(hand));
  return at::stack(rows);
}

double share(const at::Tensor& mask) {
  return mask.to(at::kDouble).mean().item<double>();
}

}  // namespace

struct Appraiser::Content {
  Eyes eyes;
  Model model;
};

nets::FeatureNet load_eyes() {
  return nets::FeatureNet::load("efficientnet-lite0", {.strides = nets::Strides::trained});
}

Appraiser::Appraiser(const std::filesystem::path& model, nets::FeatureNet net) {
  Eyes eyes(std::move(net));
  Model known = load_model(model);
  if (known.eyes != eyes.digest()) {
    fail(ErrorKind::bad_input,
         "{} was trained for other features than this program sees; train it again with: {}.",
         model.string(), appraisal_kind().command);
  }
  content_ = std::make_unique<Content>(Content{std::move(eyes), std::move(known)});
}

Appraiser::~Appraiser() = default;
Appraiser::Appraiser(Appraiser&&) noexcept = default;
Appraiser& Appraiser::operator=(Appraiser&&) noexcept = default;

Appraisal Appraiser::operator()(const image::Image& picture) const {
  const c10::NoGradGuard frozen;
  Appraisal appraisal;
  appraisal.aesthetics = measure(picture);
  const Model& model = content_->model;
  const Eyes::Seen seen = content_->eyes.look(picture);
  const at::Tensor style = probabilities(model.style, seen.row);
  appraisal.style = guesses(model.style.names, style);
  const at::Tensor doubts = doubts_of(style.unsqueeze(0)).to(at::kFloat),
                   distances =
                       distances_of(model.outside, (seen.row - model.outside_mean).unsqueeze(0));
  appraisal.strangeness =
      strangeness(doubts, distances, model.outside.doubts, model.outside.distances).item<double>();
  appraisal.strange_above = model.outside.threshold;
  if (!model.content.names.empty()) {
    appraisal.content = guesses(model.content.names, probabilities(model.content, seen.head));
  }
  appraisal.emotions = emotions_of(model, seen.row);
  appraisal.hand = hand_from(model, seen.row);
  if (model.machines.of_people.defined()) {
    appraisal.people_like_machines = share_of_people(model.machines, seen.row);
  }
  return appraisal;
}

Hand Appraiser::hand_of(const image::Image& picture) const {
  const c10::NoGradGuard frozen;
  return hand_from(content_->model, content_->eyes.look(picture).row);
}

Attribution Appraiser::compare(const std::vector<Hand>& reference, const Hand& work) const {
  if (reference.size() < least_reference) {
    fail(ErrorKind::invalid_argument,
         "a painter is told by at least {} works and {} were given; add works to the reference.",
         least_reference, reference.size());
  }
  const c10::NoGradGuard frozen;
  const at::Tensor hands = stacked(reference), within = likeness_within(hands);
  const at::Tensor likeness = likeness_to(hands, stacked({work}));
  const auto count = static_cast<double>(reference.size());
  return {.works = static_cast<int>(reference.size()),
          .likeness = likeness.item<double>(),
          .usual = within.median().item<double>(),
          .typical = (share(within <= likeness) * count + 1) / (count + 1),
          .nearer_than_others = share(likeness_to(hands, content_->model.hand_others) < likeness)};
}

const std::string& Appraiser::digest() const noexcept {
  return content_->model.digest;
}

const std::vector<std::string>& Appraiser::styles() const noexcept {
  return content_->model.style.names;
}

}  // namespace atelier::appraise
