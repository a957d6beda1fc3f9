// SPDX-License-Identifier: Apache-2.0
#include "appraise/machine_head.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "appraise/artists.hpp"
#include "appraise/figures.hpp"
#include "appraise/outside.hpp"
#include "appraise/style_head.hpp"
#include "atelier/appraise/appraiser.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/file_search.hpp"
#include "image/formats.hpp"

namespace atelier::appraise {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view by_people = "untouched", behind_source = "__";

/// How much each row looks like a machine's, by the logits of both classes.
at::Tensor lean_of(const at::Tensor& logits) {
  return logits.select(1, 1) - logits.select(1, 0);
}

std::vector<double> numbers(const at::Tensor& values) {
  const at::Tensor flat = values.contiguous();
  return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

double threshold_of(const at::Tensor& people) {
  return at::quantile(people, 1 - Appraisal::rarely).item<double>();
}

/// What a head that saw none of either says of people's works and of a machine's.
Json told_apart(const at::Tensor& people, const at::Tensor& machines) {
  return {{"pictures", machines.size(0)},
          {"area_under_curve", area_under_curve(numbers(people), numbers(machines))},
          {"found", (machines > threshold_of(people)).to(at::kDouble).mean().item<double>()}};
}

}  // namespace

std::vector<MachinePicture> read_machines(const std::filesystem::path& folder) {
  std::vector<MachinePicture> pictures;
  bool people = false, machines = false;
  for (const std::filesystem::path& file : files_in(folder).files) {
    const std::filesystem::path inside = file.lexically_relative(folder);
    if (!image::format_of_suffix(file) || std::distance(inside.begin(), inside.end()) < 2) continue;
    const std::string kind = inside.begin()->string(), name = file.stem().string();
    const bool of_people = kind == by_people;
    (of_people ? people : machines) = true;
    pictures.push_back({file, of_people ? "" : kind, name.substr(0, name.find(behind_source))});
  }
  if (!people || !machines) {
    fail(ErrorKind::bad_input,
         "{} holds no pictures in a folder 'untouched' and in one for a kind of machine; both are "
         "needed.",
         folder.string());
  }
  return pictures;
}

MachineHead learn_machines(const MachineRows& seen, int splits, Json& figures,
                           const std::function<void()>& check) {
  const at::Tensor kind = at::tensor(seen.kind);
  const std::vector<int> kinds(seen.kind.begin(), seen.kind.end());
  const std::vector<int> parts = divide(seen.group, kinds, splits);
  const ClassedRows all{seen.rows, (kind > 0).to(at::kLong),
                        at::tensor(std::vector<std::int64_t>(parts.begin(), parts.end())), 2};
  const StyleHead whole = learn_style(all, check);
  const at::Tensor lean = lean_of(whole.held_out), people = lean.masked_select(kind == 0);
  figures = {{"people", people.size(0)},
             {"splits", splits},
             {"penalty", whole.penalty},
             {"false_alarms", Appraisal::rarely},
             {"all", told_apart(people, lean.masked_select(kind > 0))},
             {"kinds", Json::object()},
             {"kinds_never_seen", Json::object()}};
  for (std::size_t i = 0; i < seen.kinds.size(); ++i) {
    const at::Tensor of_kind = kind == static_cast<std::int64_t>(i + 1);
    figures["kinds"][seen.kinds[i]] = told_apart(people, lean.masked_select(of_kind));
    if (seen.kinds.size() == 1) continue;
    const StyleHead others = learn_style(all.where(of_kind.logical_not()), check);
    const at::Tensor others_kind = kind.masked_select(of_kind.logical_not());
    figures["kinds_never_seen"][seen.kinds[i]] =
        told_apart(lean_of(others.held_out).masked_select(others_kind == 0),
                   lean_of(logits_of(others, all.where(of_kind).rows)));
  }
  const Linear both = on_plain(whole.head, whole.standard);
  return {rounded({both.weights.slice(1, 1, 2) - both.weights.slice(1, 0, 1),
                   both.bias.slice(0, 1, 2) - both.bias.slice(0, 0, 1)},
                  whole.standard.mean),
          quantiles_of(people)};
}

double share_of_people(const MachineHead& machines, const at::Tensor& row) {
  const at::Tensor lean = machines.head(row.unsqueeze(0)).squeeze();
  return (machines.of_people >= lean.to(machines.of_people.scalar_type()))
      .to(at::kDouble)
      .mean()
      .item<double>();
}

}  // namespace atelier::appraise
