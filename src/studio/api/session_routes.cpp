// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "studio/api/routes.hpp"
#include "studio/queue/usage.hpp"

namespace atelier::studio {
namespace {

constexpr std::size_t most_token_name = 60;
constexpr double most_quota = 1e9;

std::string cookie(const Studio& studio, const std::string& value, std::int64_t seconds) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", studio.cookie, value,
                     seconds, studio.secure() ? "; Secure" : "");
}

nlohmann::ordered_json to_json(const Quotas& quotas) {
  return {{"waiting_jobs", quotas.waiting_jobs},
          {"storage_gib", quotas.storage_gib},
          {"worker_seconds_a_day", quotas.worker_seconds}};
}

nlohmann::ordered_json to_json(const TokenRecord& token) {
  return {{"id", token.id},
          {"name", token.name},
          {"role", role_name(token.role)},
          {"quotas", to_json(token.quotas)},
          {"created", time_text(token.created)}};
}

nlohmann::ordered_json session_json(Studio& studio, const Visitor& visitor) {
  return {{"name", visitor.name},
          {"role", role_name(visitor.role)},
          {"quotas", to_json(visitor.quotas)},
          {"used", to_json(used_by(studio.records, visitor.name, now_seconds()))},
          {"csrf",
           visitor.csrf.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(visitor.csrf)},
          {"expires", visitor.expires > 0 ? nlohmann::ordered_json(time_text(visitor.expires))
                                          : nlohmann::ordered_json()}};
}

/// Throws Problem 400 where the body is no object or has other members.
void check_members(const nlohmann::json& body, const std::set<std::string_view>& known) {
  if (!body.is_object()) throw Problem(400, "the body must be a JSON object.");
  for (const auto& [given, value] : body.items()) {
    if (!known.contains(given))
      throw Problem(400, fmt::format("there is no member '{}'.", given), given);
  }
}

std::string text_member(const Call& call, const char* name) {
  const auto found = call.body.find(name);
  if (found == call.body.end() || !found->is_string())
    throw Problem(400, fmt::format("'{}' must be text.", name), name);
  return found->get<std::string>();
}

/// What the body says of a token's role, or `otherwise`.
Role role_member(const Call& call, Role otherwise) {
  if (!call.body.contains("role")) return otherwise;
  try {
    return role_of(text_member(call, "role"));
  } catch (const Error& error) {
    throw Problem(400, error.what(), "role");
  }
}

Quotas quotas_member(const Call& call) {
  Quotas quotas;
  const auto given = call.body.find("quotas");
  if (given == call.body.end()) return quotas;
  check_members(*given, {"waiting_jobs", "storage_gib", "worker_seconds_a_day"});
  const auto amount = [&](const char* name, bool whole) {
    const auto found = given->find(name);
    if (found == given->end()) return 0.0;
    const bool fits = whole ? found->is_number_integer() : found->is_number();
    if (fits && *found >= 0 && *found <= most_quota) return found->get<double>();
    throw Problem(400,
                  fmt::format("'{}' takes a {}number, 0 to {:g}; 0: no limit.", name,
                              whole ? "whole " : "", most_quota),
                  name);
  };
  quotas.waiting_jobs = static_cast<std::int64_t>(amount("waiting_jobs", true));
  quotas.storage_gib = amount("storage_gib", false);
  quotas.worker_seconds = amount("worker_seconds_a_day", false);
  return quotas;
}

/// A wrong guess costs time, more and more.
[[noreturn]] void refuse_token(Call& call, const char* what) {
  const int wait = call.studio.wrong_tokens.take(call.request.peer);
  if (wait > 0) {
    throw Problem(429, "too many wrong tokens came from your address; wait.", {},
                  {{"Retry-After", std::to_string(wait)}});
  }
  throw Problem(401, what);
}

http::Response use_link(Call& call) {
  const auto visitor = call.studio.accounts.use_link(call.query("token"));
  if (!visitor) {
    refuse_token(call,
                 "this link was used or has ended; `atelier serve` prints another when it starts, "
                 "and an open session makes one with POST /api/v1/links.");
  }
  http::Response response{.status = 303, .fields = {{"Location", "/"}}};
  response.fields.emplace_back(
      "Set-Cookie",
      cookie(call.studio, visitor->session, static_cast<std::int64_t>(Accounts::session_seconds)));
  return response;
}

http::Response sign_in(Call& call) {
  check_members(call.body, {"token"});
  const auto visitor = call.studio.accounts.open_session(text_member(call, "token"));
  if (!visitor)
    refuse_token(call, "this is no token of the studio; it lies in the data folder as `token`.");
  http::Response response = json_response(session_json(call.studio, *visitor));
  response.fields.emplace_back(
      "Set-Cookie",
      cookie(call.studio, visitor->session, static_cast<std::int64_t>(Accounts::session_seconds)));
  return response;
}

