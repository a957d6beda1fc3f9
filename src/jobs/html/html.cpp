// SPDX-License-Identifier: Apache-2.0
#include "jobs/html/html.hpp"

#include <algorithm>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/base64.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/markup.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"

namespace atelier::jobs {
namespace {

constexpr std::string_view rules_of_all = R"(
:root { color-scheme: light; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 60rem; background: #fff; color: #222;
  font: 16px/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 3rem 0 .5rem; padding-top: 1rem; border-top: 1px solid #ddd; }
p { max-width: 44rem; }
figure { margin: 0; }
figure img { display: block; max-width: 100%; height: auto; }
figcaption { font-size: .875rem; color: #555; margin-top: .35rem; }
figcaption b { color: #222; }
table { border-collapse: collapse; font-size: .9rem; margin: 1rem 0; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; border-bottom: 1px solid #e4e4e4; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; padding: .3rem 0 .3rem 1.5rem; }
code { font: .9em "DejaVu Sans Mono", ui-monospace, monospace; }
)";

constexpr std::uintmax_t most_bytes = 64 << 20;  // of a picture in a page

}  // namespace

HtmlPage::HtmlPage(std::string_view title, std::string_view rules) {
  add(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<style>{}{}</style>
</head>
<body>)",
      markup_text(title), rules_of_all, rules);
}

std::string HtmlPage::take() {
  add("</body>\n</html>");
  return std::move(text_);
}

void check_page_output(const std::filesystem::path& page) {
  if (page.extension() != ".html" && page.extension() != ".htm") {
    fail(ErrorKind::invalid_argument, "--page {} is an HTML page; let its name end with .html.",
         page.string());
  }
  const AtomicFile probe(page);
}

std::string picture_address(const image::Image& picture, int long_edge) {
  const image::Size size{picture.width, picture.height};
  const bool large = std::max(size.width, size.height) > long_edge;
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "picture.jpg";
  image::save(large ? image::resize(picture, image::fit_long_edge(size, long_edge)) : picture, file,
              {.bits = 8});
  return "data:image/jpeg;base64," + to_base64(read_file(file, most_bytes));
}

}  // namespace atelier::jobs
