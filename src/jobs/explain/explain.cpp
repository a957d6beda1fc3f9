// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "atelier/style/rebuild.hpp"
#include "jobs/choose_style.hpp"
#include "jobs/explain/changed_options.hpp"
#include "jobs/explain/page.hpp"
#include "jobs/inputs.hpp"
#include "jobs/one_pass.hpp"
#include "jobs/output_paths.hpp"
#include "jobs/workshop.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr int rebuilt_edge = 160, shown_edge = 512, max_style_edge = 1024;  // px

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// All layers that the options name, from those of style to those of content, each once.
std::vector<std::string> named_layers(const style::StylizeOptions& options) {
  std::vector<std::string> layers = options.style_layers;
  for (const std::string& layer : options.content_layers) {
    if (!holds(layers, layer)) layers.push_back(layer);
  }
  return layers;
}

class Explainer {
 public:
  Explainer(const StylizeRequest& request, fs::path folder, const OnProgress& on_progress,
            std::stop_token stop)
      : request_(request),
        own_layers_(style::with_own_layers(request.options)),
        folder_(std::move(folder)),
        on_progress_(on_progress),
        stop_(std::move(stop)) {
    style::check_options(request_.options, request_.styles.size());
    if (in_one_pass(request_.options)) {
      fail(
          ErrorKind::invalid_argument,
          "--explain shows how steps and layers paint, and --method fast has none; leave one out.");
    }
    e_.content = request_.content.string();
    for (const fs::path& style : request_.styles) e_.styles.push_back(style.string());
    e_.preset = request_.options.preset;
  }

  Explanation run() {
    make_folder();
    if (go_on()) show_inputs();
    paint();
    if (go_on()) rebuild_textures();
    if (go_on()) rebuild_contents();
    if (go_on()) compare_options();
    e_.cancelled = !go_on();
    write();
    return std::move(e_);
  }

 private:
  [[nodiscard]] bool go_on() const { return !stop_.stop_requested(); }

