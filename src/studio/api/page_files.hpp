// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace atelier::studio {

/// A file of the page, as src/studio/page/ held it when the program was built.
struct PageFile {
  std::string_view path;  ///< "assets/page.js"
  std::string_view content;
};

/// All of them; CMake writes it (cmake/EmbedFolder.cmake).
[[nodiscard]] std::span<const PageFile> page_files();

}  // namespace atelier::studio
