// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/breed.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/gan/painter.hpp"
#include "atelier/gan/sliders.hpp"
#include "atelier/image/file.hpp"
#include "atelier/image/tree_sheet.hpp"
#include "atelier/jobs/version.hpp"
#include "jobs/find_member.hpp"
#include "jobs/open_generator.hpp"

namespace atelier::jobs {
namespace {

constexpr int coarsest = 4;  // px, resolution of the first level
constexpr int most_directions = 64;

/// A step along a principal component or a slider.
struct Move {
  int component = 0;   ///< from 0
  std::string slider;  ///< its name instead; or empty
  double steps = 0;
};

Move parse_move(const std::string& text) {
  Move move;
  const std::size_t equals = text.find('=');
  const char* end = text.data() + text.size();
  if (equals != text.npos) {
    const char* middle = text.data() + equals;
    const auto steps = std::from_chars(middle + 1, end, move.steps);
    const bool sound = steps.ec == std::errc{} && steps.ptr == end && std::abs(move.steps) <= 10;
    const auto number = std::from_chars(text.data(), middle, move.component);
    const bool is_number = number.ec == std::errc{} && number.ptr == middle;
    if (sound && is_number && move.component >= 1 && move.component <= most_directions) {
      --move.component;
      return move;
    }
    move.slider = text.substr(0, equals);
    const auto& names = gan::slider_names();
    if (sound && std::find(names.begin(), names.end(), move.slider) != names.end()) return move;
  }
  fail(ErrorKind::invalid_argument,
       "--move {} is none; write NAME=STEPS, a slider ({}) or a component 1..{}, steps -10..10, as "
       "light=1.5 or 2=1.5.",
       text, fmt::join(gan::slider_names(), ", "), most_directions);
}

int level_of(int size) {
  int level = 0;
  for (int at = coarsest; at < size; at *= 2) ++level;
  return level;
}

int generations(const Member& member) {
  int most = 0;
  for (const Member& parent : member.parents) most = std::max(most, generations(parent));
  return most + 1;
}

std::filesystem::path numbered(const std::filesystem::path& path, int i) {
  if (i == 0) return path;
  return path.parent_path() /
         fmt::format("{}-{}{}", path.stem().string(), i + 1, path.extension().string());
}

class Run {
 public:
  Run(const BreedRequest& request, const OnProgress& on_progress, std::stop_token stop)
      : request_(request),
        options_(request.options),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        compute_(set_up_compute(request.run.device, request.run.threads)),
        opened_(open_generator(request.run, compute_)),
        painter_(*opened_) {}

  BreedReport make() {
    {
      const Stopwatch watch(report_.seconds);
      find_parents();
      find_moves();
      for (int i = 0; i < options_.children; ++i) write(child(i), numbered(request_.output, i));
      if (!request_.tree.empty()) draw_tree();
    }
    report_.model = painter_.file().string();
    report_.model_sha256 = painter_.digest();
    report_.device = compute_.device;
    report_.threads = compute_.threads;
    return report_;
  }

 private:
  void find_parents() {
    for (const std::string& named : request_.parents) {
      parents_.push_back(find_member(painter_, named, options_.truncation));
    }
    if (!options_.weights.empty() && options_.weights.size() != parents_.size()) {
      fail(ErrorKind::invalid_argument, "--weights names {} weights for {} parents.",
           options_.weights.size(), parents_.size());
    }
    if (options_.fine_from > 0 && parents_.size() != 2) {
      fail(ErrorKind::invalid_argument,
           "--fine-from takes forms from one parent and finer features from another; name two.");
    }
    if (options_.fine_from > 0 && !options_.weights.empty()) {
      fail(ErrorKind::invalid_argument,
           "--weights mixes all of the parents, --fine-from parts of them; leave one out.");
    }
  }

  void find_moves() {
    std::vector<gan::Direction> components;
    std::vector<gan::Slider> sliders;
    for (const std::string& text : options_.move) {
      const Move move = parse_move(text);
      if (move.slider.empty()) {
        if (components.empty()) components = painter_.directions(most_directions);
        const auto which = static_cast<std::size_t>(move.component);
        if (which >= components.size()) {
          fail(ErrorKind::invalid_argument, "--move {}: this generator has {} components.", text,
               components.size());
        }
        moves_.emplace_back(components[which], move.steps);
      } else {
        if (sliders.empty()) sliders = gan::sliders(painter_);
        const auto named = [&](const gan::Slider& slider) { return slider.name == move.slider; };
        moves_.emplace_back(std::find_if(sliders.begin(), sliders.end(), named)->direction,
                            move.steps);
      }
    }
  }

  [[nodiscard]] gan::Latent blended() const {
    if (options_.fine_from > 0) {
      return gan::crossed(parents_[0].latent, parents_[1].latent, level_of(options_.fine_from));
    }
    std::vector<gan::Parent> mixing;
    for (std::size_t i = 0; i < parents_.size(); ++i) {
      mixing.push_back({parents_[i].latent, options_.weights.empty() ? 1 : options_.weights[i]});
    }
    return gan::mixed(mixing);
  }