  void make_folder() const {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error || !fs::is_directory(folder_)) {
      fail(ErrorKind::io, "--explain {} cannot be made a folder ({}); choose another place.",
           folder_.string(), error ? error.message() : "it is a file");
    }
    image::check_output(folder_ / "painting.png");
  }

  void report(const std::string& stage, std::int64_t done, std::int64_t total) const {
    if (!on_progress_) return;
    Progress progress;
    progress.stage = stage;
    progress.done = done;
    progress.total = total;
    on_progress_(progress);
  }

  void write() {
    e_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    write_file(folder_ / "report.json",
               to_json(e_).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    write_file(folder_ / "index.html", explanation_page(e_));
  }

  void show_inputs() {
    const auto show = [&](const fs::path& picture, const std::string& name) {
      const image::Size size = image::probe(picture).size;
      const int edge = std::min(std::max(size.width, size.height), shown_edge);
      image::save(load_picture(picture, edge), folder_ / name, {.bits = 8});
    };
    show(request_.content, "content.png");
    for (std::size_t i = 0; i < request_.styles.size(); ++i)
      show(request_.styles[i], fmt::format("style-{}.png", i + 1));
  }

  void paint() {
    StylizeRequest request = request_;
    const bool own_plot = request.extras.plot.empty();
    if (own_plot) request.extras.plot = (folder_ / "losses.svg").string();
    workshop_.on_scale = [this](const style::Inspection& seen) { remember(seen); };
    e_.painting = stylize(request, workshop_, on_progress_, stop_);
    workshop_.on_scale = {};
    if (!own_plot) write_file(folder_ / "losses.svg", read_file(request.extras.plot, 1 << 26));
    const int edge = std::min(std::max(e_.painting.width, e_.painting.height), shown_edge);
    image::save(image::load(request_.output, {.long_edge = edge}), folder_ / "painting.png",
                {.bits = 8});
    write();
  }

  void remember(const style::Inspection& seen) {
    if (!seen.ended) {
      e_.scales.push_back({seen.scale, 0, seen.layers, seen.layers});
      return;
    }
    e_.scales.back().iterations = seen.iterations;
    e_.scales.back().ended = seen.layers;
  }

  /// Makes one picture of the report; a failure that concerns it alone is told in its place.
  template <class Make>
  void add(RebuiltPicture one, std::vector<RebuiltPicture>& to, const Make& make) {
    const std::string name = (&to == &e_.textures ? "texture-" : "content-") + one.layer + ".png";
    try {
      const image::Image picture = make();
      if (!go_on()) return;
      image::save(picture, folder_ / name, {.bits = 8});
      one.picture = name;
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::io) throw;
      one.note = error.what();
    }
    to.push_back(std::move(one));
    write();
  }

  void rebuild_textures() {
    const int painted = std::max(e_.painting.width, e_.painting.height);
    const int edge =
        std::clamp(static_cast<int>(std::min(painted, shown_edge) * request_.options.style_scale),
                   rebuilt_edge, max_style_edge);
    const image::Image style = load_picture(request_.styles.front(), edge);
    const nets::FeatureNet& net = workshop_.net(request_.options);
    const auto& layers = own_layers_.style_layers;
    for (std::size_t i = 0; i < layers.size() && go_on(); ++i) {
      report("texture of " + layers[i], static_cast<std::int64_t>(i), std::ssize(layers));
      add({layers[i], "", true, ""}, e_.textures, [&] {
        return style::rebuild_texture(net, style, rebuilt_edge, layers[i], request_.options, stop_);
      });
    }
  }

  void rebuild_contents() {
    const image::Image content = load_picture(request_.content, rebuilt_edge);
    const nets::FeatureNet& net = workshop_.net(request_.options);
    const std::vector<std::string> layers = named_layers(own_layers_);
    for (std::size_t i = 0; i < layers.size() && go_on(); ++i) {
      report("photograph from " + layers[i], static_cast<std::int64_t>(i), std::ssize(layers));
      add({layers[i], "", holds(own_layers_.content_layers, layers[i]), ""}, e_.contents,
          [&] { return style::rebuild_content(net, content, layers[i], request_.options, stop_); });
    }
  }

  /// Paints in small and measures; false when it was stopped.
  bool paint_small(const style::StylizeOptions& options, const std::string& name,
                   ComparedOption& to) {
    StylizeRequest request = request_;
    request.options = in_small(options);
    request.extras = {};
    request.repeats.reset();
    request.output = folder_ / name;
    if (stylize(request, workshop_, {}, stop_).stop_reason == "cancelled") {
      std::error_code error;
      fs::remove(request.output, error);  // half of one would mislead
      return false;
    }
    to.picture = name;
    score(to);
    return true;
  }

  void score(ComparedOption& to) {
    try {
      if (!yardstick_) yardstick_.emplace(load_backbone(style::StylizeOptions()));
    } catch (const Error&) {
      return;  // painted with another network, and VGG-19 is not here: pictures alone
    }
    const image::Image result = image::load(folder_ / to.picture);
    const image::Size size{result.width, result.height};
    const image::Image content = load_picture(request_.content, size);
    std::vector<double> blend = request_.options.blend;
    blend.resize(request_.styles.size(), blend.empty() ? 1.0 : 0.0);
    double sum = 0;
    for (const double weight : blend) sum += weight;
    for (std::size_t i = 0; i < blend.size(); ++i) {
      if (blend[i] <= 0) continue;
      const image::Image style =
          load_picture(request_.styles[i], std::max(size.width, size.height));
      const style::Score of_one = style::score(*yardstick_, content, style, result);
      to.score.content = of_one.content;
      to.score.tv = of_one.tv;
      to.score.gram += of_one.gram * blend[i] / sum;
      to.score.wasserstein += of_one.wasserstein * blend[i] / sum;
    }
    to.scored = true;
  }

  void compare_options() {
    const std::vector<ChangedOption> changed = changed_options(request_.options);
    const bool any = std::any_of(changed.begin(), changed.end(),
                                 [](const ChangedOption& option) { return option.note.empty(); });
    if (any && !paint_small(request_.options, "small.png", e_.as_asked)) return;
    for (std::size_t i = 0; i < changed.size() && go_on(); ++i) {
      const ChangedOption& option = changed[i];
      report("without --" + option.name, static_cast<std::int64_t>(i), std::ssize(changed));
      ComparedOption compared;
      compared.option = option.name;
      compared.value = typed(option.name, option.value);
      compared.default_value = typed(option.name, option.default_value);
      compared.note = option.note;
      if (option.note.empty()) {
        style::StylizeOptions back = request_.options;
        style::stylize_option_table().find(option.name)->set(back, option.default_value);
        try {
          if (!paint_small(back, "small-default-" + option.name + ".png", compared)) return;
        } catch (const Error& error) {
          if (error.kind() == ErrorKind::io) throw;
          compared.note = fmt::format("Without it: {}", error.what());
        }
      }
      e_.options.push_back(std::move(compared));
      write();
    }
  }

  const StylizeRequest& request_;
  style::StylizeOptions own_layers_;  // the request's options with the layers by name
  fs::path folder_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  Workshop workshop_;
  std::optional<nets::FeatureNet> yardstick_;
  Explanation e_;
};

