// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "atelier/image/image.hpp"

namespace atelier::jobs {

/// A page that needs no script and nothing from elsewhere.
class HtmlPage {
 public:
  /// `rules`: CSS of this page alone, after that of all pages.
  HtmlPage(std::string_view title, std::string_view rules);

  /// Adds a line. Arguments go in as they are: what comes from outside, through markup_text().
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }
  void add_raw(std::string_view text) { text_ += text; }

  /// The whole page; nothing may be added afterwards.
  [[nodiscard]] std::string take();

 private:
  std::string text_;
};

/// Refuses, before any work, a page that is not named .html or that cannot be written. Throws Error
/// invalid_argument or io.
void check_page_output(const std::filesystem::path& page);

/// A picture as an address that holds it: JPEG, no edge above `long_edge` px, transparent parts on
/// white.
[[nodiscard]] std::string picture_address(const image::Image& picture, int long_edge);

}  // namespace atelier::jobs
