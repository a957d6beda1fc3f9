// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/stylize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/base/scratch_memory.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/version.hpp"
#include "jobs/choose_style.hpp"
#include "jobs/compute.hpp"
#include "jobs/content_digest.hpp"
#include "jobs/inputs.hpp"
#include "jobs/make_recipe.hpp"
#include "jobs/masks.hpp"
#include "jobs/one_pass.hpp"
#include "jobs/option_files.hpp"
#include "jobs/output_paths.hpp"
#include "jobs/step_log.hpp"
#include "jobs/workshop.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr int min_edge = 16;  // px, of every picture

style::StylizePictures load_pictures(const StylizeRequest& request,
                                     std::optional<std::size_t>& faces) {
  image::Image content = load_picture(request.content, request.options.size);
  style::StylizePictures pictures = load_pictures_for(request, {content.width, content.height});
  pictures.content = std::move(content);
  LoadedMasks masks = load_masks(request.options, pictures.content, request.styles.size());
  pictures.masks = std::move(masks.masks);
  faces = masks.faces;
  return pictures;
}

/// Refuses a size that would not fit into memory or onto the disk, before the system ends us for
/// it.
void check_room(const StylizeRequest& request, const ComputeNames& compute) {
  if (compute.device != "cpu") return;
  const image::Size whole = image::probe(request.content).size;
  image::Size size = whole;
  if (request.options.size > 0) size = image::fit_long_edge(whole, request.options.size);
  const std::filesystem::path folder = scratch_folder();
  const style::Room needed = style::estimated_room(request.options, size);
  const style::Room free{static_cast<double>(available_memory_bytes()),
                         static_cast<double>(free_disk_bytes(folder))};
  const auto fits = [&](const style::Room& room) {
    return room.memory <= free.memory && (room.disk == 0 || room.disk <= free.disk);
  };
  if (fits(needed)) return;
  int most = std::max(size.width, size.height) / 16 * 16;
  while (most >= min_edge &&
         !fits(style::estimated_room(request.options, image::fit_long_edge(whole, most)))) {
    most -= 16;
  }
  const std::string smaller = most >= min_edge ? fmt::format("use --size {} or less", most)
                                               : std::string("close other programs");
  if (needed.memory > free.memory) {
    fail(ErrorKind::out_of_memory,
         "{} at {} x {} px needs about {:.1f} GB of memory to paint and {:.1f} GB are free; {}.",
         request.content.string(), size.width, size.height, needed.memory / 1e9, free.memory / 1e9,
         smaller);
  }
  fail(ErrorKind::io,
       "{} at {} x {} px needs about {:.1f} GB of scratch files to paint and {} has {:.1f} GB "
       "free; {}, or let TMPDIR name another folder.",
       request.content.string(), size.width, size.height, needed.disk / 1e9, folder.string(),
       free.disk / 1e9, smaller);
}

std::string stop_name(style::StopReason reason) {
  switch (reason) {
    case style::StopReason::iterations:
      return "iterations";
    case style::StopReason::loss_reached:
      return "loss_reached";
    case style::StopReason::time_limit:
      return "time_limit";
    case style::StopReason::cancelled:
      return "cancelled";
  }
  return "iterations";
}

RecordedFile record(const fs::path& path) {
  return {path.string(), sha256_file(path)};
}

/// Records what the options of `recipe` name; a file that it knew already keeps its path.
void record_option_files(Recipe& recipe) {
  const std::vector<RecordedFile> known = std::exchange(recipe.files, {});
  for (const OptionFile& file : option_files(recipe.options)) {
    RecordedFile recorded = record(*file.path);
    const std::size_t place = recipe.files.size();
    if (place < known.size() && known[place].sha256 == recorded.sha256) recorded = known[place];
    *file.path = recorded.path;
    recipe.files.push_back(recorded);
  }
}

}  // namespace

Recipe make_recipe(const StylizeRequest& request, const nets::FeatureNet& net,
                   const ComputeNames& compute) {
  Recipe recipe;
  if (request.repeats) {
    recipe = *request.repeats;
    recipe.stopped_after.reset();
    recipe.stop_reason.clear();
  } else {
    recipe.content = {request.content.string(), content_digest(request.content)};
    for (const fs::path& style : request.styles) recipe.styles.push_back(record(style));
    if (init_is_file(request.options)) recipe.init = record(request.options.init);
    recipe.choice = request.choice;
  }
  const double time_limit = recipe.options.time_limit;
  recipe.options = style::with_own_layers(request.options);
  if (request.repeats) recipe.options.time_limit = time_limit;
  if (recipe.init) recipe.options.init = recipe.init->path;
  record_option_files(recipe);
  recipe.options.threads = compute.threads;
  recipe.options.device = compute.device.substr(0, compute.device.find(':'));
  recipe.version = version();
  recipe.command = "stylize";
  recipe.model = net.name();
  recipe.model_sha256 = net.digest();
  return recipe;
}

