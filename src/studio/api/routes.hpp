// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "studio/api/problem.hpp"
#include "studio/api/studio.hpp"
#include "studio/api/text.hpp"

namespace atelier::studio {

/// One accepted request, as its handler sees it.
struct Call {
  Studio& studio;
  http::Request request;
  Visitor visitor;  ///< empty on routes that are open
  Target target;
  std::vector<std::string> names;  ///< what stands where the route has {}
  nlohmann::json body;
  Upload* upload = nullptr;

  [[nodiscard]] std::string query(const std::string& name,
                                  const std::string& otherwise = {}) const {
    const auto found = target.query.find(name);
    return found == target.query.end() ? otherwise : found->second;
  }
  /// A whole number of the query. Throws Problem 400 when it is none or out of range.
  [[nodiscard]] std::int64_t query_number(const std::string& name, std::int64_t otherwise,
                                          std::int64_t least, std::int64_t most) const;
};

/// What a route does with a body.
enum class BodyKind { none, json, upload };

/// A path and method, and what answers there. OpenAPI is written from it, too.
struct Route {
  std::string method;
  std::string pattern;      ///< "/api/v1/jobs/{id}"
  Role role = Role::owner;  ///< who may ask, at least
  BodyKind body = BodyKind::none;
  std::function<http::Response(Call&)> handle;
  std::string summary;
  std::vector<int> answers = {200};        ///< that are no errors
  std::vector<int> problems = {};          ///< besides those that every route may have
  std::string media = "application/json";  ///< of its answer
  std::string schema = {};                 ///< of components/schemas, of its body
  std::vector<std::string> queries = {};   ///< names of what the query may hold
  bool counted = true;                     ///< false: left out of the rate limit, such as health
};

[[nodiscard]] http::Response json_response(const nlohmann::ordered_json& json, int status = 200);

[[nodiscard]] std::vector<Route> session_routes();
[[nodiscard]] std::vector<Route> command_routes();
[[nodiscard]] std::vector<Route> file_routes();
[[nodiscard]] std::vector<Route> job_routes();
[[nodiscard]] std::vector<Route> state_routes();
[[nodiscard]] std::vector<Route> worker_routes();
/// The page's own files.
[[nodiscard]] std::vector<Route> page_routes();
/// All of the above.
[[nodiscard]] const std::vector<Route>& all_routes();

/// OpenAPI 3.1 of these routes and the commands' requests.
[[nodiscard]] nlohmann::ordered_json openapi(const std::vector<Route>& routes,
                                             const std::vector<Command>& commands);

}  // namespace atelier::studio
