// SPDX-License-Identifier: Apache-2.0
#include "studio/api/routes.hpp"

namespace atelier::studio {
namespace {

constexpr std::size_t most_token_name = 60;

std::string cookie(const Studio& studio, const std::string& value, std::int64_t seconds) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", studio.cookie, value,
                     seconds, studio.secure() ? "; Secure" : "");
}

nlohmann::ordered_json session_json(const Visitor& visitor) {
  return {{"name", visitor.name},
          {"csrf",
           visitor.csrf.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(visitor.csrf)},
          {"expires", visitor.expires > 0 ? nlohmann::ordered_json(time_text(visitor.expires))
                                          : nlohmann::ordered_json()}};
}

std::string text_member(const Call& call, const char* name) {
  if (!call.body.is_object()) throw Problem(400, "the body must be a JSON object.");
  for (const auto& [given, value] : call.body.items()) {
    if (given != name) throw Problem(400, fmt::format("there is no member '{}'.", given), given);
  }
  const auto found = call.body.find(name);
  if (found == call.body.end() || !found->is_string())
    throw Problem(400, fmt::format("'{}' must be text.", name), name);
  return found->get<std::string>();
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
  const auto visitor = call.studio.accounts.open_session(text_member(call, "token"));
  if (!visitor)
    refuse_token(call, "this is no token of the studio; it lies in the data folder as `token`.");
  http::Response response = json_response(session_json(*visitor));
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
    tokens.push_back(
        {{"id", token.id}, {"name", token.name}, {"created", time_text(token.created)}});
  }
  return json_response({{"tokens", tokens}});
}

http::Response add_token(Call& call) {
  const std::string name = text_member(call, "name");
  const std::string shown = shown_name(name);
  if (shown != name || name.size() > most_token_name) {
    throw Problem(400,
                  fmt::format("a token's name is 1 to {} bytes of text without slashes and control "
                              "characters.",
                              most_token_name),
                  "name");
  }
  const Accounts::NewToken made = call.studio.accounts.add_token(name);
  return json_response({{"id", made.record.id},
                        {"name", name},
                        {"token", made.token},
                        {"created", time_text(made.record.created)}},
                       201);
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
       .open = true,
       .handle = use_link,
       .summary = "Open a session by a link that works once",
       .answers = {303},
       .problems = {401},
       .media = "",
       .queries = {"token"}},
      {.method = "POST",
       .pattern = "/api/v1/session",
       .open = true,
       .body = BodyKind::json,
       .handle = sign_in,
       .summary = "Open a session by an access token",
       .problems = {401},
       .schema = "SignIn"},
      {.method = "GET",
       .pattern = "/api/v1/session",
       .handle = [](Call& call) { return json_response(session_json(call.visitor)); },
       .summary = "Who is signed in"},
      {.method = "DELETE",
       .pattern = "/api/v1/session",
       .handle = sign_out,
       .summary = "End the session",
       .answers = {204}},
      {.method = "POST",
       .pattern = "/api/v1/links",
       .handle = make_link,
       .summary = "Another link that works once"},
      {.method = "GET",
       .pattern = "/api/v1/tokens",
       .handle = list_tokens,
       .summary = "Access tokens, without the secrets"},
      {.method = "POST",
       .pattern = "/api/v1/tokens",
       .body = BodyKind::json,
       .handle = add_token,
       .summary = "A new access token, shown this once",
       .answers = {201},
       .problems = {409},
       .schema = "NewToken"},
      {.method = "DELETE",
       .pattern = "/api/v1/tokens/{id}",
       .handle = remove_token,
       .summary = "End an access token and its sessions",
       .answers = {204},
       .problems = {404, 409}},
  };
}

}  // namespace atelier::studio
