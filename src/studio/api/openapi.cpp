// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include "atelier/jobs/version.hpp"
#include "studio/api/routes.hpp"
#include "studio/commands/describe.hpp"
#include "studio/commands/request.hpp"

namespace atelier::studio {
namespace {

using nlohmann::ordered_json;

/// What any request may be answered with.
constexpr std::array anywhere{400, 403, 421, 429, 431, 500, 503};

ordered_json ref(const std::string& name) {
  return {{"$ref", "#/components/schemas/" + name}};
}

ordered_json text_schema(const char* description) {
  return {{"type", "string"}, {"description", description}};
}

ordered_json path_parameters(const std::string& pattern) {
  ordered_json parameters = ordered_json::array();
  std::size_t at = 0;
  while ((at = pattern.find('{', at)) != pattern.npos) {
    const std::size_t end = pattern.find('}', at);
    const std::string name = pattern.substr(at + 1, end - at - 1);
    ordered_json schema{{"type", "string"}};
    if (name == "digest") schema["pattern"] = "^[0-9a-f]{64}$";
    parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", schema}});
    at = end;
  }
  return parameters;
}

ordered_json query_schema(const std::string& name) {
  if (name == "limit") return {{"type", "integer"}, {"minimum", 1}, {"maximum", 200}};
  if (name == "before") return {{"type", "integer"}, {"minimum", 1}};
  if (name == "after") return {{"type", "integer"}, {"minimum", 0}};
  if (name == "edge") return {{"type", "integer"}, {"enum", {64, 128, 256, 512, 1024}}};
  if (name == "origin") return {{"type", "string"}, {"enum", {"upload", "job"}}};
  if (name == "download") return {{"type", "string"}, {"enum", {"0", "1"}}};
  if (name == "state") {
    return {{"type", "string"},
            {"enum", {"queued", "running", "done", "failed", "cancelled", "set_aside"}}};
  }
  return {{"type", "string"}};
}

ordered_json problem_answer(int status) {
  return {{"description", problem_kind(status).title},
          {"content", {{"application/problem+json", {{"schema", ref("Problem")}}}}}};
}

/// What a route answers with, by name; empty: it is told in words alone.
std::string answer_schema(const Route& route) {
  static const std::map<std::string, std::string> named{
      {"POST /api/v1/files", "File"},
      {"GET /api/v1/files", "Files"},
      {"GET /api/v1/files/{digest}", "File"},
      {"POST /api/v1/jobs", "Job"},
      {"GET /api/v1/jobs", "Jobs"},
      {"GET /api/v1/jobs/{id}", "Job"},
      {"POST /api/v1/jobs/{id}/cancel", "Job"},
      {"POST /api/v1/jobs/{id}/finish", "Job"},
      {"POST /api/v1/jobs/{id}/retry", "Job"},
  };
  const auto found = named.find(route.method + " " + route.pattern);
  return found == named.end() ? "" : found->second;
}

ordered_json answers_of(const Route& route) {
  ordered_json answers;
  const std::string schema = answer_schema(route);
  for (const int status : route.answers) {
    ordered_json answer{{"description", http::reason(status)}};
    const bool bare = status == 204 || status == 303 || status == 304;
    if (!bare && !route.media.empty()) {
      ordered_json content = ordered_json::object();
      if (!schema.empty()) content["schema"] = ref(schema);
      answer["content"] = {{route.media, content}};
    }
    answers[std::to_string(status)] = answer;
  }
  std::set<int> problems(route.problems.begin(), route.problems.end());
  problems.insert(anywhere.begin(), anywhere.end());
  if (route.role != Role::anybody) problems.insert(401);
  if (route.body != BodyKind::none) problems.insert({408, 413, 415});
  for (const int status : problems) answers[std::to_string(status)] = problem_answer(status);
  return answers;
}

ordered_json operation(const Route& route) {
  ordered_json json{{"summary", route.summary}};
  ordered_json parameters = path_parameters(route.pattern);
  for (const std::string& name : route.queries) {
    parameters.push_back({{"name", name}, {"in", "query"}, {"schema", query_schema(name)}});
  }
  if (!parameters.empty()) json["parameters"] = parameters;
  if (route.body == BodyKind::json) {
    json["requestBody"] = {{"required", true},
                           {"content", {{"application/json", {{"schema", ref(route.schema)}}}}}};
  } else if (route.body == BodyKind::upload) {
    json["requestBody"] = {{"required", true},
                           {"content", {{"application/octet-stream", ordered_json::object()}}}};
  }
  json["responses"] = answers_of(route);
  if (route.role == Role::anybody) {
    json["security"] = ordered_json::array();
  } else {
    json["description"] = fmt::format("For tokens of the role {}{}.", role_name(route.role),
                                      route.role == Role::owner ? "" : " and those above it");
  }
  return json;
}

ordered_json one_text(const char* name) {
  return {{"type", "object"},
          {"properties", {{name, {{"type", "string"}}}}},
          {"required", {name}},
          {"additionalProperties", false}};
}

/// What a token may do and have; `name`: of a new one.
ordered_json token_schema(bool name) {
  ordered_json roles = ordered_json::array();
  for (const Role role : token_roles) roles.push_back(role_name(role));
  const ordered_json amount{{"type", "number"}, {"minimum", 0}};
  ordered_json quotas{{"type", "object"},
                      {"description", "0 or left out: no limit"},
                      {"properties",
                       {{"waiting_jobs", {{"type", "integer"}, {"minimum", 0}}},
                        {"storage_gib", amount},
                        {"worker_seconds_a_day", amount}}},
                      {"additionalProperties", false}};
  ordered_json properties{{"role", {{"type", "string"}, {"enum", roles}}}, {"quotas", quotas}};
  if (name) properties["name"] = {{"type", "string"}};
  return {{"type", "object"},
          {"properties", properties},
          {"required", {name ? "name" : "role"}},
          {"additionalProperties", false}};
}

ordered_json problem_schema() {
  return {{"type", "object"},
          {"properties",
           {{"type", text_schema("what kind of problem")},
            {"title", text_schema("the kind in words")},
            {"status", {{"type", "integer"}}},
            {"detail", text_schema("this problem, and its remedy")},
            {"request_id", text_schema("as in X-Request-Id and the log")},
            {"name", text_schema("the option, input or field that is meant")}}},
          {"required", {"type", "title", "status", "detail"}}};
}

ordered_json digest_schema() {
  return {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}};
}

ordered_json or_null(ordered_json schema) {
  return {{"anyOf", {std::move(schema), {{"type", "null"}}}}};
}

ordered_json file_schema() {
  return {{"type", "object"},
          {"properties",
           {{"digest", digest_schema()},
            {"name", {{"type", "string"}}},
            {"kind", {{"type", "string"}}},
            {"type", text_schema("its media type")},
            {"bytes", {{"type", "integer"}, {"minimum", 0}}},
            {"origin", {{"type", "string"}, {"enum", {"upload", "job"}}}},
            {"created", {{"type", "string"}, {"format", "date-time"}}}}},
          {"required", {"digest", "name", "kind", "type", "bytes", "origin", "created"}}};
}

ordered_json output_schema() {
  return {{"type", "object"},
          {"properties",
           {{"name", {{"type", "string"}}},
            {"file_name", {{"type", "string"}}},
            {"digest", digest_schema()},
            {"kind", {{"type", "string"}}},
            {"type", {{"type", "string"}}},
            {"bytes", {{"type", "integer"}}}}},
          {"required", {"name", "file_name", "digest", "kind", "type", "bytes"}}};
}

ordered_json job_schema() {
  const ordered_json text{{"type", "string"}}, number{{"type", "integer"}},
      object{{"type", "object"}};
  return {{"type", "object"},
          {"properties",
           {{"id", text},
            {"version", number},
            {"command", text},
            {"label", text},
            {"state", query_schema("state")},
            {"owner", text},
            {"priority", number},
            {"attempts", number},
            {"reused", {{"type", "boolean"}}},
            {"created", text},
            {"started", or_null(text)},
            {"ended", or_null(text)},
            {"request", object},
            {"request_digest", digest_schema()},
            {"progress", or_null(object)},
            {"preview", or_null(object)},
            {"outputs", {{"type", "array"}, {"items", output_schema()}}},
            {"report", {{"description", "what the command told"}}},
            {"text", text},
            {"error", or_null(ref("Problem"))}}},
          {"required",
           {"id", "version", "command", "label", "state", "owner", "created", "request", "outputs",
            "error"}}};
}

/// A page of a list, and where the next begins.
ordered_json page_schema(const char* name, const char* of) {
  return {
      {"type", "object"},
      {"properties",
       {{name, {{"type", "array"}, {"items", ref(of)}}}, {"next", or_null({{"type", "string"}})}}},
      {"required", {name, "next"}}};
}

ordered_json schemas(const std::vector<Command>& commands) {
  ordered_json all{{"Problem", problem_schema()},           {"File", file_schema()},
                   {"Files", page_schema("files", "File")}, {"Job", job_schema()},
                   {"Jobs", page_schema("jobs", "Job")},    {"SignIn", one_text("token")},
                   {"NewToken", token_schema(true)},        {"TokenChange", token_schema(false)}};
  ordered_json one_of = ordered_json::array(), mapping;
  for (const Command& command : commands) {
    const std::string name = command.name + "_request";
    all[name] = request_schema(command);
    one_of.push_back(ref(name));
    mapping[command.name] = "#/components/schemas/" + name;
  }
  all["JobRequest"] = {{"oneOf", one_of},
                       {"discriminator", {{"propertyName", "command"}, {"mapping", mapping}}}};
  return all;
}

}  // namespace

ordered_json openapi(const std::vector<Route>& routes, const std::vector<Command>& commands) {
  ordered_json paths;
  for (const Route& route : routes) {
    if (!route.pattern.starts_with("/api/") && route.pattern != "/login") continue;
    std::string method = route.method;
    for (char& c : method) c = static_cast<char>(c | 0x20);
    paths[route.pattern][method] = operation(route);
  }
  return {{"openapi", "3.1.0"},
          {"info", {{"title", "Atelier's studio"}, {"version", jobs::version()}}},
          {"paths", paths},
          {"components",
           {{"schemas", schemas(commands)},
            {"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}}}},
          {"security", {{{"token", ordered_json::array()}}}}};
}

}  // namespace atelier::studio
