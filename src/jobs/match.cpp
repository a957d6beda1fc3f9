// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/match.hpp"

#include <algorithm>
#include <chrono>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "jobs/compute.hpp"
#include "jobs/inputs.hpp"

namespace atelier::jobs {
namespace {

double rank_figure(const style::Compatibility& of, const std::string& by) {
  if (by == "content") return of.content.value;
  if (by == "style") return of.style.value;
  return by == "palette" ? of.palette.distance : of.total.value;
}

std::string words_for(const MatchRequest& request) {
  return request.styles.size() == 1 ? request.styles.front().string()
                                    : std::string("what was named as styles");
}

nlohmann::json to_json(const style::Foretold& figure) {
  return {{"value", figure.value}, {"low", figure.low}, {"high", figure.high}};
}

nlohmann::json to_json(const MatchedStyle& matched) {
  const style::Compatibility& of = matched.compatibility;
  nlohmann::json figures = nlohmann::json::object(), reasons = nlohmann::json::array();
  for (const auto& [name, value] : of.figures) figures[name] = value;
  for (const style::Reason& reason : of.reasons) {
    reasons.push_back({{"topic", reason.topic}, {"figure", reason.figure}, {"text", reason.text}});
  }
  return {{"style", matched.path.string()},
          {"score", to_json(of.score)},
          {"foretold",
           {{"total", to_json(of.total)},
            {"content", to_json(of.content)},
            {"style", to_json(of.style)}}},
          {"palette",
           {{"distance", of.palette.distance},
            {"lightness", of.palette.lightness},
            {"warmth", of.palette.warmth},
            {"saturation", of.palette.saturation}}},
          {"texture",
           {{"photograph_px", of.grain.photograph},
            {"painting_px", of.grain.painting},
            {"octaves", of.grain.octaves},
            {"style_scale", of.style_scale}}},
          {"reasons", reasons},
          {"figures", figures}};
}

}  // namespace

const OptionTable<MatchOptions>& match_option_table() {
  using M = MatchOptions;
  static const OptionTable<M> table{
      {&M::by,
       {"by",
        "Ranking",
        "what styles are ranked by: the foretold loss in all, its content or style term, or the "
        "distance of palettes",
        "",
        {},
        {},
        {"total", "content", "style", "palette"},
        {}}},
      {&M::top,
       {"top",
        "Ranking",
        "how many styles are shown, best first",
        "styles",
        1,
        1e6,
        {},
        {{"all", 0}}}},
      {&M::size,
       {"size",
        "Ranking",
        "long edge that pictures are compared at; the score is calibrated at the "
        "default",
        "px",
        32,
        1024,
        {},
        {}}},
      {&M::threads, {"threads", "Machine", "threads to compute with; 0: all", "", 0, 1024, {}, {}}},
  };
  return table;
}

MatchReport match(const MatchRequest& request, const OnProgress& on_progress,
                  std::stop_token stop) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [start] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const std::vector<AskedPicture> all = asked_pictures(request.styles, request.leave_out);
  if (all.empty()) {
    fail(ErrorKind::bad_input,
         "{} holds no picture; name paintings, or a folder with .png, .jpg, .tif or .webp files.",
         words_for(request));
  }
  const ComputeNames compute = set_up_compute("cpu", request.options.threads);
  const image::Image content = load_picture(request.content, request.options.size);
  const nets::FeatureNet net = load_backbone({});
  style::Matcher matcher(net, content);

  MatchReport report;
  std::int64_t done = 0;
  for (const AskedPicture& candidate : all) {
    if (stop.stop_requested()) fail(ErrorKind::cancelled, "interrupted; nothing was ranked.");
    if (on_progress) {
      on_progress({.stage = "comparing styles",
                   .done = done++,
                   .total = static_cast<std::int64_t>(all.size()),
                   .seconds = seconds(),
                   .values = {}});
    }
    try {
      const image::Image style = load_picture(candidate.path, request.options.size);
      report.styles.push_back({candidate.path, matcher(style)});
    } catch (const Error& error) {
      if (candidate.named || error.kind() != ErrorKind::bad_input) throw;
      report.skipped.push_back({candidate.path, error.what()});
    }
  }
  if (report.styles.empty()) {
    fail(ErrorKind::bad_input, "none of the {} pictures in {} can be read; the first: {}",
         report.skipped.size(), words_for(request), report.skipped.front().reason);
  }
  std::stable_sort(report.styles.begin(), report.styles.end(),
                   [&by = request.options.by](const MatchedStyle& a, const MatchedStyle& b) {
                     return rank_figure(a.compatibility, by) < rank_figure(b.compatibility, by);
                   });
  report.compared = static_cast<int>(report.styles.size());
  if (request.options.top > 0 && report.compared > request.options.top) {
    report.styles.resize(static_cast<std::size_t>(request.options.top));
  }
  report.content = request.content;
  report.size = std::max(content.width, content.height);
  report.model = net.name();
  report.device = compute.device;
  report.threads = compute.threads;
  report.peak_rss_bytes = peak_rss_bytes();
  report.seconds = seconds();
  return report;
}

nlohmann::json to_json(const MatchReport& report) {
  nlohmann::json styles = nlohmann::json::array(), skipped = nlohmann::json::array();
  for (const MatchedStyle& style : report.styles) styles.push_back(to_json(style));
  for (const SkippedStyle& style : report.skipped) {
    skipped.push_back({{"style", style.path.string()}, {"reason", style.reason}});
  }
  return {{"content", report.content.string()},
          {"styles", styles},
          {"compared", report.compared},
          {"skipped", skipped},
          {"size", report.size},
          {"seconds", report.seconds},
          {"model", report.model},
          {"device", report.device},
          {"threads", report.threads},
          {"peak_rss_bytes", report.peak_rss_bytes}};
}

}  // namespace atelier::jobs
