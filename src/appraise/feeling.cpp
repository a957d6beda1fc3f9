// SPDX-License-Identifier: Apache-2.0
#include "appraise/feeling.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace atelier::appraise {
namespace {

constexpr int draws = 2000;

std::vector<double> column(const at::Tensor& table, std::size_t i) {
  const at::Tensor values = table.select(1, static_cast<std::int64_t>(i)).contiguous();
  return {values.data_ptr<double>(), values.data_ptr<double>() + values.numel()};
}

Feeling judged(const std::string& name, const std::vector<double>& truth,
               const std::vector<double>& foretold, const std::vector<double>& control,
               std::span<const std::size_t> groups, std::uint64_t seed) {
  Feeling feeling{.name = name};
  const auto count = static_cast<double>(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    feeling.average += truth[i] / count;
    feeling.error += std::abs(foretold[i] - truth[i]) / count;
    feeling.control_error += std::abs(control[i] - truth[i]) / count;
  }
  feeling.correlation = rank_correlation(foretold, truth);
  feeling.control = rank_correlation(control, truth);
  feeling.interval = rank_correlation_interval(foretold, truth, groups, draws, seed);
  feeling.offered = feeling.interval.low > std::max(0.0, feeling.control) &&
                    feeling.error < feeling.control_error;
  return feeling;
}

}  // namespace

std::vector<Feeling> judge_feelings(const std::vector<std::string>& names, const at::Tensor& truth,
                                    const at::Tensor& foretold, const at::Tensor& control,
                                    std::span<const std::size_t> groups, std::uint64_t seed) {
  std::vector<Feeling> feelings;
  for (std::size_t i = 0; i < names.size(); ++i) {
    feelings.push_back(
        judged(names[i], column(truth, i), column(foretold, i), column(control, i), groups, seed));
  }
  return feelings;
}

nlohmann::ordered_json figures_json(const std::vector<Feeling>& feelings) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Feeling& of : feelings) {
    list.push_back({{"name", of.name},
                    {"average", of.average},
                    {"rank_correlation", of.correlation},
                    {"low", of.interval.low},
                    {"high", of.interval.high},
                    {"control", of.control},
                    {"error", of.error},
                    {"control_error", of.control_error},
                    {"offered", of.offered}});
  }
  return list;
}

nlohmann::json kept_json(const std::vector<Feeling>& offered) {
  nlohmann::json kept = nlohmann::json::array();
  for (const Feeling& of : offered) {
    kept.push_back({{"name", of.name},
                    {"average", of.average},
                    {"correlation", of.correlation},
                    {"low", of.interval.low},
                    {"high", of.interval.high},
                    {"error", of.error}});
  }
  return kept;
}

std::vector<Feeling> feelings_from(const nlohmann::json& kept) {
  std::vector<Feeling> feelings;
  for (const nlohmann::json& facts : kept) {
    Feeling feeling{.name = facts.at("name").get<std::string>()};
    facts.at("average").get_to(feeling.average);
    facts.at("correlation").get_to(feeling.correlation);
    facts.at("low").get_to(feeling.interval.low);
    facts.at("high").get_to(feeling.interval.high);
    facts.at("error").get_to(feeling.error);
    feeling.offered = true;
    feelings.push_back(feeling);
  }
  return feelings;
}

Emotion emotion_of(const Feeling& of, double share) {
  return {of.name, share, of.average, of.correlation, of.interval.low, of.interval.high, of.error};
}

}  // namespace atelier::appraise
