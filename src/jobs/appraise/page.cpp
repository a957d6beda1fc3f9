// SPDX-License-Identifier: Apache-2.0
#include "jobs/appraise/page.hpp"

#include <algorithm>
#include <filesystem>

#include "atelier/base/markup.hpp"
#include "jobs/appraise/bars.hpp"
#include "jobs/appraise/parts_view.hpp"
#include "jobs/appraise/text_section.hpp"
#include "jobs/html/html.hpp"
#include "jobs/inputs.hpp"

namespace atelier::jobs {
namespace {

constexpr int picture_edge = 640;  // px

constexpr const char* rules = R"(
section { display: grid; grid-template-columns: minmax(14rem, 22rem) minmax(0, 1fr); gap: 2rem; margin: 3rem 0;
  padding-top: 2rem; border-top: 1px solid #ddd; }
section h2 { grid-column: 1 / -1; border: 0; margin: 0; padding: 0; overflow-wrap: anywhere; }
figure + figure { margin-top: 1.5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
h3:first-child { margin-top: 0; }
.bars { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr 3.5rem; gap: .25rem .8rem; font-size: .9rem;
  align-items: center; max-width: 34rem; }
.bar { position: relative; height: .8rem; background: #eee; border-radius: .2rem; }
.bar i { position: absolute; inset: 0 auto 0 0; background: #b4531f; border-radius: .2rem; }
.bar b { position: absolute; top: -.15rem; bottom: -.15rem; width: 2px; background: #222; }
.bars span:nth-child(3n) { text-align: right; font-variant-numeric: tabular-nums; }
.note { font-size: .875rem; color: #555; }
td.note { padding-left: 1.2rem; }
.none { font-weight: 600; }
.poem { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid #ddd; font-size: .875rem; color: #555;
  overflow-wrap: anywhere; }
@media (max-width: 44rem) { section { grid-template-columns: minmax(0, 1fr); } }
)";

void add_guesses(HtmlPage& page, const std::vector<appraise::Guess>& guesses, int top) {
  page.add(R"(<div class="bars">)");
  for (const appraise::Guess& guess : guesses) {
    if (top-- == 0) break;
    add_bar(page, guess.name, guess.probability);
  }
  page.add("</div>");
}

void add_style(HtmlPage& page, const appraise::Appraisal& of, int top) {
  page.add("<h3>Style</h3>");
  if (of.none_of_these()) {
    page.add(R"(<p class="none">None of the {} styles that are known; the nearest would be:</p>)",
             of.style.size());
  }
  add_guesses(page, of.style, top);
}

void add_emotions(HtmlPage& page, const std::vector<appraise::Emotion>& emotions) {
  if (emotions.empty()) return;
  page.add("<h3>What viewers would name</h3>");
  page.add(R"(<div class="bars">)");
  for (const appraise::Emotion& emotion : emotions)
    add_bar(page, emotion.name, emotion.share, emotion.average);
  page.add("</div>");
  page.add(
      R"(<p class="note">Share of viewers; the mark is the average over all works that were learned )"
      "from. How well each is foretold for works never seen, as a rank correlation: {:.2f} to "
      "{:.2f}.</p>",
      std::min_element(emotions.begin(), emotions.end(),
                       [](const auto& a, const auto& b) { return a.correlation < b.correlation; })
          ->correlation,
      std::max_element(emotions.begin(), emotions.end(), [](const auto& a, const auto& b) {
        return a.correlation < b.correlation;
      })->correlation);
}

void add_attribution(HtmlPage& page, const appraise::Attribution& of) {
  page.add("<h3>Among the {} works it was compared with</h3>", of.works);
  page.add(
      "<p>Its likeness to them is {:.2f}; theirs to each other is {:.2f} in the middle. {:.0f} % "
      "of "
      "them are no more like the rest than it is, and {:.1f} % of works by others are less like "
      "them.</p>",
      of.likeness, of.usual, 100 * of.typical, 100 * of.nearer_than_others);
  page.add(
      R"(<p class="note">Evidence, no verdict: a good copy is typical, and a painter’s odd work )"
      "is not.</p>");
}

void add_origin(HtmlPage& page, const Origin& of) {
  using Maker = Origin::Maker;
  page.add("<h3>Made by</h3>\n<p>{}</p>", of.maker == Maker::machine ? "A machine."
                                          : of.maker == Maker::person
                                              ? "People or cameras, as is claimed."
                                              : "The file does not tell.");
  for (const std::string& sentence : of.evidence)
    page.add(R"(<p class="note">Its file: {}.</p>)", markup_text(sentence));
}

void add_measures(HtmlPage& page, const appraise::Aesthetics& of) {
  page.add("<h3>Measured</h3>\n<table>");
  const auto row = [&](const char* name, const std::string& value, const char* meaning) {
    page.add(R"(<tr><td>{}</td><td class="n">{}</td><td class="note">{}</td></tr>)", name, value,
             meaning);
  };
  row("Colours",
      fmt::format("{:.0f}, {}", of.colourfulness, appraise::colourfulness_word(of.colourfulness)),
      "0: grey, 109: extremely colourful");
  row("Contrast", fmt::format("{:.0f}", of.contrast), "spread of lightness, 0 to 50");
  row("Complexity", fmt::format("{:.2f}", of.complexity), "bits a pixel");
  row("Sharpness", fmt::format("{:.2f}", of.sharpness), "of the file, 0 to 1");
  row("Noise", fmt::format("{:.1f}", of.noise), "of the file, levels of 255; canvas counts");
  row("Blocks", fmt::format("{:.1f}", of.blocking), "JPEG’s damage, levels; 0: none");
  page.add("</table>");
}

void add_work(HtmlPage& page, const AppraisedWork& work, int top) {
  const image::Image picture = load_picture(work.path, picture_edge);
  page.add("<section>\n<h2>{}</h2>\n<div>", markup_text(work.path.filename().string()));
  page.add(R"(<figure><img src="{}" alt="the work"><figcaption>{} × {} px</figcaption></figure>)",
           picture_address(picture, picture_edge), work.width, work.height);
  if (!work.parts.empty()) {
    page.add(
        R"(<figure><img src="{}" alt="parts that speak for and against"><figcaption>Orange parts are )"
        "more like the works it was compared with than the rest of it is, blue ones "
        "less.</figcaption></figure>",
        picture_address(parts_view(picture, {work.width, work.height}, work.parts), picture_edge));
  }
  page.add("</div>\n<div>");
  add_style(page, work.appraisal, top);
  if (work.attribution) add_attribution(page, *work.attribution);
  if (!work.appraisal.content.empty()) {
    page.add("<h3>Things in it</h3>");
    add_guesses(page, work.appraisal.content, top);
  }
  add_emotions(page, work.appraisal.emotions);
  if (work.origin) add_origin(page, *work.origin);
  const std::string machines = machine_words(work.appraisal);
  if (!machines.empty())
    page.add(R"(<p class="note">By its looks: {}.</p>)", markup_text(machines));
  add_measures(page, work.appraisal.aesthetics);
  page.add("</div>\n</section>");
}

}  // namespace

std::string appraisal_page(const AppraiseReport& report) {
  HtmlPage page("Appraisal", rules);
  page.add("<h1>Appraisal</h1>");
  if (!report.works.empty()) {
    page.add(
        "<p>What a network that looked at some thousand works tells of {}. Percentages are "
        "calibrated "
        "on artists that it had never seen; of styles that are near to each other it names the "
        "wrong "
        "one often. Take it as a second pair of eyes.</p>",
        report.works.size() == 1 ? "this one" : fmt::format("these {}", report.works.size()));
  }
  for (const AppraisedWork& work : report.works) add_work(page, work, report.top);
  for (const AppraisedText& text : report.texts) add_text_section(page, text);
  for (const SkippedWork& work : report.skipped)
    page.add(R"(<p class="note">Left out: {}</p>)", markup_text(work.reason));
  page.add("<footer>");
  if (!report.model_sha256.empty()) page.add("Model <code>{}</code>", report.model_sha256);
  if (!report.text_model_sha256.empty())
    page.add("Words <code>{}</code>", report.text_model_sha256);
  page.add("</footer>");
  return page.take();
}

}  // namespace atelier::jobs
