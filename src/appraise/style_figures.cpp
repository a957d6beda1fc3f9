// SPDX-License-Identifier: Apache-2.0
#include "appraise/style_figures.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "appraise/artists.hpp"
#include "appraise/calibration.hpp"
#include "appraise/figures.hpp"

namespace atelier::appraise {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t works_to_name = 10;  // an artist with as many is listed

template <class T>
T place_in(const std::vector<std::string>& sorted, const std::string& name) {
  return static_cast<T>(std::lower_bound(sorted.begin(), sorted.end(), name) - sorted.begin());
}

std::vector<std::string> names_of(const std::vector<Work>& works, bool with_collection) {
  std::set<std::string> names;
  for (const Work& work : works) {
    names.insert(with_collection ? work.collection + '/' + work.label : work.label);
  }
  return {names.begin(), names.end()};
}

/// Which part each work is in: parts are even in classes of each collection.
at::Tensor parts_of(const std::vector<Work>& works, std::span<const std::size_t> groups,
                    const AppraisalOptions& options) {
  const std::vector<std::string> kinds = names_of(works, /*with_collection=*/true);
  std::vector<int> kind;
  for (const Work& work : works) {
    kind.push_back(place_in<int>(kinds, work.collection + '/' + work.label));
  }
  std::vector<std::size_t> alone(works.size());
  std::iota(alone.begin(), alone.end(), std::size_t{0});
  const std::vector<int> parts =
      divide(options.split == "artists" ? groups : std::span<const std::size_t>(alone), kind,
             options.splits);
  return at::tensor(std::vector<std::int64_t>(parts.begin(), parts.end()));
}

/// A figure of each part, with its mean and deviation over parts.
Json spread(const std::vector<double>& of_parts) {
  const auto count = static_cast<double>(of_parts.size());
  const double mean = std::accumulate(of_parts.begin(), of_parts.end(), 0.0) / count;
  double squares = 0;
  for (const double figure : of_parts) squares += (figure - mean) * (figure - mean);
  return {{"mean", mean}, {"deviation", std::sqrt(squares / count)}, {"parts", of_parts}};
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// What was said of each work by a head that never saw its part.
struct HeldOut {
  ClassedRows works;
  at::Tensor logits;             ///< N x C, over the temperature of the head that gave them
  at::Tensor doubts, distances;  ///< N
};

/// Figures of some works, when only some classes are asked for.
Json judged(const HeldOut& all, const at::Tensor& mask, const std::vector<std::int64_t>& asked,
            const std::vector<std::string>& classes) {
  const at::Tensor places = mask.nonzero().squeeze(1), columns = at::tensor(asked);
  const at::Tensor logits = all.logits.index_select(0, places).index_select(1, columns);
  const at::Tensor inverse = at::zeros({all.works.count}, at::kLong)
                                 .index_put({columns}, at::arange(columns.size(0), at::kLong));
  const at::Tensor truth = inverse.index_select(0, all.works.classes.index_select(0, places));
  const at::Tensor called = logits.argmax(1), parts = all.works.parts.index_select(0, places);
  std::vector<double> accuracy, f1;
  for (std::int64_t part = 0; part <= all.works.parts.max().item<std::int64_t>(); ++part) {
    const at::Tensor of_part = (parts == part).nonzero().squeeze(1);
    if (of_part.size(0) == 0) continue;
    const at::Tensor matrix =
        confusion(truth.index_select(0, of_part), called.index_select(0, of_part), columns.size(0));
    accuracy.push_back(accuracy_of(matrix));
    f1.push_back(mean_of(f1_of(matrix)));
  }
  const at::Tensor matrix = confusion(truth, called, columns.size(0));
  const std::vector<double> of_classes = f1_of(matrix);
  Json each = Json::object();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    each[classes[static_cast<std::size_t>(asked[i])]] = of_classes[i];
  }
  return {{"works", places.size(0)},
          {"classes", asked.size()},
          {"accuracy", spread(accuracy)},
          {"macro_f1", spread(f1)},
          {"all_parts_accuracy", accuracy_of(matrix)},
          {"all_parts_macro_f1", mean_of(of_classes)},
          {"calibration_error", calibration_error(at::softmax(logits, 1), truth)},
          {"f1", each}};
}

Json artists_listed(const std::vector<Work>& works, const HeldOut& all) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> of;  // works, right
  const at::Tensor right = all.logits.argmax(1) == all.works.classes;
  for (std::size_t i = 0; i < works.size(); ++i) {
    if (works[i].artist.empty()) continue;
    auto& [count, hits] = of[works[i].artist];
    ++count;
    hits += right[static_cast<std::int64_t>(i)].item<bool>() ? 1 : 0;
  }
  Json list = Json::array();
  for (const auto& [artist, counts] : of) {
    if (counts.first < works_to_name) continue;
    list.push_back({{"artist", artist}, {"works", counts.first}, {"right", counts.second}});
  }
  return list;
}

