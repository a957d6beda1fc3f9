// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/explain.hpp"

#include <gmock/gmock.h>

#include "jobs/explain/changed_options.hpp"
#include "jobs/explain/layer_chart.hpp"
#include "jobs/explain/page.hpp"

namespace atelier::jobs {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ChangedOptions, AreThoseThatThePresetHasNot) {
  EXPECT_TRUE(changed_options(style::preset_options("draft")).empty());
  EXPECT_TRUE(changed_options(style::preset_options("best")).empty());
  style::StylizeOptions options = style::preset_options("draft");
  options.style_weight = 3;
  options.size = 640;
  options.threads = 2;
  options.style_layers = {"relu1_1", "relu2_1"};
  const auto changed = changed_options(options);
  ASSERT_EQ(changed.size(), 4U);
  for (const ChangedOption& option : changed) {
    const bool shows = option.name == "style-weight" || option.name == "style-layers";
    EXPECT_EQ(option.note.empty(), shows) << option.name;
    const auto& entry = *style::stylize_option_table().find(option.name);
    EXPECT_EQ(option.default_value, entry.get(style::preset_options("draft"))) << option.name;
  }
}

TEST(ChangedOptions, ValuesAreShownAsTheyAreTyped) {
  EXPECT_EQ(typed("style-weight", 2.5), "2.5");
  EXPECT_EQ(typed("style-weight", 3.0), "3");
  EXPECT_EQ(typed("blend", std::vector<double>{2, 1}), "2,1");
  EXPECT_EQ(typed("size", 0), "native");
  EXPECT_EQ(typed("style-layers", std::vector<std::string>{"a", "b"}), "a,b");
  EXPECT_EQ(typed("blend", std::vector<double>{}), "");
}

TEST(InSmall, EveryPaintingHasOneSizeAndSchedule) {
  style::StylizeOptions best = style::preset_options("best"),
                        draft = style::preset_options("draft");
  best.until_loss = 0.5;
  EXPECT_EQ(in_small(best).size, in_small(draft).size);
  EXPECT_EQ(in_small(best).iterations, in_small(draft).iterations);
  EXPECT_EQ(in_small(best).until_loss, 0);
  best.style_weight = 7;
  EXPECT_EQ(in_small(best).style_weight, 7);
}

ExplainedScale scale(double begun, double ended) {
  return {128, 40, {{{"relu4_2", begun}}, {}}, {{{"relu4_2", ended}}, {}}};
}

TEST(LayerChart, DrawsARingAndADotForEachLayerOnALogarithmicAxis) {
  // Margins aside, 1 and 0.01 are the axis' ends and 0.1 its middle: 375 of 150..600.
  const std::string svg = layer_chart_svg({scale(1, 0.01), scale(0.1, 0.1)});
  EXPECT_THAT(svg, HasSubstr("128 px, 40 steps"));
  EXPECT_THAT(svg, HasSubstr(R"(cx="375.0")"));
  EXPECT_THAT(svg, HasSubstr("1 → 0.01"));
  std::size_t circles = 0;
  for (std::size_t at = svg.find("<circle"); at != svg.npos; at = svg.find("<circle", at + 1))
    ++circles;
  EXPECT_EQ(circles, 4U);
}

TEST(LayerChart, LeavesOutWhatALogarithmHasNot) {
  EXPECT_THAT(layer_chart_svg({scale(1, 0), scale(0.5, 0.2)}), Not(HasSubstr("nan")));
  EXPECT_EQ(layer_chart_svg({}), "");
  EXPECT_EQ(layer_chart_svg({scale(0, 0)}), "");
}

TEST(ExplanationPage, TellsWhatThereIsAndEscapesNames) {
  Explanation e;
  e.content = "in/<cat> & \"dog\".png";
  e.styles = {"sea.jpg"};
  e.preset = "standard";
  EXPECT_THAT(explanation_page(e), HasSubstr("&lt;cat&gt; &amp; &quot;dog&quot;.png"));
  EXPECT_THAT(explanation_page(e), Not(HasSubstr("texture that each layer knows")));
  e.painting.width = 64;
  e.scales = {scale(1, 0.5)};
  e.textures = {{"relu1_1", "texture-relu1_1.png", true, ""}, {"relu2_1", "", true, "No <room>."}};
  e.contents = {{"relu4_2", "content-relu4_2.png", true, ""}};
  const std::string page = explanation_page(e);
  EXPECT_THAT(page, HasSubstr(R"(src="texture-relu1_1.png")"));
  EXPECT_THAT(page, HasSubstr("No &lt;room&gt;."));
  EXPECT_THAT(page, HasSubstr("Every option is as the preset has it."));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("http://localhost")));
}

TEST(ExplanationPage, ComparesByPercent) {
  Explanation e;
  e.styles = {"sea.jpg"};
  e.as_asked.picture = "small.png";
  e.as_asked.scored = true;
  e.as_asked.score.content = 0.5;
  ComparedOption option;
  option.option = "style-weight";
  option.value = "2";
  option.default_value = "1";
  option.picture = "small-default-style-weight.png";
  option.scored = true;
  option.score.content = 0.25;
  e.options = {option};
  EXPECT_THAT(explanation_page(e), HasSubstr("0.25 (−50 %)"));
}

TEST(ExplanationJson, HoldsEveryScaleAndLayer) {
  Explanation e;
  e.scales = {scale(1, 0.5)};
  const nlohmann::json json = to_json(e);
  EXPECT_EQ(json["scales"][0]["content"][0],
            (nlohmann::json{{"layer", "relu4_2"}, {"begun", 1.0}, {"ended", 0.5}}));
}

}  // namespace
}  // namespace atelier::jobs
