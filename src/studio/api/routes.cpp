// SPDX-License-Identifier: Apache-2.0
#include "studio/api/routes.hpp"

#include <charconv>

namespace atelier::studio {

std::int64_t Call::query_number(const std::string& name, std::int64_t otherwise, std::int64_t least,
                                std::int64_t most) const {
  const auto found = target.query.find(name);
  if (found == target.query.end()) return otherwise;
  const std::string& text = found->second;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= least && value <= most)
    return value;
  throw Problem(400, fmt::format("?{}= takes a whole number, {} to {}.", name, least, most), name);
}

http::Response json_response(const nlohmann::ordered_json& json, int status) {
  http::Response response{.status = status, .fields = {{"Content-Type", "application/json"}}};
  response.body = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return response;
}

const std::vector<Route>& all_routes() {
  static const std::vector<Route> routes = [] {
    std::vector<Route> all;
    for (auto part : {session_routes(), command_routes(), file_routes(), job_routes(),
                      state_routes(), worker_routes(), page_routes()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return routes;
}

}  // namespace atelier::studio
