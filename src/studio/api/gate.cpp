// SPDX-License-Identifier: Apache-2.0
#include "studio/api/gate.hpp"

#include <algorithm>

namespace atelier::studio {
namespace {

bool is_safe(const std::string& method) {
  return method == "GET" || method == "HEAD";
}

bool has(const http::Response& response, std::string_view name) {
  return std::any_of(response.fields.begin(), response.fields.end(),
                     [&](const auto& field) { return field.first == name; });
}

/// As long for a right secret as for a wrong one.
bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  }
  return difference == 0;
}

}  // namespace

void check_host(const Studio& studio, const http::Request& request) {
  const std::string host = request.field("Host").value_or("");
  const bool own = std::any_of(
      studio.origins.begin(), studio.origins.end(),
      [&](const std::string& origin) { return origin.substr(origin.find("//") + 2) == host; });
  if (own) return;
  throw Problem(421,
                "this studio is not known by that host; open it by the address that it prints, or "
                "name the other one with --origin.");
}

void check_origin(const Studio& studio, const http::Request& request, bool page) {
  const auto refuse = [] {
    throw Problem(403, "another site's page sent this; open the studio's own.");
  };
  const auto origin = request.field("Origin");
  if (origin && !studio.origins.contains(*origin)) refuse();
  const auto site = request.field("Sec-Fetch-Site");
  if (!site || *site == "same-origin" || *site == "none") return;
  const bool opened = page && is_safe(request.method) &&
                      request.field("Sec-Fetch-Mode") == "navigate" &&
                      request.field("Sec-Fetch-Dest") == "document";
  if (!opened) refuse();
}

Visitor check_visitor(Studio& studio, const http::Request& request) {
  constexpr std::string_view bearer = "Bearer ";
  if (const auto given = request.field("Authorization")) {
    if (given->starts_with(bearer)) {
      if (auto visitor = studio.accounts.by_token(given->substr(bearer.size()))) return *visitor;
    }
    if (const int wait = studio.wrong_tokens.take(request.peer); wait > 0) {
      throw Problem(429, "too many wrong tokens came from your address; wait.", {},
                    {{"Retry-After", std::to_string(wait)}});
    }
    throw Problem(401, "this is no token of the studio; it lies in the data folder as `token`.", {},
                  {{"WWW-Authenticate", "Bearer"}});
  }
  const auto session = cookie_value(request.field("Cookie").value_or(""), studio.cookie);
  const auto visitor = session ? studio.accounts.by_session(*session) : std::nullopt;
  if (!visitor) {
    throw Problem(401,
                  "sign in by the link that `atelier serve` prints, or send Authorization: Bearer "
                  "TOKEN.",
                  {}, {{"WWW-Authenticate", "Bearer"}});
  }
  if (!is_safe(request.method) &&
      !same_secret(request.field("X-CSRF-Token").value_or(""), visitor->csrf)) {
    throw Problem(403, "X-CSRF-Token must be the csrf of GET /api/v1/session.", "X-CSRF-Token");
  }
  return *visitor;
}

void check_role(const Visitor& visitor, Role role) {
  if (visitor.role >= role) return;
  throw Problem(403, fmt::format("this is for the role {}, and '{}' has the role {}; ask the "
                                 "studio's owner.",
                                 role_name(role), visitor.name, role_name(visitor.role)));
}

void add_protection(http::Response& response, const std::string& request_id) {
  const auto add = [&](const char* name, std::string value) {
    if (!has(response, name)) response.fields.emplace_back(name, std::move(value));
  };
  add("X-Request-Id", request_id);
  add("X-Content-Type-Options", "nosniff");
  add("Referrer-Policy", "no-referrer");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("X-Frame-Options", "DENY");
  add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  add("Cache-Control", "no-store");
}

}  // namespace atelier::studio
