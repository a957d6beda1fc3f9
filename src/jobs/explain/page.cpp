// SPDX-License-Identifier: Apache-2.0
#include "jobs/explain/page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "atelier/base/markup.hpp"
#include "jobs/explain/layer_chart.hpp"
#include "jobs/html/html.hpp"

namespace atelier::jobs {
namespace {

constexpr const char* rules = R"(
.pictures { display: flex; flex-wrap: wrap; gap: 1.25rem; align-items: flex-end; margin: 1.25rem 0; }
.large img { max-height: 22rem; width: auto; }
.small img { width: 10rem; }
figcaption { max-width: 14rem; }
svg, .chart { width: 100%; max-width: 47.5rem; height: auto; display: block; margin: 1rem 0; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 15rem)); gap: 1.25rem; margin: 1rem 0; }
.pair img { width: 100%; }
.ring, .dot { display: inline-block; width: .6rem; height: .6rem; border-radius: 50%; border: 2px solid #555; }
.dot { background: #555; }
)";

std::string name_of(const std::string& path) {
  return markup_text(std::filesystem::path(path).filename().string());
}

void figure(HtmlPage& page, const std::string& picture, const std::string& alt,
            const std::string& caption) {
  page.add(R"(<figure><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>)",
           markup_text(picture), alt, caption);
}

void add_opening(HtmlPage& page, const Explanation& e) {
  std::vector<std::string> styles;
  for (const std::string& style : e.styles) styles.push_back(name_of(style));
  page.add("<h1>How a painting came about</h1>");
  page.add("<p>{} repainted like {}, with the preset <code>{}</code>.</p>", name_of(e.content),
           fmt::join(styles, " and "), markup_text(e.preset));
  page.add(R"(<div class="pictures large">)");
  figure(page, "content.png", "the photograph", "<b>Photograph</b>");
  for (std::size_t i = 0; i < styles.size(); ++i)
    figure(page, fmt::format("style-{}.png", i + 1), "a painting", "<b>Style</b> " + styles[i]);
  page.add("</div>");
  if (e.painting.width == 0) return;
  const StylizeReport& painting = e.painting;
  page.add(R"(<div class="pictures large">)");
  figure(page, "painting.png", "the result",
         fmt::format("<b>Result</b> {} × {} px, {} steps in {:.1f} s", painting.width,
                     painting.height, painting.iterations, painting.seconds));
  page.add("</div>");
}

void add_losses(HtmlPage& page, const Explanation& e) {
  const std::string chart = layer_chart_svg(e.scales);
  if (chart.empty()) return;
  page.add("<h2>What each layer said</h2>");
  page.add(
      "<p>The picture is painted at one size after the other, from coarse to fine. Each line is a "
      "layer of the network: how far the picture was from its target when the size began "
      R"((<span class="ring"></span>) and when it ended (<span class="dot"></span>). Blue layers )"
      "look at the photograph’s structure, orange ones at the painting’s texture. 0 is identity; "
      "the axis is logarithmic. A layer that hardly moves is either satisfied already or held back "
      "by the others; one whose content loss rises is giving way to the style.</p>");
  page.add_raw(chart);
  page.add("<p>The whole objective, step by step:</p>");
  page.add(R"(<img class="chart" src="losses.svg" alt="losses over the steps">)");
}

void add_rebuilt(HtmlPage& page, const std::vector<RebuiltPicture>& pictures, const char* original,
                 const char* alt) {
  if (pictures.empty()) return;
  page.add(R"(<div class="pictures small">)");
  figure(page, original, alt, "<b>original</b>");
  for (const RebuiltPicture& one : pictures) {
    if (one.picture.empty()) {
      page.add("<p><b>{}</b>: {}</p>", markup_text(one.layer), markup_text(one.note));
    } else {
      figure(page, one.picture, markup_text("rebuilt from " + one.layer),
             fmt::format("<b>{}</b>{}", markup_text(one.layer),
                         one.used ? "" : ", not compared here"));
    }
  }
  page.add("</div>");
}

std::string change(double value, double from) {
  if (from <= 0) return "";
  const double percent = 100 * (value / from - 1);
  return fmt::format(" ({}{:.0f} %)", percent < 0 ? "−" : "+", std::abs(percent));
}

void add_scores(HtmlPage& page, const ComparedOption& now, const ComparedOption& other) {
  if (!now.scored || !other.scored) return;
  page.add(R"(<table><tr><th></th><th class="n">as asked</th><th class="n">default</th></tr>)");
  const auto row = [&](const char* name, double asked, double without) {
    page.add(R"(<tr><td>{}</td><td class="n">{:.4g}</td><td class="n">{:.4g}{}</td></tr>)", name,
             asked, without, change(without, asked));
  };
  row("content", now.score.content, other.score.content);
  row("style, Gram", now.score.gram, other.score.gram);
  row("style, Wasserstein-2", now.score.wasserstein, other.score.wasserstein);
  row("total variation", now.score.tv, other.score.tv);
  page.add("</table>");
}

void add_options(HtmlPage& page, const Explanation& e) {
  if (e.options.empty()) {
    if (e.contents.empty()) return;
    page.add("<h2>What the options changed</h2><p>Every option is as the preset has it.</p>");
    return;
  }
  page.add("<h2>What the options changed</h2>");
  page.add(
      "<p>The same painting in small and with few steps: as it was asked for, and with one option "
      "at a time back at the preset’s default. All are measured alike, by VGG-19, whatever they "
      "were painted with: lower content keeps more of the photograph, lower style has more of the "
      "painting.</p>");
  for (const ComparedOption& option : e.options) {
    page.add("<h3><code>--{} {}</code></h3>", option.option, markup_text(option.value));
    if (option.picture.empty()) {
      page.add("<p>{}</p>", markup_text(option.note));
      continue;
    }
    page.add(R"(<div class="pair">)");
    figure(page, e.as_asked.picture, "as asked for", "as asked for");
    figure(page, option.picture, "with the default",
           fmt::format("default: <code>{}</code>", option.default_value.empty()
                                                       ? "not given"
                                                       : markup_text(option.default_value)));
    page.add("</div>");
    add_scores(page, e.as_asked, option);
  }
}

}  // namespace

std::string explanation_page(const Explanation& e) {
  HtmlPage page("How a painting came about", rules);
  add_opening(page, e);
  add_losses(page, e);
  if (!e.textures.empty()) {
    page.add("<h2>The texture that each layer knows</h2>");
    page.add(
        "<p>Noise, changed until the statistics of one layer alone are those of the painting. "
        "Early layers know colours and grain, later ones strokes and forms. Leave a layer out of "
        "<code>--style-layers</code> when what it rebuilds is not wanted.</p>");
    add_rebuilt(page, e.textures, "style-1.png", "the painting");
  }
  if (!e.contents.empty()) {
    page.add("<h2>What each layer keeps of the photograph</h2>");
    page.add(
        "<p>Noise, changed until one layer alone shows what it shows of the photograph. Early "
        "layers "
        "keep every pixel, later ones the things and their places but not how they are drawn: "
        "there the painter is free. Choose <code>--content-layers</code> by how much freedom there "
        "shall be.</p>");
    add_rebuilt(page, e.contents, "content.png", "the photograph");
  }
  add_options(page, e);
  if (e.cancelled) page.add("<p><b>Ended early: the rest is missing.</b></p>");
  return page.take();
}

}  // namespace atelier::jobs
