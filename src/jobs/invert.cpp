// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/invert.hpp"

#include <algorithm>

#include "atelier/base/stopwatch.hpp"
#include "atelier/gan/painter.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/version.hpp"
#include "atelier/nets/feature_net.hpp"
#include "jobs/family.hpp"
#include "jobs/open_generator.hpp"

namespace atelier::jobs {
namespace {

image::Image middle_square(const std::filesystem::path& path, int size) {
  const image::Size full = image::probe(path).size;
  const double shorter = std::min(full.width, full.height);
  image::LoadOptions options;
  options.long_edge = static_cast<int>(std::max(full.width, full.height) * size / shorter + 0.5);
  const image::Image picture = image::load(path, options);
  const int edge = std::min(picture.width, picture.height);
  const int left = (picture.width - edge) / 2, top = (picture.height - edge) / 2;
  image::Image square;
  square.width = square.height = edge;
  for (int y = 0; y < edge; ++y) {
    const auto row = picture.rgb.begin() +
                     std::ptrdiff_t{3} * ((std::ptrdiff_t{top} + y) * picture.width + left);
    square.rgb.insert(square.rgb.end(), row, row + std::ptrdiff_t{3} * edge);
  }
  return image::resize(square, {size, size});
}

}  // namespace

nlohmann::json to_json(const InvertReport& report) {
  return {{"output", report.output.string()},
          {"pixel_error", report.pixel_error},
          {"feature_error", report.feature_error},
          {"steps", report.steps},
          {"stopped", report.stopped},
          {"seconds", report.seconds},
          {"model", report.model},
          {"model_sha256", report.model_sha256},
          {"device", report.device},
          {"threads", report.threads}};
}

InvertReport invert(const InvertRequest& request, const OnProgress& on_progress,
                    std::stop_token stop) {
  image::check_output(request.output);
  const ComputeNames compute = set_up_compute(request.run.device, request.run.threads);
  const auto opened = open_generator(request.run, compute);
  const gan::Painter& painter = *opened;
  const image::Image picture = middle_square(request.picture, painter.size());
  InvertReport report;
  {
    const Stopwatch watch(report.seconds);
    const gan::Inverted found = gan::invert(painter, nets::FeatureNet::load("vgg19"), picture,
                                            request.options, on_progress, std::move(stop));
    const Member member{request.output.filename().string(), as_kept(found.latent), {}};
    const nlohmann::json recipe{{"atelier", version()},
                                {"command", "invert"},
                                {"model", recorded_name(request.run, painter)},
                                {"model_sha256", painter.digest()},
                                {"options", gan::invert_option_table().to_json(request.options)},
                                {"of", request.picture.filename().string()},
                                {"pixel_error", found.pixel_error},
                                {"feature_error", found.feature_error},
                                {"family", to_json(member)}};
    image::SaveOptions save;
    save.recipe = recipe.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    image::save(painter.paint(member.latent), request.output, save);
    report.pixel_error = found.pixel_error;
    report.feature_error = found.feature_error;
    report.steps = found.steps;
  }
  report.output = request.output;
  report.stopped = report.steps < request.options.steps;
  report.model = painter.file().string();
  report.model_sha256 = painter.digest();
  report.device = compute.device;
  report.threads = compute.threads;
  return report;
}

}  // namespace atelier::jobs