/// Share of known works above the threshold that works of the other parts set.
double measured_false_alarms(const HeldOut& all) {
  double alarms = 0;
  for (std::int64_t part = 0; part <= all.works.parts.max().item<std::int64_t>(); ++part) {
    const at::Tensor out = (all.works.parts == part).nonzero().squeeze(1),
                     in = (all.works.parts != part).nonzero().squeeze(1);
    const auto of = [&](const at::Tensor& places) {
      return strangeness(all.doubts.index_select(0, places), all.distances.index_select(0, places),
                         quantiles_of(all.doubts.index_select(0, in)),
                         quantiles_of(all.distances.index_select(0, in)));
    };
    const double threshold = threshold_for(of(in), Outside::false_alarms);
    alarms += (of(out) > threshold).sum().item<double>();
  }
  return alarms / static_cast<double>(all.works.classes.size(0));
}

std::vector<double> numbers(const at::Tensor& values) {
  const at::Tensor plain = values.contiguous();
  return {plain.data_ptr<double>(), plain.data_ptr<double>() + plain.numel()};
}

/// A part that holds works of other classes, not the same for every class where there are several.
std::int64_t part_of_others(const ClassedRows& works, std::int64_t unseen) {
  const at::Tensor parts =
      std::get<0>(at::_unique(works.parts.masked_select(works.classes != unseen)));
  return parts[unseen % parts.size(0)].item<std::int64_t>();
}

/// A class left out of learning wholly: is it found to be none of the others? Beside works of the
/// others in one part that was left out too, which set the threshold.
Json unseen_class(const ClassedRows& works, std::int64_t unseen, double penalty,
                  double temperature) {
  const std::int64_t part = part_of_others(works, unseen);
  const ClassedRows in = works.where((works.parts != part) & (works.classes != unseen)),
                    known = works.where((works.parts == part) & (works.classes != unseen)),
                    strange = works.where(works.classes == unseen);
  const Standard standard = standard_of(in.rows);
  const at::Tensor rows = standard(in.rows);
  const Span span = span_of(rows);
  // The class is no choice: heads are of the others.
  const at::Tensor classes = in.classes - (in.classes > unseen).to(at::kLong);
  const at::Tensor counts = at::bincount(classes, {}, works.count - 1).to(at::kDouble).clamp_min(1);
  const Linear head = on_rows(fit_logistic(span.coordinates, classes, works.count - 1,
                                           (1 / counts).index_select(0, classes), penalty),
                              span);
  const Outside outside = fit_outside(rows, classes, works.count - 1);
  const auto doubts = [&](const ClassedRows& of) {
    return doubts_of(at::softmax(head(standard(of.rows)) / temperature, 1));
  };
  const auto distances = [&](const ClassedRows& of) {
    return distances_of(outside, standard(of.rows));
  };
  const at::Tensor known_doubts = quantiles_of(doubts(known)),
                   known_distances = quantiles_of(distances(known));
  const auto sign = [&](const ClassedRows& of) {
    return strangeness(doubts(of), distances(of), known_doubts, known_distances);
  };
  const at::Tensor inside = sign(known), out = sign(strange);
  const double threshold = threshold_for(inside, Outside::false_alarms);
  return {{"area_under_curve", area_under_curve(numbers(inside), numbers(out))},
          {"found", (out > threshold).to(at::kDouble).mean().item<double>()}};
}

HeldOut hold_out_each(const ClassedRows& works, const std::function<void()>& check, Json& chosen) {
  HeldOut all{works, at::zeros({works.rows.size(0), works.count}, at::kDouble),
              at::zeros({works.rows.size(0)}, at::kDouble),
              at::zeros({works.rows.size(0)}, at::kDouble)};
  chosen = Json::array();
  for (std::int64_t part = 0; part <= works.parts.max().item<std::int64_t>(); ++part) {
    const ClassedRows in = works.where(works.parts != part);
    const StyleHead style = learn_style(in, check);
    const at::Tensor out = (works.parts == part).nonzero().squeeze(1),
                     rows = style.standard(works.rows.index_select(0, out));
    const at::Tensor logits = style.head(rows) / style.temperature;
    const Outside outside = fit_outside(style.standard(in.rows), in.classes, works.count);
    all.logits.index_copy_(0, out, logits);
    all.doubts.index_copy_(0, out, doubts_of(at::softmax(logits, 1)));
    all.distances.index_copy_(0, out, distances_of(outside, rows));
    chosen.push_back({{"penalty", style.penalty}, {"temperature", style.temperature}});
  }
  return all;
}

