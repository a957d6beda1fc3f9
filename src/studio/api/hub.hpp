// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <thread>

#include "studio/http/message.hpp"
#include "studio/place.hpp"

namespace atelier::studio {

/// Sees what any process changes in the database, at once (PostgreSQL) or fifty times a second
/// (SQLite), and passes it on.
class Hub {
 public:
  using Publish = std::function<void(std::vector<http::Event>)>;

  /// Throws Error as store::Database.
  Hub(const Place& place, Publish publish);

 private:
  std::jthread thread_;
};

}  // namespace atelier::studio
