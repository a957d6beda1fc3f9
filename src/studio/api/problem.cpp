// SPDX-License-Identifier: Apache-2.0
#include "studio/api/problem.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "studio/commands/request.hpp"

namespace atelier::studio {
namespace {

constexpr std::array kinds{
    ProblemKind{400, "invalid-request", "The request is not valid"},
    ProblemKind{401, "sign-in", "Sign in first"},
    ProblemKind{403, "forbidden", "This may not be asked for"},
    ProblemKind{404, "not-found", "There is no such thing"},
    ProblemKind{405, "method-not-allowed", "The method is not allowed here"},
    ProblemKind{408, "timeout", "The request came too slowly"},
    ProblemKind{409, "conflict", "The present state does not allow it"},
    ProblemKind{413, "too-large", "The body is too large"},
    ProblemKind{414, "uri-too-long", "The address is too long"},
    ProblemKind{415, "unsupported-media-type", "This kind of file is not known"},
    ProblemKind{416, "range-not-satisfiable", "The range lies outside the file"},
    ProblemKind{421, "misdirected", "This is not the host that was asked for"},
    ProblemKind{422, "unprocessable", "The request cannot be done as it is"},
    ProblemKind{429, "too-many-requests", "Too many requests"},
    ProblemKind{431, "headers-too-large", "The headers are too large"},
    ProblemKind{500, "internal", "The studio made a mistake"},
    ProblemKind{503, "unavailable", "Not available now"},
    ProblemKind{507, "no-room", "There is no room"},
};

}  // namespace

const ProblemKind& problem_kind(int status) {
  for (const ProblemKind& kind : kinds) {
    if (kind.status == status) return kind;
  }
  return problem_kind(500);
}

http::Response Problem::response(const std::string& request_id) const {
  const ProblemKind& kind = problem_kind(status_);
  nlohmann::ordered_json json{{"type", std::string("/api/v1/problems/") + kind.name},
                              {"title", kind.title},
                              {"status", kind.status},
                              {"detail", detail_},
                              {"request_id", request_id}};
  if (!name_.empty()) json["name"] = name_;
  http::Response response{.status = kind.status, .fields = fields_};
  response.fields.emplace_back("Content-Type", "application/problem+json");
  response.body = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return response;
}

Problem as_problem(const Error& error) {
  if (const auto* request = dynamic_cast<const RequestError*>(&error))
    return {400, request->what(), request->name()};
  if (error.kind() == ErrorKind::internal)
    return {500, "the studio made a mistake; its log says more."};
  return {http_status(error.kind()), error.what()};
}

}  // namespace atelier::studio
