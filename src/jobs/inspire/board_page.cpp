// SPDX-License-Identifier: Apache-2.0
#include "jobs/inspire/board_page.hpp"

#include <algorithm>

#include "atelier/base/markup.hpp"
#include "jobs/html/html.hpp"

namespace atelier::jobs {
namespace {

constexpr const char* rules = R"(
body { max-width: 74rem; }
h1 { font-size: 2.4rem; font-weight: 300; letter-spacing: -.01em; }
h2 { border: 0; font-weight: 400; margin-top: 3.5rem; }
.wall { columns: 20rem 3; column-gap: 1.5rem; margin: 1.5rem 0; }
.wall figure, .sheets figure { break-inside: avoid; margin: 0 0 1.5rem; }
.wall img { width: 100%; }
.sheets { display: grid; gap: 2rem; }
.sheets img { width: 100%; max-width: 62rem; }
.swatches { display: flex; height: 2.2rem; }
.swatches i { flex: 1; }
.command { display: block; margin-top: .3rem; font-size: .72rem; color: #666; overflow-wrap: anywhere; user-select: all; }
.idea img { max-height: 22rem; width: auto; }
blockquote { margin: 1.5rem 0; padding-left: 1.5rem; border-left: 3px solid #b4531f; white-space: pre-line;
  font-size: 1.25rem; }
.note { font-size: .875rem; color: #555; }
@media print { .command { display: none; } }
)";

void add_command(HtmlPage& page, const std::string& command) {
  page.add(R"(<code class="command">{}</code>)", markup_text(command));
}

void add_work(HtmlPage& page, const FittingWork& work, const image::Image& picture,
              const palette::Palette& palette) {
  page.add(R"(<figure><img src="{}" alt=""><div class="swatches">)",
           picture_address(picture, board_edge));
  for (const palette::Colour& colour : palette.colours) {
    page.add(R"(<i style="background: {}" title="{}"></i>)", palette::hex(colour.rgb),
             markup_text(colour.name));
  }
  std::string reasons;
  for (const std::string& reason : work.reasons)
    reasons += (reasons.empty() ? "" : "; ") + markup_text(reason);
  page.add("</div><figcaption><b>{}</b><br>{}", markup_text(work.name), reasons);
  add_command(page, work.command);
  page.add("</figcaption></figure>");
}

/// The items of a kind under their heading; nothing where there are none.
void add_items(HtmlPage& page, const InspireReport& report, const BoardPictures& pictures,
               const std::string& kind, const char* heading, const char* shape) {
  const auto of_kind = [&](const BoardItem& item) { return item.kind == kind; };
  if (std::none_of(report.items.begin(), report.items.end(), of_kind)) return;
  page.add("<h2>{}</h2>\n<div class=\"{}\">", heading, shape);
  for (std::size_t i = 0; i < report.items.size(); ++i) {
    const BoardItem& item = report.items[i];
    if (!of_kind(item)) continue;
    if (pictures.items[i].width == 0) {
      page.add("<blockquote>{}</blockquote>", markup_text(item.text));
      add_command(page, item.command);
      continue;
    }
    page.add(R"(<figure><img src="{}" alt=""><figcaption><b>{}</b>{}{})",
             picture_address(pictures.items[i], board_sheet_edge), markup_text(item.title),
             item.text.empty() ? "" : "<br>", markup_text(item.text));
    add_command(page, item.command);
    page.add("</figcaption></figure>");
  }
  page.add("</div>");
}

}  // namespace

std::string shown_name(const std::filesystem::path& path) {
  std::string name = path.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
  return name;
}

std::string board_page(const InspireReport& report, const BoardPictures& pictures) {
  HtmlPage page(report.idea, rules);
  page.add("<h1>{}</h1>", markup_text(report.idea));
  if (pictures.idea.width > 0) {
    page.add(R"(<figure class="idea"><img src="{}" alt="the picture"></figure>)",
             picture_address(pictures.idea, board_sheet_edge));
  }
  add_items(page, report, pictures, "verse", "A verse", "sheets");
  page.add("<h2>Works of yours, and their colours</h2>\n<div class=\"wall\">");
  for (std::size_t i = 0; i < report.works.size(); ++i)
    add_work(page, report.works[i], pictures.works[i], pictures.palettes[i]);
  page.add("</div>");
  add_items(page, report, pictures, "style", "In another hand", "wall");
  add_items(page, report, pictures, "sketch", "From nothing", "wall");
  add_items(page, report, pictures, "composition", "How it may be built", "sheets");
  for (const std::string& what : report.left_out)
    page.add(R"(<p class="note">Not here: {}</p>)", markup_text(what));
  return page.take();
}

}  // namespace atelier::jobs
