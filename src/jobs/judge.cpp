// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/train/picture_set.hpp"
#include "jobs/compute.hpp"
#include "jobs/in_rows.hpp"

namespace atelier::jobs {
namespace {

constexpr int sheet_samples = 64, sheet_pairs_in_a_row = 8;

image::Image middle_square(const train::PackedPicture& picture, int size) {
  const int edge = std::min(picture.width, picture.height);
  const int top = (picture.height - edge) / 2, left = (picture.width - edge) / 2;
  image::Image square;
  square.width = square.height = edge;
  square.rgb.reserve(square.pixels() * 3);
  for (int y = 0; y < edge; ++y) {
    const auto row = picture.pixels.subspan(
        std::size_t{3} * ((static_cast<std::size_t>(top) + y) * picture.width + left),
        std::size_t{3} * edge);
    for (const std::byte value : row) {
      square.rgb.push_back(static_cast<float>(std::to_integer<int>(value)) / 255);
    }
  }
  return image::resize(square, {size, size});
}

/// Pairs of a sample and, to its right, the picture most like it.
image::Image pairs(const gan::Painter& painter, const gan::Judgement& judgement,
                   const train::PictureSet& set) {
  std::vector<image::Image> all;
  for (const gan::Neighbours& pair : judgement.neighbours) {
    all.push_back(painter.paint(painter.from_seed(pair.seed)));
    all.push_back(middle_square(set.at(pair.picture), painter.size()));
  }
  return in_rows(all, 2 * sheet_pairs_in_a_row);
}

nlohmann::json to_json(const translate::DirectionJudged& way) {
  return {{"untouched", way.untouched},
          {"translated", way.translated},
          {"halves", way.halves},
          {"left", way.translated / way.untouched}};
}

}  // namespace

const OptionTable<JudgeOptions>& judge_option_table() {
  using O = JudgeOptions;
  static const OptionTable<O> table{
      {&O::samples,
       {"samples",
        "Measuring",
        "of a generator; 0: as many as the set has pictures",
        "",
        0,
        1000000,
        {},
        {}}},
      {&O::device, {"device", "Run", "auto, cpu, cuda or cuda:N", "", {}, {}, {}, {}}},
      {&O::threads,
       {"threads", "Run", "processors to use; 0: all that there are", "", 0, 1024, {}, {}}},
  };
  return table;
}

nlohmann::json to_json(const JudgeReport& report) {
  nlohmann::json json = nlohmann::json::object();
  if (report.generator) {
    const gan::Judgement& g = *report.generator;
    nlohmann::json neighbours = nlohmann::json::array();
    for (const gan::Neighbours& pair : g.neighbours) {
      neighbours.push_back({{"seed", pair.seed}, {"picture", pair.picture}, {"angle", pair.angle}});
    }
    json = {{"samples", g.samples},     {"pictures", g.pictures},  {"frechet", g.frechet},
            {"halves", g.halves},       {"shuffled", g.shuffled},  {"nearest", g.nearest},
            {"diversity", g.diversity}, {"neighbours", neighbours}};
  }
  if (report.translator) {
    const translate::Judgement& t = *report.translator;
    json = {{"from", t.from},
            {"to", t.to},
            {"there", to_json(t.there)},
            {"back", to_json(t.back)},
            {"cycle_psnr", t.cycle_psnr},
            {"cycle_features", t.cycle_features}};
  }
  if (!report.sheet.empty()) json["sheet"] = report.sheet.string();
  return json;
}

JudgeReport judge(const JudgeRequest& request, const OnProgress& on_progress,
                  std::stop_token stop) {
  if (!request.sheet.empty()) {
    image::check_output(request.sheet);
    if (!request.goal.empty()) {
      fail(ErrorKind::invalid_argument,
           "--sheet shows a generator's samples; a translator has none.");
    }
  }
  const ComputeNames compute = set_up_compute(request.options.device, request.options.threads);
  const train::PictureSet pictures(request.pictures);
  JudgeReport report;
  if (!request.goal.empty()) {
    const translate::Translator translator(request.model, compute.device);
    report.translator =
        translate::judge(translator, nets::FeatureNet::load("vgg19"), pictures,
                         train::PictureSet(request.goal), on_progress, std::move(stop));
    return report;
  }
  const gan::Painter painter(request.model, compute.device);
  const std::int64_t samples = request.options.samples > 0
                                   ? request.options.samples
                                   : static_cast<std::int64_t>(pictures.size());
  report.generator = gan::judge(painter, nets::FeatureNet::load("vgg19"), pictures, samples,
                                sheet_samples, on_progress, std::move(stop));
  if (!request.sheet.empty()) {
    image::save(pairs(painter, *report.generator, pictures), request.sheet);
    report.sheet = request.sheet;
  }
  return report;
}

}  // namespace atelier::jobs