nlohmann::json to_json(const std::vector<style::LayerLoss>& begun,
                       const std::vector<style::LayerLoss>& ended) {
  nlohmann::json layers = nlohmann::json::array();
  for (std::size_t i = 0; i < std::min(begun.size(), ended.size()); ++i) {
    layers.push_back(
        {{"layer", begun[i].layer}, {"begun", begun[i].loss}, {"ended", ended[i].loss}});
  }
  return layers;
}

nlohmann::json to_json(const std::vector<RebuiltPicture>& pictures) {
  nlohmann::json list = nlohmann::json::array();
  for (const RebuiltPicture& one : pictures) {
    list.push_back({{"layer", one.layer}, {"picture", one.picture}, {"used", one.used}});
    if (!one.note.empty()) list.back()["note"] = one.note;
  }
  return list;
}

nlohmann::json to_json(const ComparedOption& option) {
  nlohmann::json json{{"picture", option.picture}};
  if (!option.option.empty()) {
    json["option"] = option.option;
    json["value"] = option.value;
    json["default"] = option.default_value;
  }
  if (option.scored) {
    json["score"] = {{"content", option.score.content},
                     {"gram", option.score.gram},
                     {"wasserstein", option.score.wasserstein},
                     {"tv", option.score.tv}};
  }
  if (!option.note.empty()) json["note"] = option.note;
  return json;
}

}  // namespace

nlohmann::json to_json(const Explanation& e) {
  nlohmann::json scales = nlohmann::json::array(), options = nlohmann::json::array();
  for (const ExplainedScale& scale : e.scales) {
    scales.push_back({{"scale", scale.scale},
                      {"iterations", scale.iterations},
                      {"content", to_json(scale.begun.content, scale.ended.content)},
                      {"style", to_json(scale.begun.style, scale.ended.style)}});
  }
  for (const ComparedOption& option : e.options) options.push_back(to_json(option));
  return {{"content", e.content},
          {"styles", e.styles},
          {"preset", e.preset},
          {"painting", to_json(e.painting)},
          {"scales", scales},
          {"textures", to_json(e.textures)},
          {"contents", to_json(e.contents)},
          {"as_asked", to_json(e.as_asked)},
          {"options", options},
          {"seconds", e.seconds},
          {"cancelled", e.cancelled}};
}

Explanation explain(const StylizeRequest& request, const fs::path& folder,
                    const OnProgress& on_progress, std::stop_token stop) {
  if (!request.extras.checkpoint.empty()) {
    fail(ErrorKind::invalid_argument,
         "--checkpoint {} goes on in the middle of a painting, and --explain tells it from the "
         "start; leave one out.",
         request.extras.checkpoint);
  }
  if (request.style_from.empty())
    return Explainer(request, folder, on_progress, std::move(stop)).run();
  check_paths(request);
  const ChosenStyle chosen = choose_style(request, on_progress, stop);
  Explanation explanation = Explainer(chosen.request, folder, on_progress, std::move(stop)).run();
  std::vector<std::string>& warnings = explanation.painting.warnings;
  warnings.insert(warnings.begin(), chosen.warnings.begin(), chosen.warnings.end());
  return explanation;
}

}  // namespace atelier::jobs