namespace {

void check_same_weights(const Recipe& recipe, const Recipe& now) {
  if (recipe.model_sha256 == now.model_sha256) return;
  fail(ErrorKind::bad_input,
       "the recipe was painted with other weights of {} (SHA-256 {}...) than those here ({}...); "
       "import those.",
       recipe.model, recipe.model_sha256.substr(0, 12), now.model_sha256.substr(0, 12));
}

/// make_recipe() with the weights that paint.
Recipe recipe_of(const StylizeRequest& request, Workshop& workshop, const ComputeNames& compute) {
  Recipe recipe = make_recipe(request, workshop.net(request.options), compute);
  if (in_one_pass(request.options)) {
    recipe.model = "fast";
    recipe.model_sha256 = workshop.painter(request.options, compute.device).digest();
  }
  return recipe;
}

/// Refuses what watches steps where there are none.
void check_extras(const StylizeRequest& request) {
  if (!in_one_pass(request.options)) return;
  const StylizeExtras& extras = request.extras;
  for (const auto& [name, value] : {std::pair{"--preview", extras.preview},
                                    {"--trace", extras.trace},
                                    {"--plot", extras.plot}}) {
    if (value.empty()) continue;
    fail(
        ErrorKind::invalid_argument,
        "{} {} follows the steps of --method optimize, and --method fast takes none; leave it out.",
        name, value);
  }
}

void report_stage(const OnProgress& on_progress, const char* stage) {
  if (!on_progress) return;
  Progress progress;
  progress.stage = stage;
  on_progress(progress);
}

}  // namespace

const OptionTable<StylizeExtras>& stylize_extras_table() {
  using E = StylizeExtras;
  const std::string group = "Watching";
  static const OptionTable<E> table{
      {&E::preview,
       {"preview", group, "picture that shows the work as it goes", "FILE", {}, {}, {}, {}}},
      {&E::preview_every,
       {"preview-every", group, "how often the preview is replaced", "steps", 1, 100000, {}, {}}},
      {&E::trace,
       {"trace",
        group,
        "file to which a JSON line a step is appended",
        "FILE.jsonl",
        {},
        {},
        {},
        {}}},
      {&E::plot,
       {"plot", group, "SVG drawing of the losses over the steps", "FILE.svg", {}, {}, {}, {}}},
  };
  return table;
}

nlohmann::json to_json(const StylizeReport& report) {
  nlohmann::json losses, faces;
  if (report.faces) faces = *report.faces;
  if (report.method == "optimize") {
    style::for_each_loss(report.losses,
                         [&](const char* name, double value) { losses[name] = value; });
  }
  nlohmann::json styles = nlohmann::json::array();
  for (const fs::path& style : report.styles) styles.push_back(style.string());
  nlohmann::json json{{"output", report.output.string()},
                      {"width", report.width},
                      {"height", report.height},
                      {"method", report.method},
                      {"seconds", report.seconds},
                      {"iterations", report.iterations},
                      {"losses", losses},
                      {"stop_reason", report.stop_reason},
                      {"peak_rss_bytes", report.peak_rss_bytes},
                      {"device", report.device},
                      {"precision", report.precision},
                      {"engine", report.engine},
                      {"tile", report.tile == style::tile_off ? nlohmann::json("off")
                                                              : nlohmann::json(report.tile)},
                      {"threads", report.threads},
                      {"seed", report.seed},
                      {"faces", faces},
                      {"styles", styles},
                      {"warnings", report.warnings}};
  if (report.choice) json["choice"] = to_json(*report.choice);
  return json;
}

Recipe planned_recipe(const StylizeRequest& request, Workshop& workshop) {
  const ComputeNames compute = set_up_compute(request.options.device, request.options.threads);
  return recipe_of(request, workshop, compute);
}

StylizeReport stylize(const StylizeRequest& request, const OnProgress& on_progress,
                      std::stop_token stop) {
  Workshop workshop;
  return stylize(request, workshop, on_progress, std::move(stop));
}

