// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/stylize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
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
#include "jobs/room.hpp"
#include "jobs/same_recipe.hpp"
#include "jobs/step_log.hpp"
#include "jobs/streamed.hpp"
#include "jobs/workshop.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

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
                   const fast::Painter* painter, const ComputeNames& compute) {
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
  if (in_one_pass(request.options)) {
    recipe.model = "fast";
    recipe.model_sha256 = painter->digest();
  }
  if (begins_in_one_pass(request.options)) recipe.init_sha256 = painter->digest();
  return recipe;
}

namespace {

void check_same_weights(const Recipe& recipe, const Recipe& now) {
  const auto check = [](const std::string& name, const std::string& then, const std::string& here) {
    if (then == here) return;
    fail(ErrorKind::bad_input,
         "the recipe was painted with other weights of {} (SHA-256 {}...) than those here "
         "({}...); import those.",
         name, then.substr(0, 12), here.substr(0, 12));
  };
  check(recipe.model, recipe.model_sha256, now.model_sha256);
  check("fast", recipe.init_sha256, now.init_sha256);
}

/// The one-pass network where one paints or begins, or null. Before the network that looks at the
/// steps, which takes the place of the one that this sees with.
const fast::Painter* painter_for(const StylizeRequest& request, Workshop& workshop,
                                 const ComputeNames& compute) {
  if (!in_one_pass(request.options) && !begins_in_one_pass(request.options)) return nullptr;
  return &workshop.painter(request.options, compute.device);
}

/// Refuses what watches steps where there are none.
void check_extras(const StylizeRequest& request) {
  if (!in_one_pass(request.options)) return;
  const StylizeExtras& extras = request.extras;
  for (const auto& [name, value] : {std::pair{"--preview", extras.preview},
                                    {"--trace", extras.trace},
                                    {"--plot", extras.plot},
                                    {"--checkpoint", extras.checkpoint}}) {
    if (value.empty()) continue;
    fail(
        ErrorKind::invalid_argument,
        "{} {} follows the steps of --method optimize, and --method fast takes none; leave it out.",
        name, value);
  }
}

/// The checkpoint that extras name, or null.
std::shared_ptr<style::Checkpoint> open_checkpoint(const StylizeExtras& extras,
                                                   const Recipe& recipe,
                                                   std::vector<std::string>& warnings) {
  if (extras.checkpoint.empty()) return nullptr;
  const auto open = [&] {
    return std::make_shared<style::Checkpoint>(extras.checkpoint, extras.checkpoint_every,
                                               what_is_painted(recipe));
  };
  if (extras.checkpoint_unfit == "refuse") return open();
  try {
    return open();
  } catch (const Error& error) {
    warnings.push_back(fmt::format("the painting begins from its start: {}", error.what()));
  }
  std::error_code ignored;
  fs::remove(extras.checkpoint, ignored);
  return open();
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
  const std::string group = "Watching", kept = "Going on";
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
      {&E::checkpoint,
       {"checkpoint",
        kept,
        "file from which a painting that was stopped is gone on with; removed once it is done",
        "FILE",
        {},
        {},
        {},
        {}}},
      {&E::checkpoint_every,
       {"checkpoint-every",
        kept,
        "how often the checkpoint is written; more seldom where that takes over a hundredth of the "
        "time",
        "s",
        0,
        1e6,
        {},
        {}}},
      {&E::checkpoint_unfit,
       {"checkpoint-unfit",
        kept,
        "what is done about a checkpoint that is damaged or of another painting",
        "",
        {},
        {},
        {"refuse", "replace"},
        {}}},
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
                      {"checkpoint_seconds", report.checkpoint_seconds},
                      {"iterations", report.iterations},
                      {"resumed_at", report.resumed_at},
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
  const fast::Painter* painter = painter_for(request, workshop, compute);
  return make_recipe(request, workshop.net(request.options), painter, compute);
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
  image::Size size = painted_size(request);
  const bool streamed = is_streamed(request.options, size);
  if (compute.device == "cpu") check_room(request);
  report_stage(on_progress, "reading pictures");
  std::optional<std::size_t> faces;
  style::StylizePictures pictures;
  if (!streamed) pictures = load_pictures(request, faces);
  report_stage(on_progress, "reading weights");
  const fast::Painter* painter = painter_for(request, workshop, compute);
  double first_seconds = 0;
  if (begins_in_one_pass(request.options)) {
    report_stage(on_progress, "painting in one pass");
    style::StylizeResult first = first_painting(*painter, pictures, request.options);
    pictures.init = std::move(first.image);
    first_seconds = first.seconds;
  }
  const nets::FeatureNet& net = workshop.net(request.options);
  pictures.statistics = workshop.statistics();
  pictures.on_scale = workshop.on_scale;
  Recipe recipe = make_recipe(request, net, painter, compute);
  if (request.repeats) check_same_weights(*request.repeats, recipe);

  std::vector<std::string> warnings;
  pictures.checkpoint = open_checkpoint(request.extras, recipe, warnings);
  const std::shared_ptr<style::Checkpoint> checkpoint = pictures.checkpoint;

  // A run that was ended early is repeated by ending it at the same step.
  std::stop_source end;
  const std::stop_callback pass_on(stop, [&end] { end.request_stop(); });
  const std::optional<int> stop_after =
      request.repeats ? request.repeats->stopped_after : std::nullopt;
  if (stop_after == 0) end.request_stop();
  StepLog log(request.extras, on_progress,
              checkpoint ? checkpoint->steps() : std::vector<style::Step>{});
  style::StylizeResult result;
  if (streamed) {
    size = paint_streamed(request, *painter, to_json(recipe).dump(), on_progress, stop,
                          result.seconds);
    result.tile = request.options.tile;
    result.engine = request.options.engine;
  } else if (in_one_pass(request.options)) {
    result = paint_in_one_pass(*painter, std::move(pictures), request.options);
  } else {
    result = style::stylize(
        net, std::move(pictures), request.options,
        [&](const style::Step& step, const std::function<image::Image()>& picture) {
          log.record(step, picture);
          if (stop_after && step.iteration >= *stop_after) end.request_stop();
        },
        end.get_token());
  }

  result.seconds += first_seconds;
  recipe.options.tile = result.tile;
  recipe.options.engine = result.engine;
  if (result.engine == "bf16") recipe.precision = "bf16";
  std::string stop_reason = stop_name(result.stop_reason);
  if (stop_after && !stop.stop_requested()) stop_reason = request.repeats->stop_reason;
  if (stop_reason == "time_limit" || stop_reason == "cancelled") {
    recipe.stopped_after = result.iterations;
    recipe.stop_reason = stop_reason;
  }
  if (!streamed) {
    size = {result.image.width, result.image.height};
    image::save(result.image, request.output, {.recipe = to_json(recipe).dump()});
  }
  if (checkpoint && stop_reason != "cancelled") checkpoint->remove();
  if (checkpoint && !checkpoint->trouble().empty())
    warnings.push_back(fmt::format("checkpoints ended: {}", checkpoint->trouble()));
  const std::vector<std::string> of_log = log.finish();
  warnings.insert(warnings.end(), of_log.begin(), of_log.end());
  if (faces == std::size_t{0}) {
    warnings.push_back(
        "no face was found, so --protect faces protects nothing; paint a mask there");
  }
  return {.output = request.output,
          .width = size.width,
          .height = size.height,
          .method = request.options.method,
          .seconds = result.seconds,
          .checkpoint_seconds = checkpoint ? checkpoint->seconds() : 0,
          .iterations = result.iterations,
          .resumed_at = checkpoint ? static_cast<int>(checkpoint->steps().size()) : 0,
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
