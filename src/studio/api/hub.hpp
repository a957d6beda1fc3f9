// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <thread>

#include "studio/http/message.hpp"

namespace atelier::studio {

/// Sees what any process changes in the database, fifty times a second (SQLite counts the changes
/// of others, so that looking costs next to nothing), and passes it on.
class Hub {
 public:
  using Publish = std::function<void(std::vector<http::Event>)>;

  /// Throws Error as store::Database.
  Hub(const std::filesystem::path& data, Publish publish);

 private:
  std::jthread thread_;
};

}  // namespace atelier::studio