StylizeReport stylize(const StylizeRequest& request, Workshop& workshop,
                      const OnProgress& on_progress, std::stop_token stop) {
  if (!request.style_from.empty()) {
    style::check_options(request.options, 1);
    check_paths(request);
    ChosenStyle chosen = choose_style(request, on_progress, stop);
    StylizeReport report = stylize(chosen.request, workshop, on_progress, std::move(stop));
    report.warnings.insert(report.warnings.begin(), chosen.warnings.begin(), chosen.warnings.end());
    return report;
  }
  style::check_options(request.options, request.styles.size());
  check_paths(request);
  check_extras(request);
  const ComputeNames compute = set_up_compute(request.options.device, request.options.threads);
  check_room(request, compute);
  report_stage(on_progress, "reading pictures");
  std::optional<std::size_t> faces;
  style::StylizePictures pictures = load_pictures(request, faces);
  report_stage(on_progress, "reading weights");
  const nets::FeatureNet& net = workshop.net(request.options);
  pictures.statistics = workshop.statistics();
  pictures.on_scale = workshop.on_scale;
  Recipe recipe = recipe_of(request, workshop, compute);
  if (request.repeats) check_same_weights(*request.repeats, recipe);

  // A run that was ended early is repeated by ending it at the same step.
  std::stop_source end;
  const std::stop_callback pass_on(stop, [&end] { end.request_stop(); });
  const std::optional<int> stop_after =
      request.repeats ? request.repeats->stopped_after : std::nullopt;
  if (stop_after == 0) end.request_stop();
  StepLog log(request.extras, on_progress);
  style::StylizeResult result =
      in_one_pass(request.options)
          ? paint_in_one_pass(workshop.painter(request.options, compute.device),
                              std::move(pictures), request.options)
          : style::stylize(
                net, std::move(pictures), request.options,
                [&](const style::Step& step, const std::function<image::Image()>& picture) {
                  log.record(step, picture);
                  if (stop_after && step.iteration >= *stop_after) end.request_stop();
                },
                end.get_token());

  recipe.options.tile = result.tile;
  recipe.options.engine = result.engine;
  if (result.engine == "bf16") recipe.precision = "bf16";
  std::string stop_reason = stop_name(result.stop_reason);
  if (stop_after && !stop.stop_requested()) stop_reason = request.repeats->stop_reason;
  if (stop_reason == "time_limit" || stop_reason == "cancelled") {
    recipe.stopped_after = result.iterations;
    recipe.stop_reason = stop_reason;
  }
  image::save(result.image, request.output, {.recipe = to_json(recipe).dump()});
  std::vector<std::string> warnings = log.finish();
  if (faces == std::size_t{0}) {
    warnings.push_back(
        "no face was found, so --protect faces protects nothing; paint a mask there");
  }
  return {.output = request.output,
          .width = result.image.width,
          .height = result.image.height,
          .method = request.options.method,
          .seconds = result.seconds,
          .iterations = result.iterations,
          .losses = result.losses,
          .stop_reason = stop_reason,
          .peak_rss_bytes = peak_rss_bytes(),
          .device = compute.device,
          .precision = recipe.precision,
          .engine = result.engine,
          .tile = result.tile,
          .threads = compute.threads,
          .seed = request.options.seed,
          .faces = faces,
          .styles = request.styles,
          .choice = recipe.choice,
          .warnings = std::move(warnings)};
}

StylizeRequest repeat_request(const Recipe& recipe, const fs::path& recipe_file,
                              const fs::path& content, const std::vector<fs::path>& styles) {
  const auto locate = [&](const RecordedFile& recorded, const fs::path& given) {
    if (given.empty()) return find_recorded(recorded, recipe_file);
    if (sha256_file(given) == recorded.sha256) return given;
    fail(ErrorKind::bad_input, "{} is not the picture {} that the recipe in {} was painted from.",
         given.string(), recorded.path, recipe_file.string());
  };
  if (!styles.empty() && styles.size() != recipe.styles.size()) {
    fail(ErrorKind::bad_input, "the recipe in {} takes {} style(s), not {}.", recipe_file.string(),
         recipe.styles.size(), styles.size());
  }
  StylizeRequest request;
  request.content = locate(recipe.content, content);
  for (std::size_t i = 0; i < recipe.styles.size(); ++i) {
    request.styles.push_back(locate(recipe.styles[i], styles.empty() ? fs::path() : styles[i]));
  }
  request.options = recipe.options;
  request.options.time_limit = 0;  // the clock decides nothing twice; stopped_after does
  if (recipe.init) request.options.init = find_recorded(*recipe.init, recipe_file).string();
  const std::vector<OptionFile> files = option_files(request.options);
  for (std::size_t i = 0; i < files.size(); ++i) {
    *files[i].path = find_recorded(recipe.files.at(i), recipe_file).string();
  }
  request.repeats = recipe;
  return request;
}

}  // namespace atelier::jobs
