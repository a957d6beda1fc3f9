// SPDX-License-Identifier: Apache-2.0
#include "catalogue/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/base64.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/markup.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/base/utf8.hpp"
#include "atelier/image/file.hpp"

namespace atelier::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view style = R"(
@page { size: A4; margin: 18mm 16mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem; max-width: 178mm; background: #fff; color: #1c1c1c;
  font: 10.5pt/1.45 "Source Serif 4", "Noto Serif", Georgia, "DejaVu Serif", "Noto Serif CJK SC", serif; }
h1 { font-size: 20pt; font-weight: 600; line-height: 1.2; margin: 0 0 .2em; }
h2 { font-size: 11pt; font-weight: 600; margin: 1.6em 0 .5em; padding-top: .7em; border-top: .5pt solid #bbb;
  break-after: avoid; }
.kicker { font-size: 8.5pt; letter-spacing: .14em; text-transform: uppercase; color: #777; margin: 0 0 1.2em; }
.by { font-size: 12pt; margin: 0 0 1em; }
dl { display: grid; grid-template-columns: 32mm 1fr; gap: .25em 1em; margin: 0; }
dt { color: #777; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
.work { margin: 0 0 1.2em; text-align: center; }
.work img { max-width: 100%; max-height: 88mm; }
.work pre { font: inherit; white-space: pre-wrap; text-align: left; display: inline-block; margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; }
th, td { text-align: left; vertical-align: top; padding: .35em .8em .35em 0; border-bottom: .5pt solid #ddd;
  overflow-wrap: anywhere; }
th { color: #777; font-weight: 400; } tr { break-inside: avoid; }
td.when { white-space: nowrap; }
.codes { display: flex; gap: 8mm; align-items: flex-start; break-inside: avoid; margin-top: 1em; }
.codes p { margin: 0; font-size: 9pt; overflow-wrap: anywhere; } .codes > div:last-child { flex: 1; min-width: 0; }
svg.qr { display: block; }
.mono, .signature { font-family: "DejaVu Sans Mono", ui-monospace, monospace; font-size: 7.5pt; overflow-wrap: anywhere; }
.signature { white-space: pre-wrap; color: #555; font-size: 5.5pt; line-height: 1.3; margin: .5em 0 0; }
.line { margin-top: 14mm; display: flex; gap: 12mm; break-inside: avoid; }
.line div { flex: 1; border-top: .5pt solid #1c1c1c; padding-top: .3em; font-size: 8.5pt; color: #777; }
.entry { display: grid; grid-template-columns: 58mm 1fr 22mm; gap: 7mm; padding: 6mm 0; break-inside: avoid;
  border-top: .5pt solid #ccc; }
.entry .work { margin: 0; } .entry .work img { max-height: 62mm; }
.entry h3 { margin: 0; font-size: 12pt; } .entry p { margin: .15em 0; } .entry .number { color: #777; font-size: 9pt; }
.entry .text { font-size: 9.5pt; white-space: pre-line; margin-top: .5em; } .entry .work pre { font-size: 8.5pt; }
footer { margin-top: 2em; color: #777; font-size: 8.5pt; }
)";

constexpr std::size_t longest_text = 4000;  // bytes of a poem that is shown whole

std::string picture(const fs::path& file, const Work& work, int edge) {
  const image::FileInfo info = image::probe(file);
  const int long_edge = std::max(info.size.width, info.size.height);
  const TemporaryFolder aside;
  const fs::path small = aside.path() / "small.jpg";
  image::save(image::load(file, {.long_edge = std::min(edge, long_edge)}), small, {.quality = 86});
  constexpr std::uintmax_t limit = 64u << 20;
  return fmt::format(
      R"(<figure class="work"><img alt="{}" src="data:image/jpeg;base64,{}"></figure>)",
      markup_text(work.title), to_base64(read_file(small, limit)));
}

std::string text(const fs::path& file) {
  const std::string whole = read_file(file, longest_text);
  static_cast<void>(count_code_points(whole));  // throws for what is no UTF-8
  return fmt::format(R"(<figure class="work"><pre>{}</pre></figure>)", markup_text(whole));
}

}  // namespace

std::string html_page(std::string_view title, std::string_view body) {
  // The policy says once more what is so by itself: nothing runs, nothing is fetched.
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
      "style-src "
      "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      markup_text(title), style, body);
}

std::string fact(std::string_view name, std::string_view value) {
  return value.empty()
             ? ""
             : fmt::format("<dt>{}</dt><dd>{}</dd>\n", markup_text(name), markup_text(value));
}

std::string shown_work(const Catalogue& catalogue, const Work& work,
                       const std::vector<WorkFile>& files, int edge) {
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    const fs::path path = path_of(catalogue, *file);
    try {
      // Only what the catalogue knows is shown.
      if (file->media_type == "text/plain" && file->bytes <= std::int64_t{longest_text} &&
          sha256_file(path) == file->digest)
        return text(path);
      if (file->width > 0 && sha256_file(path) == file->digest) return picture(path, work, edge);
    } catch (const Error&) {  // it is gone, or changed; another may do
    }
  }
  return {};
}

}  // namespace atelier::catalogue
