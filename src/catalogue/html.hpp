// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atelier/catalogue/works.hpp"

/// Parts that pages are made of.
namespace atelier::catalogue {

/// A whole page: head, style, body. `title` is escaped here; `body` is HTML.
[[nodiscard]] std::string html_page(std::string_view title, std::string_view body);

/// A row of a list of facts; nothing where the value is empty. The value is escaped, lines kept.
[[nodiscard]] std::string fact(std::string_view name, std::string_view value);

/// The work's newest file that can be shown: a picture made smaller, within the page, or the text
/// of a poem; empty where none can.
[[nodiscard]] std::string shown_work(const Catalogue& catalogue, const Work& work,
                                     const std::vector<WorkFile>& files, int edge);

/// A QR code (ISO/IEC 18004, level M) as SVG of this width. Throws Error bad_input for a text that
/// is too long for one.
[[nodiscard]] std::string qr_code(const std::string& text, std::string_view width);

}  // namespace atelier::catalogue
