// SPDX-License-Identifier: Apache-2.0
#include "atelier/store/schema.hpp"
#include "store/postgres/server.hpp"

namespace atelier::store {

bool is_server(std::string_view location) {
  return location.starts_with("postgresql://") || location.starts_with("postgres://");
}

std::string shown(const std::string& location) {
  return is_server(location) ? PostgresServer(location).name() : location;
}

}  // namespace atelier::store
