// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "atelier/jobs/batch.hpp"

namespace atelier::jobs {

/// One painting of a batch.
struct BatchItem {
  std::filesystem::path content;
  std::vector<std::filesystem::path> styles;
  std::filesystem::path output;
};

struct BatchPlan {
  std::vector<BatchItem> items;                   ///< one style after the other
  std::vector<std::filesystem::path> unreadable;  ///< folders that could not be looked into
};

/// What a batch paints from and to; looks at names and first bytes only. A file of a folder counts
/// as a picture by its suffix or by its first bytes. Throws Error invalid_argument or bad_input.
[[nodiscard]] BatchPlan plan_batch(const BatchRequest& request);

/// File names that are all different: of those that are the same but for their suffix after
/// `suffix` took its place ("": each keeps its own, .png where it is no picture's), each keeps its
/// own as part of the name.
[[nodiscard]] std::vector<std::filesystem::path> names_with_suffix(
    const std::vector<std::filesystem::path>& names, const std::string& suffix);

}  // namespace atelier::jobs