  [[nodiscard]] Member child(int i) const {
    gan::Latent latent = blended();
    for (const auto& [direction, steps] : moves_) {
      latent =
          gan::moved(latent, direction, steps, level_of(options_.move_from), latent.levels - 1);
    }
    if (options_.mutation > 0) {
      // Towards a stranger: what lies between two pictures is always one that can be painted.
      const std::uint64_t seed = options_.seed + static_cast<std::uint64_t>(i);
      const std::uint64_t stranger = RandomStream(seed, "mutation").next();
      latent = gan::mixed({{latent, 1 - options_.mutation},
                           {painter_.from_seed(stranger, options_.truncation), options_.mutation}});
    }
    return {"", as_kept(std::move(latent)), parents_};
  }

  image::Image paint(const gan::Latent& latent) {
    if (stop_.stop_requested()) fail(ErrorKind::cancelled, "stopped; nothing more was written.");
    image::Image picture = painter_.paint(latent);
    if (on_progress_)
      on_progress_({.stage = "painting",
                    .done = ++painted_,
                    .total = 0,
                    .seconds = 0,
                    .remaining = -1,
                    .values = {}});
    return picture;
  }

  void write(Member member, const std::filesystem::path& path) {
    member.name = path.filename().string();
    nlohmann::json recipe{{"atelier", version()},
                          {"command", "breed"},
                          {"model", recorded_name(request_.run, painter_)},
                          {"model_sha256", painter_.digest()},
                          {"options", breed_option_table().to_json(options_)},
                          {"family", to_json(member)}};
    image::SaveOptions save;
    save.recipe = recipe.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    image::save(paint(member.latent), path, save);
    report_.outputs.push_back(path);
    report_.generations = generations(member);
    if (report_.outputs.size() == 1) first_ = std::move(member);
  }

  image::TreeNode drawn(const Member& member) {
    image::TreeNode node{paint(member.latent), member.name, {}};
    for (const Member& parent : member.parents) node.parents.push_back(drawn(parent));
    return node;
  }

  void draw_tree() {
    image::save(image::tree_sheet(drawn(first_)), request_.tree);
    report_.tree = request_.tree;
  }

  const BreedRequest& request_;
  const BreedOptions& options_;
  const OnProgress& on_progress_;
  std::stop_token stop_;
  ComputeNames compute_;
  std::unique_ptr<gan::Painter> opened_;
  const gan::Painter& painter_;
  std::vector<Member> parents_;
  std::vector<std::pair<gan::Direction, double>> moves_;
  Member first_;
  std::int64_t painted_ = 0;
  BreedReport report_;
};

}  // namespace

const OptionTable<BreedOptions>& breed_option_table() {
  using O = BreedOptions;
  static const OptionTable<O> table{
      {&O::weights,
       {"weights", "Children", "shares of the parents, such as 2,1", "", 0, 1e6, {}, {}}},
      {&O::fine_from,
       {"fine-from",
        "Children",
        "forms of the first parent; of the second what shows at this resolution and above: 8, 16, "
        "32, ...; 0: mix all",
        "px",
        0,
        512,
        {},
        {}}},
      {&O::mutation,
       {"mutation", "Children", "share of something new, other for each child", "", 0, 1, {}, {}}},
      {&O::children, {"children", "Children", "how many", "", 1, 100, {}, {}}},
      {&O::move,
       {"move",
        "Children",
        "sliders light, warm, colour, contrast and detail, or components in which pictures differ "
        "most, by number: NAME=STEPS, such as light=1,3=-1",
        "",
        {},
        {},
        {},
        {}}},
      {&O::move_from,
       {"move-from",
        "Children",
        "move only what shows at this resolution and above",
        "px",
        0,
        512,
        {},
        {}}},
      {&O::seed, {"seed", "Children", "of mutations", "", 0, {}, {}, {}}},
      {&O::truncation,
       {"truncation",
        "Children",
        "of parents named by seed and of mutations, as of generate",
        "",
        0,
        2,
        {},
        {}}},
  };
  return table;
}

nlohmann::json to_json(const BreedReport& report) {
  nlohmann::json outputs = nlohmann::json::array();
  for (const auto& output : report.outputs) outputs.push_back(output.string());
  return {{"outputs", outputs},
          {"tree", report.tree.string()},
          {"generations", report.generations},
          {"seconds", report.seconds},
          {"model", report.model},
          {"model_sha256", report.model_sha256},
          {"device", report.device},
          {"threads", report.threads}};
}

BreedReport breed(const BreedRequest& request, const OnProgress& on_progress,
                  std::stop_token stop) {
  if (request.parents.empty()) {
    fail(ErrorKind::invalid_argument, "name at least one parent: a picture, or seed:12.");
  }
  for (const std::string& move : request.options.move) static_cast<void>(parse_move(move));
  image::check_output(request.output);
  if (!request.tree.empty()) image::check_output(request.tree);
  return Run(request, on_progress, std::move(stop)).make();
}

}  // namespace atelier::jobs
