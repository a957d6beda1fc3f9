// SPDX-License-Identifier: Apache-2.0
#include "jobs/appraise/bars.hpp"

#include <algorithm>

#include "atelier/base/markup.hpp"

namespace atelier::jobs {

void add_bar(HtmlPage& page, const std::string& name, double share, double mark) {
  std::string words = name;
  std::replace(words.begin(), words.end(), '_', ' ');
  page.add(
      R"(<span>{}</span><span class="bar"><i style="width: {:.1f}%"></i>{}</span><span>{:.0f} %</span>)",
      markup_text(words), 100 * share,
      mark < 0 ? std::string() : fmt::format(R"(<b style="left: {:.1f}%"></b>)", 100 * mark),
      100 * share);
}

}  // namespace atelier::jobs
