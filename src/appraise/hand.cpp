// SPDX-License-Identifier: Apache-2.0
#include "appraise/hand.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <map>

#include "appraise/figures.hpp"
#include "appraise/logistic.hpp"
#include "atelier/base/error.hpp"

namespace atelier::appraise {
namespace {

constexpr std::size_t least_works = 15;  // of a painter who is asked about
constexpr double ball = 0.1;

using Members = std::map<std::size_t, std::vector<std::int64_t>>;

Members members_of(std::span<const std::size_t> painters) {
  Members members;
  for (std::size_t i = 0; i < painters.size(); ++i) {
    members[painters[i]].push_back(static_cast<std::int64_t>(i));
  }
  return members;
}

/// The root of what takes variation within painters to 1. `places`: N x K.
at::Tensor whitening(const at::Tensor& places, const Members& members, std::size_t without) {
  const std::int64_t axes = places.size(1);
  at::Tensor within = at::zeros({axes, axes}, places.options());
  double freedom = 0;
  for (const auto& [painter, works] : members) {
    if (painter == without || works.size() < 2) continue;
    const at::Tensor of = places.index_select(0, at::tensor(works));
    const at::Tensor off = of - of.mean(0);
    within += at::mm(off.t(), off);
    freedom += static_cast<double>(works.size() - 1);
  }
  if (freedom == 0) {
    fail(ErrorKind::bad_input,
         "no artist has two works here, so that what the works of one share cannot be learned; add "
         "some.");
  }
  within /= freedom;
  within += ball * within.diagonal().mean() * at::eye(axes, places.options());
  return at::linalg_cholesky(at::linalg_inv(within));
}

at::Tensor unit(const at::Tensor& rows) {
  return rows / rows.norm(2, 1, /*keepdim=*/true).clamp_min(1e-12);
}

std::vector<double> numbers(const at::Tensor& values) {
  const at::Tensor plain = values.contiguous();
  return {plain.data_ptr<double>(), plain.data_ptr<double>() + plain.numel()};
}

/// Areas under the curve beside all others and beside those of the painter's classes.
std::pair<double, double> areas(const at::Tensor& hands, const at::Tensor& own,
                                const at::Tensor& classes) {
  const at::Tensor of_painter = at::zeros({hands.size(0)}, at::kLong).index_fill(0, own, 1),
                   others = (of_painter == 0).nonzero().squeeze(1);
  const at::Tensor theirs = hands.index_select(0, own);
  const std::vector<double> inside = numbers(likeness_within(theirs));
  const at::Tensor likeness = likeness_to(theirs, hands.index_select(0, others));
  const at::Tensor alike = at::isin(classes.index_select(0, others), classes.index_select(0, own));
  return {area_under_curve(numbers(likeness), inside),
          area_under_curve(numbers(likeness.masked_select(alike)), inside)};
}

}  // namespace

at::Tensor fit_hand(const at::Tensor& rows, std::span<const std::size_t> painters) {
  const Span span = span_of(rows);
  const std::int64_t kept = std::min(hand_axes, span.coordinates.size(1));
  const std::int64_t first = span.coordinates.size(1) - kept;
  const Members members = members_of(painters);
  return at::mm(span.back.slice(1, first),
                whitening(span.coordinates.slice(1, first), members, painters.size()));
}

at::Tensor hands_of(const at::Tensor& rows, const at::Tensor& axes) {
  return unit(at::mm(rows, axes));
}

at::Tensor likeness_within(const at::Tensor& hands) {
  const auto count = static_cast<double>(hands.size(0));
  return (at::mv(hands, hands.sum(0)) - hands.square().sum(1)) / (count - 1);
}

at::Tensor likeness_to(const at::Tensor& hands, const at::Tensor& others) {
  return at::mv(others, hands.mean(0));
}

at::Tensor palettes_of(const at::Tensor& thumbnails) {
  constexpr std::int64_t levels = 4;
  const at::Tensor level = (thumbnails * levels).floor().clamp(0, levels - 1).to(at::kLong);
  const at::Tensor rgb = level.view({level.size(0), -1, 3});
  const at::Tensor box = (rgb.select(2, 0) * levels + rgb.select(2, 1)) * levels + rgb.select(2, 2);
  const at::Tensor counts = at::zeros({box.size(0), levels * levels * levels}, at::kDouble)
                                .scatter_add(1, box, at::ones(box.sizes(), at::kDouble));
  return (counts / static_cast<double>(box.size(1))).sqrt();
}

nlohmann::ordered_json hand_figures(const at::Tensor& rows, std::span<const std::size_t> painters,
                                    std::span<const std::string> names, const at::Tensor& classes,
                                    const at::Tensor& thumbnails) {
  using Json = nlohmann::ordered_json;
  const Members members = members_of(painters);
  const Span span = span_of(rows);
  const std::int64_t kept = std::min(hand_axes, span.coordinates.size(1));
  const at::Tensor places = span.coordinates.slice(1, span.coordinates.size(1) - kept),
                   palettes = palettes_of(thumbnails);
  Json list = Json::array();
  double all = 0, alike = 0, colours = 0, colours_alike = 0, least = 1;
  for (const auto& [painter, works] : members) {
    const std::string& name = names[static_cast<std::size_t>(works.front())];
    if (works.size() < least_works || name.empty()) continue;
    const at::Tensor own = at::tensor(works);
    const auto [beside_all, beside_alike] =
        areas(unit(at::mm(places, whitening(places, members, painter))), own, classes);
    const auto [control, control_alike] = areas(palettes, own, classes);
    list.push_back({{"painter", name},
                    {"works", works.size()},
                    {"area", beside_all},
                    {"area_same_class", beside_alike},
                    {"palette_area", control},
                    {"palette_area_same_class", control_alike}});
    all += beside_all;
    alike += beside_alike;
    colours += control;
    colours_alike += control_alike;
    least = std::min(least, beside_all);
  }
  if (list.empty()) return Json::object();
  const auto count = static_cast<double>(list.size());
  return {{"painters", list.size()},
          {"area", all / count},
          {"least_area", least},
          {"area_same_class", alike / count},
          {"palette_area", colours / count},
          {"palette_area_same_class", colours_alike / count},
          {"list", list}};
}

}  // namespace atelier::appraise