http::Response sign_out(Call& call) {
  if (!call.visitor.session.empty()) call.studio.accounts.close_session(call.visitor.session);
  return {.status = 204, .fields = {{"Set-Cookie", cookie(call.studio, "", 0)}}};
}

http::Response make_link(Call& call) {
  const std::string secret = call.studio.accounts.make_link(call.visitor.name);
  return json_response({{"href", "/login?token=" + secret},
                        {"expires", time_text(now_seconds() + Accounts::link_seconds)}});
}

http::Response list_tokens(Call& call) {
  nlohmann::ordered_json tokens = nlohmann::ordered_json::array();
  for (const TokenRecord& token : call.studio.accounts.tokens()) {
    nlohmann::ordered_json json = to_json(token);
    json["used"] = to_json(used_by(call.studio.records, token.name, now_seconds()));
    tokens.push_back(json);
  }
  return json_response({{"tokens", tokens}});
}

http::Response add_token(Call& call) {
  check_members(call.body, {"name", "role", "quotas"});
  const std::string name = text_member(call, "name");
  const std::string shown = shown_name(name);
  if (shown != name || name.size() > most_token_name) {
    throw Problem(400,
                  fmt::format("a token's name is 1 to {} bytes of text without slashes and control "
                              "characters.",
                              most_token_name),
                  "name");
  }
  const Accounts::NewToken made =
      call.studio.accounts.add_token(name, role_member(call, Role::member), quotas_member(call));
  nlohmann::ordered_json json = to_json(made.record);
  json["token"] = made.token;
  return json_response(json, 201);
}

http::Response change_token(Call& call) {
  check_members(call.body, {"role", "quotas"});
  static_cast<void>(text_member(call, "role"));
  const Role role = role_member(call, Role::viewer);
  const auto changed =
      call.studio.accounts.change_token(call.names.at(0), role, quotas_member(call));
  if (!changed) throw Problem(404, "there is no token with this id.");
  return json_response(to_json(*changed));
}

http::Response remove_token(Call& call) {
  if (!call.studio.accounts.remove_token(call.names.at(0)))
    throw Problem(404, "there is no token with this id.");
  return {.status = 204};
}

}  // namespace

std::vector<Route> session_routes() {
  return {
      {.method = "GET",
       .pattern = "/login",
       .role = Role::anybody,
       .handle = use_link,
       .summary = "Open a session by a link that works once",
       .answers = {303},
       .problems = {401},
       .media = "",
       .queries = {"token"}},
      {.method = "POST",
       .pattern = "/api/v1/session",
       .role = Role::anybody,
       .body = BodyKind::json,
       .handle = sign_in,
       .summary = "Open a session by an access token",
       .problems = {401},
       .schema = "SignIn"},
      {.method = "GET",
       .pattern = "/api/v1/session",
       .role = Role::viewer,
       .handle = [](Call& call) { return json_response(session_json(call.studio, call.visitor)); },
       .summary = "Who is signed in"},
      {.method = "DELETE",
       .pattern = "/api/v1/session",
       .role = Role::viewer,
       .handle = sign_out,
       .summary = "End the session",
       .answers = {204}},
      {.method = "POST",
       .pattern = "/api/v1/links",
       .role = Role::viewer,
       .handle = make_link,
       .summary = "Another link that works once"},
      {.method = "POST",
       .pattern = "/api/v1/webhook-secret",
       .role = Role::member,
       .handle =
           [](Call& call) {
             return json_response({{"secret", call.studio.hooks.new_secret(call.visitor.name)}});
           },
       .summary = "A new secret that signs your webhooks, shown this once"},
      {.method = "GET",
       .pattern = "/api/v1/tokens",
       .role = Role::owner,
       .handle = list_tokens,
       .summary = "Access tokens, without the secrets"},
      {.method = "POST",
       .pattern = "/api/v1/tokens",
       .role = Role::owner,
       .body = BodyKind::json,
       .handle = add_token,
       .summary = "A new access token, shown this once",
       .answers = {201},
       .problems = {409},
       .schema = "NewToken"},
      {.method = "PUT",
       .pattern = "/api/v1/tokens/{id}",
       .role = Role::owner,
       .body = BodyKind::json,
       .handle = change_token,
       .summary = "What a token may do and have from now on",
       .problems = {404, 409},
       .schema = "TokenChange"},
      {.method = "DELETE",
       .pattern = "/api/v1/tokens/{id}",
       .role = Role::owner,
       .handle = remove_token,
       .summary = "End an access token and its sessions",
       .answers = {204},
       .problems = {404, 409}},
  };
}

}  // namespace atelier::studio
