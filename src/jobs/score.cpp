// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/score.hpp"

#include <algorithm>
#include <cstdlib>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/image/oklab.hpp"
#include "jobs/compute.hpp"
#include "jobs/inputs.hpp"
#include "jobs/masks.hpp"

namespace atelier::jobs {
namespace {

int long_edge(image::Size size) {
  return std::max(size.width, size.height);
}

/// Refuses a content that could only be compared after being stretched.
void check_shape(const ScoreRequest& request, image::Size result) {
  const image::Size content =
      image::fit_long_edge(image::probe(request.content).size, long_edge(result));
  if (std::abs(content.width - result.width) <= 1 && std::abs(content.height - result.height) <= 1)
    return;
  fail(
      ErrorKind::invalid_argument,
      "{} is {} x {} px where {} would be {} x {} px; a result must keep the shape of its content.",
      request.result.string(), result.width, result.height, request.content.string(), content.width,
      content.height);
}

}  // namespace

const OptionTable<ScoreExtras>& score_extras_table() {
  using E = ScoreExtras;
  static const OptionTable<E> table{
      {&E::channel,
       {"channel",
        "Comparison",
        "what is compared: the pictures as they are, or their lightness (Oklab) as grey",
        "",
        {},
        {},
        {"all", "luminance"},
        {}}},
  };
  return table;
}

ScoreReport score(const ScoreRequest& request) {
  const ComputeNames compute = set_up_compute(request.options.device, request.options.threads);
  image::Image result = load_picture(request.result, request.size);
  const image::Size size{result.width, result.height};
  check_shape(request, size);
  image::Image content = load_picture(request.content, size);
  image::Image style = load_picture(request.style, long_edge(size));
  const nets::FeatureNet net = load_backbone(request.options);

  ScoreReport report;
  report.channel = request.extras.channel;
  report.chroma_error = image::chroma_error(result, content);
  if (report.channel == "luminance") {
    for (image::Image* picture : {&content, &style, &result}) image::fade_chroma(picture->rgb, 0);
  }
  std::optional<image::Mask> mask;
  if (!request.mask.empty()) mask = load_mask(request.mask, size);
  report.score = style::score(net, content, style, result, mask);
  report.content_weight = request.options.content_weight;
  report.style_weight = request.options.style_weight;
  report.tv_weight = request.options.tv_weight;
  const double common =
      report.content_weight * report.score.content + report.tv_weight * report.score.tv;
  report.total_gram = common + report.style_weight * report.score.gram;
  report.total_wasserstein = common + report.style_weight * report.score.wasserstein;
  report.width = size.width;
  report.height = size.height;
  report.model = net.name();
  report.device = compute.device;
  return report;
}

nlohmann::json to_json(const ScoreReport& report) {
  nlohmann::json layers = nlohmann::json::object();
  for (std::size_t i = 0; i < report.score.style_layers.size(); ++i) {
    layers[report.score.style_layers[i]] = {
        {"gram", report.score.gram_by_layer.at(i)},
        {"wasserstein", report.score.wasserstein_by_layer.at(i)}};
  }
  return {{"content", report.score.content},
          {"gram", report.score.gram},
          {"wasserstein", report.score.wasserstein},
          {"tv", report.score.tv},
          {"chroma_error", report.chroma_error.oklab},
          {"chroma_error_ciede2000", report.chroma_error.ciede2000},
          {"channel", report.channel},
          {"total", {{"gram", report.total_gram}, {"wasserstein", report.total_wasserstein}}},
          {"weights",
           {{"content", report.content_weight},
            {"style", report.style_weight},
            {"tv", report.tv_weight}}},
          {"layers", layers},
          {"width", report.width},
          {"height", report.height},
          {"model", report.model},
          {"device", report.device}};
}

}  // namespace atelier::jobs