Json collections_judged(const std::vector<Work>& works, const HeldOut& all,
                        const std::vector<std::string>& classes) {
  std::map<std::string, std::set<std::int64_t>> asked;
  for (const Work& work : works) {
    asked[work.collection].insert(place_in<std::int64_t>(classes, work.label));
  }
  Json collections = Json::object();
  for (const auto& [name, columns] : asked) {
    std::vector<std::int64_t> inside;
    for (const Work& work : works) inside.push_back(work.collection == name ? 1 : 0);
    collections[name] =
        judged(all, at::tensor(inside) == 1, {columns.begin(), columns.end()}, classes);
  }
  return collections;
}

Json matrix_of(const at::Tensor& confusion) {
  Json rows = Json::array();
  for (std::int64_t r = 0; r < confusion.size(0); ++r) {
    const at::Tensor row = confusion[r].contiguous();
    rows.push_back(std::vector<std::int64_t>(row.data_ptr<std::int64_t>(),
                                             row.data_ptr<std::int64_t>() + row.numel()));
  }
  return rows;
}

/// No class may be learned and judged by one group alone.
void require_groups(const std::vector<Work>& works, std::span<const std::size_t> groups) {
  std::map<std::string, std::set<std::size_t>> of;
  for (std::size_t i = 0; i < works.size(); ++i) of[works[i].label].insert(groups[i]);
  for (const auto& [label, its] : of) {
    if (its.size() > 1) continue;
    fail(
        ErrorKind::bad_input,
        "all works of {} are by one artist or look alike, so that nobody could tell whether it was "
        "learned; add works by others, or leave it out.",
        label);
  }
}

}  // namespace

StyleFigures style_figures(const std::vector<Work>& works, const at::Tensor& rows,
                           std::span<const std::size_t> groups, const AppraisalOptions& options,
                           const std::function<void()>& check) {
  StyleFigures figures;
  require_groups(works, groups);
  figures.classes = names_of(works, /*with_collection=*/false);
  std::vector<std::int64_t> classes;
  for (const Work& work : works)
    classes.push_back(place_in<std::int64_t>(figures.classes, work.label));
  const ClassedRows data{rows, at::tensor(classes), parts_of(works, groups, options),
                         static_cast<std::int64_t>(figures.classes.size())};

  Json chosen;
  const HeldOut all = hold_out_each(data, check, chosen);
  figures.confusion = confusion(data.classes, all.logits.argmax(1), data.count);
  figures.whole = learn_style(data, check);
  figures.outside = fit_outside(figures.whole.standard(rows), data.classes, data.count);
  figures.outside.doubts = quantiles_of(all.doubts);
  figures.outside.distances = quantiles_of(all.distances);
  figures.outside.threshold = threshold_for(
      strangeness(all.doubts, all.distances, figures.outside.doubts, figures.outside.distances),
      Outside::false_alarms);

  std::vector<std::int64_t> every(figures.classes.size());
  std::iota(every.begin(), every.end(), std::int64_t{0});
  Json unseen = Json::object();
  for (const std::int64_t c : every) {
    check();
    unseen[figures.classes[static_cast<std::size_t>(c)]] =
        unseen_class(data, c, figures.whole.penalty, figures.whole.temperature);
  }
  figures.of = {{"split", options.split},
                {"parts", options.splits},
                {"groups", std::set<std::size_t>(groups.begin(), groups.end()).size()},
                {"classes", figures.classes},
                {"together", judged(all, at::ones_like(data.classes) == 1, every, figures.classes)},
                {"collections", collections_judged(works, all, figures.classes)},
                {"confusion", matrix_of(figures.confusion)},
                {"artists", artists_listed(works, all)},
                {"chosen_in_parts", chosen},
                {"penalty", figures.whole.penalty},
                {"temperature", figures.whole.temperature},
                {"outside",
                 {{"threshold", figures.outside.threshold},
                  {"false_alarms", measured_false_alarms(all)},
                  {"unseen_classes", unseen}}}};
  return figures;
}

}  // namespace atelier::appraise
