// SPDX-License-Identifier: Apache-2.0
// Every option with every other: a painting comes out, or a sentence says why not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "atelier/base/error.hpp"
#include "atelier/style/stylize.hpp"
#include "small_net.hpp"

namespace atelier::style {
namespace {

constexpr image::Size size{28, 24};

/// What is tried of options that have no words to choose from; null: nothing, with the reason.
const std::map<std::string, std::vector<nlohmann::json>>& tried_values() {
  static const std::map<std::string, std::vector<nlohmann::json>> values{
      {"size", {28}},
      {"seed", {7}},
      {"content-weight", {0, 3}},
      {"style-weight", {0, 2}},
      {"tv-weight", {0, 4}},
      {"histogram-weight", {0.5}},
      {"palette-weight", {0.5}},
      {"laplacian-weight", {0.5}},
      {"blend", {{2, 1}, {0, 1}, {1}}},
      {"style-scale", {0.75, 1.5}},
      {"color-strength", {0, 0.4}},
      {"content-layers", {{"relu1_2", "relu3_1"}}},
      {"style-layers", {{"relu1_1"}, {"relu2_2", "relu3_1"}}},
      {"iterations", {1, 3}},
      {"first-iterations", {1, 3}},
      {"min-size", {16, 64}},
      {"scale-step", {1.2}},
      {"step-size", {0.01}},
      {"method", {"optimize"}},
      {"strength", {0.5}},
      {"fast-model", {"mine.safetensors"}},
      {"until-loss", {1e-6, 10}},
      {"time-limit", {60}},
      {"init", {"content", "noise", "style-stats"}},
      {"texture", {"texture.png"}},
      {"style-mask", {{"mask.png", "-"}, {"mask.png"}}},
      {"style-map", {"map.png"}},
      {"style-map-colors", {{"red", "blue"}}},
      {"content-mask", {"mask.png"}},
      {"protect", {{"mask.png"}}},
      {"protect-strength", {0.3}},
      {"temporal-weight", {0, 50}},
      {"frame-iterations", {1, 3}},
      {"tile", {64, "off"}},
      {"device", {"cpu"}},
      {"threads", {1, 2}},
  };
  return values;
}

/// One option set to one value.
struct Trial {
  std::string option;
  nlohmann::json value;
};

std::vector<Trial> trials() {
  std::vector<Trial> all;
  for (const auto& entry : stylize_option_table().entries()) {
    const OptionSpec& spec = entry.spec;
    const auto named = tried_values().find(spec.name);
    if (named != tried_values().end()) {
      for (const auto& value : named->second) all.push_back({spec.name, value});
    } else if (std::holds_alternative<bool>(entry.default_value())) {
      for (const bool value : {false, true}) all.push_back({spec.name, value});
    } else {
      for (const auto& choice : spec.choices) all.push_back({spec.name, choice});
    }
  }
  return all;
}

StylizeOptions base() {
  StylizeOptions options;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1"};
  options.iterations = 2;
  options.first_iterations = 2;
  options.min_size = 20;
  return options;
}

/// Dark at the left, light at the right.
image::Mask mask() {
  image::Mask mask{size.width, size.height, {}};
  for (std::size_t i = 0; i < mask.pixels(); ++i) {
    mask.values.push_back(static_cast<float>(i % size.width) / size.width);
  }
  return mask;
}

/// With what the options name files of.
StylizePictures pictures(const StylizeOptions& options) {
  StylizePictures made_of{
      waves(size.width, size.height, 1), {waves(30, 26, 2), waves(22, 32, 3)}, std::nullopt};
  if (!options.style_mask.empty() || !options.style_map.empty()) {
    made_of.masks.styles = {mask(), std::nullopt};
  }
  if (!options.content_mask.empty()) made_of.masks.content = mask();
  if (!options.protect.empty()) made_of.masks.protect = mask();
  if (!options.texture.empty()) made_of.texture = waves(20, 24, 5);
  return made_of;
}

/// Empty when a painting of the right shape came out or it was refused in a sentence.
std::string fault(const StylizeOptions& options) {
  try {
    const auto result = stylize(small_net(), pictures(options), options);
    if (result.image.width != size.width || result.image.height != size.height) {
      return "a picture of another size";
    }
    for (const float value : result.image.rgb) {
      if (!(value >= 0 && value <= 1)) return "values outside 0..1";
    }
    return std::isfinite(result.losses.total) ? "" : "a loss that is no number";
  } catch (const Error& error) {
    const std::string message = error.what();
    const bool kind = error.kind() == ErrorKind::invalid_argument ||
                      error.kind() == ErrorKind::missing_capability;
    const bool sentence = message.size() > 20 && message.ends_with('.');
    return kind && sentence ? "" : "refused as: " + message;
  } catch (const std::exception& error) {
    return std::string("an exception of another kind: ") + error.what();
  }
}

TEST(OptionPairs, EveryOptionIsTried) {
  std::set<std::string> tried;
  for (const Trial& trial : trials()) tried.insert(trial.option);
  for (const auto& entry : stylize_option_table().entries()) {
    EXPECT_TRUE(tried.contains(entry.spec.name)) << "--" << entry.spec.name << " has no value here";
  }
}

TEST(SlowOptionPairs, EveryPairPaintsOrIsRefusedInWords) {
  const std::vector<Trial> all = trials();
  int pairs = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (all[i].option == all[j].option) continue;
      StylizeOptions options = base();
      for (const Trial* trial : {&all[i], &all[j]}) {
        stylize_option_table().find(trial->option)->parse(options, trial->value);
      }
      const std::string found = fault(options);
      EXPECT_EQ(found, "") << "--" << all[i].option << ' ' << all[i].value << " --" << all[j].option
                           << ' ' << all[j].value;
      ++pairs;
    }
  }
  RecordProperty("pairs", pairs);
}

}  // namespace
}  // namespace atelier::style
