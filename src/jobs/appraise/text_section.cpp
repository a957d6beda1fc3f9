// SPDX-License-Identifier: Apache-2.0
#include "jobs/appraise/text_section.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "atelier/base/markup.hpp"
#include "jobs/appraise/bars.hpp"

namespace atelier::jobs {
namespace {

void add_form(HtmlPage& page, const verse::Portrait& of) {
  page.add("<h3>Form</h3>");
  const std::string kept = kept_words(of);
  if (!of.form.empty()) {
    page.add("<p>{}: {}.</p>", of.form, kept);
  } else if (kept.empty()) {
    page.add("<p>None of those known, which have other numbers of lines.</p>");
  } else {
    page.add("<p>None of those known; nearest to {}: {}.</p>",
             of.check.at("form").get<std::string>(), kept);
  }
  page.add("<h3>Rhyme</h3>\n<p>{}</p>", verse::scheme_text(of));
  page.add(R"(<p class="note">{} perfect, {} near, {} by the same word.</p>)", of.perfect, of.near,
           of.repeated);
}

void add_felt(HtmlPage& page, const appraise::FeltText& felt) {
  if (felt.emotions.empty()) return;
  page.add("<h3>What readers would name</h3>\n<div class=\"bars\">");
  for (const appraise::TextEmotion& of : felt.emotions) {
    add_bar(page, of.felt.name, of.felt.share, of.felt.average);
  }
  page.add("</div>");
  page.add(
      R"(<p class="note">Mean share of readers over lines, by words alone; the mark is the average )"
      "over the poems that were learned from. {} of {} words are known.</p>",
      felt.known, felt.words);
  page.add("<table>");
  for (const appraise::TextEmotion& of : felt.emotions) {
    if (of.words.empty()) continue;
    page.add(R"(<tr><td>{}</td><td class="note">{}</td></tr>)", markup_text(of.felt.name),
             markup_text(fmt::format("{}", fmt::join(of.words, ", "))));
  }
  page.add("</table>");
}

void add_nearest(HtmlPage& page, const std::vector<NearText>& nearest) {
  if (nearest.empty()) return;
  page.add("<h3>Texts that share its words</h3>\n<table>");
  for (const NearText& of : nearest) {
    page.add(R"(<tr><td>{}</td><td class="n">{:.2f}</td><td class="note">{}</td></tr>)",
             markup_text(of.path.filename().string()), of.likeness,
             markup_text(fmt::format("{}", fmt::join(of.shared, ", "))));
  }
  page.add("</table>");
}

}  // namespace

std::string kept_words(const verse::Portrait& portrait) {
  if (portrait.check.is_null()) return {};
  std::string words;
  const auto add = [&](const char* part, const char* what) {
    if (!portrait.check.contains(part)) return;
    const auto& of = portrait.check.at(part);
    words += fmt::format("{}{} of {} {}", words.empty() ? "" : ", ", of.at("right").get<int>(),
                         of.at("asked").get<int>(), what);
  };
  add("metre", "lines in metre");
  add("tones", "tones");
  add("rhyme", portrait.language == verse::Language::chinese ? "lines that must rhyme" : "rhymes");
  return words;
}

void add_text_section(HtmlPage& page, const AppraisedText& text) {
  page.add("<section>\n<h2>{}</h2>\n<div>",
           markup_text(text.title.empty() ? text.path.filename().string() : text.title));
  page.add(R"(<p class="poem">{}</p>)", markup_text(text.text));
  page.add("</div>\n<div>");
  add_form(page, text.portrait);
  if (text.felt) add_felt(page, *text.felt);
  add_nearest(page, text.nearest);
  page.add("</div>\n</section>");
}

}  // namespace atelier::jobs
