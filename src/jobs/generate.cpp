// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/generate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/film/rate.hpp"
#include "atelier/gan/painter.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/version.hpp"
#include "jobs/in_rows.hpp"
#include "jobs/open_generator.hpp"
#include "jobs/output_paths.hpp"

namespace atelier::jobs {
namespace {

enum class Kind { picture, film, folder };

Kind kind_of(const std::filesystem::path& output) {
  std::error_code ignored;
  if (!output.has_extension() || std::filesystem::is_directory(output, ignored)) {
    return Kind::folder;
  }
  return film::has_film_suffix(output) && output.extension() != ".webp" ? Kind::film
                                                                        : Kind::picture;
}

film::WriteOptions write_options(const GenerateRequest& request) {
  film::WriteOptions options;
  options.rate = film::rate_of(request.options.fps);
  options.encode = request.encode;
  return options;
}

class Run {
 public:
  Run(const GenerateRequest& request, const OnProgress& on_progress, std::stop_token stop)
      : request_(request),
        options_(request.options),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        compute_(set_up_compute(request.run.device, request.run.threads)),
        opened_(open_generator(request.run, compute_)),
        painter_(*opened_),
        class_(options_.of_class.empty() ? -1 : painter_.class_named(options_.of_class)),
        watch_(report_.seconds) {}

  GenerateReport make() {
    switch (kind_of(request_.output)) {
      case Kind::picture:
        sheet();
        break;
      case Kind::film:
        film();
        break;
      case Kind::folder:
        folder();
    }
    report_.output = request_.output;
    if (report_.files.empty()) report_.files.push_back(request_.output);
    report_.seconds = watch_.elapsed();
    report_.model = painter_.file().string();
    report_.model_sha256 = painter_.digest();
    report_.device = compute_.device;
    report_.threads = compute_.threads;
    report_.peak_rss_bytes = peak_rss_bytes();
    return report_;
  }

 private:
  [[nodiscard]] std::uint64_t seed(int i) const {
    return options_.seed + static_cast<std::uint64_t>(i);
  }

  [[nodiscard]] gan::Latent latent(int i) const {
    return painter_.from_seed(seed(i), options_.truncation, class_);
  }

  image::Image paint(const gan::Latent& latent, std::int64_t total) {
    if (stop_.stop_requested()) fail(ErrorKind::cancelled, "stopped; nothing more was written.");
    image::Image picture = painter_.paint(latent);
    ++report_.pictures;
    if (on_progress_) {
      on_progress_({.stage = "painting",
                    .done = report_.pictures,
                    .total = total,
                    .seconds = watch_.elapsed(),
                    .remaining = -1,
                    .values = {}});
    }
    return picture;
  }

  [[nodiscard]] std::string recipe(std::uint64_t seed, int count) const {
    nlohmann::json json{{"atelier", version()},
                        {"command", "generate"},
                        {"model", recorded_name(request_.run, painter_)},
                        {"model_sha256", painter_.digest()},
                        {"seed", seed},
                        {"truncation", options_.truncation},
                        {"device", compute_.device},
                        {"threads", compute_.threads}};
    if (!options_.of_class.empty()) json["class"] = options_.of_class;
    if (count > 1) json["count"] = count;
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  void measure(const image::Image& picture) {
    report_.width = picture.width;
    report_.height = picture.height;
  }

  void sheet() {
    image::check_output(request_.output);
    std::vector<image::Image> pictures;
    for (int i = 0; i < options_.count; ++i) pictures.push_back(paint(latent(i), options_.count));
    const int square = static_cast<int>(std::ceil(std::sqrt(options_.count)));
    const int columns = std::min(options_.columns > 0 ? options_.columns : square, options_.count);
    const image::Image all = in_rows(pictures, columns);
    measure(all);
    image::SaveOptions save;
    save.recipe = recipe(options_.seed, options_.count);
    image::save(all, request_.output, save);
  }

  void folder() {
    make_folder(request_.output);
    const std::string name = painter_.file().stem().string();
    for (int i = 0; i < options_.count; ++i) {
      const image::Image picture = paint(latent(i), options_.count);
      measure(picture);
      image::SaveOptions save;
      save.recipe = recipe(seed(i), 1);
      report_.files.push_back(request_.output / fmt::format("{}-{}.png", name, seed(i)));
      image::save(picture, report_.files.back(), save);
    }
  }

  /// From seed to seed along straight lines between their styles, slow near each, and back to the
  /// first, so that the film can be played in a loop.
  void film() {
    film::WriteOptions options = write_options(request_);
    options.size = {painter_.size(), painter_.size()};
    options.recipe = recipe(options_.seed, options_.count);
    film::FilmWriter writer(request_.output, options);
    const auto frames_between =
        std::max<std::int64_t>(1, std::llround(options_.seconds * options_.fps));
    const std::int64_t total = options_.count * frames_between;
    for (std::int64_t i = 0; i < total; ++i) {
      const auto stop = static_cast<int>(i / frames_between);
      const double way =
          static_cast<double>(i % frames_between) / static_cast<double>(frames_between);
      const double eased = way * way * (3 - 2 * way);
      const image::Image picture = paint(
          gan::mixed({{latent(stop), 1 - eased}, {latent((stop + 1) % options_.count), eased}}),
          total);
      measure(picture);
      writer.add(picture);
    }
    writer.finish();
  }

  const GenerateRequest& request_;
  const GenerateOptions& options_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  ComputeNames compute_;
  std::unique_ptr<gan::Painter> opened_;
  const gan::Painter& painter_;
  int class_;
  GenerateReport report_;
  Stopwatch watch_;
};

}  // namespace

const OptionTable<GenerateOptions>& generate_option_table() {
  using O = GenerateOptions;
  static const OptionTable<O> table{
      {&O::seed, {"seed", "Pictures", "the first picture's seed", "", 0, {}, {}, {}}},
      {&O::count, {"count", "Pictures", "how many, of successive seeds", "", 1, 10000, {}, {}}},
      {&O::truncation,
       {"truncation",
        "Pictures",
        "1: as different as was learned; smaller: nearer to what is usual, and better painted",
        "",
        0,
        2,
        {},
        {}}},
      {&O::of_class,
       {"class", "Pictures", "of this class, where the generator knows some", "", {}, {}, {}, {}}},
      {&O::columns,
       {"columns", "Sheet", "pictures in a row; 0: as many as rows", "", 0, 1000, {}, {}}},
      {&O::seconds, {"seconds", "Film", "from one picture to the next", "s", 0.04, 3600, {}, {}}},
      {&O::fps, {"fps", "Film", "frames a second", "", 1, 240, {}, {}}},
  };
  return table;
}

nlohmann::json to_json(const GenerateReport& report) {
  return {{"output", report.output.string()},
          {"pictures", report.pictures},
          {"width", report.width},
          {"height", report.height},
          {"seconds", report.seconds},
          {"model", report.model},
          {"model_sha256", report.model_sha256},
          {"device", report.device},
          {"threads", report.threads},
          {"peak_rss_bytes", report.peak_rss_bytes}};
}

GenerateReport generate(const GenerateRequest& request, const OnProgress& on_progress,
                        std::stop_token stop) {
  if (kind_of(request.output) == Kind::film) {
    if (request.options.count < 2) {
      fail(ErrorKind::invalid_argument,
           "a film goes from picture to picture; give --count 2 or more, or name a picture.");
    }
    film::check_film_output(request.output, write_options(request));
  }
  return Run(request, on_progress, std::move(stop)).make();
}

}  // namespace atelier::jobs
