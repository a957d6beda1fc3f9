// SPDX-License-Identifier: Apache-2.0
#include "provenance/credentials/c2pa_objects.hpp"

#include <fmt/ranges.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "atelier/base/error.hpp"
#include "provenance/credentials/plain_text.hpp"
#include "provenance/credentials/purposes.hpp"

namespace atelier::provenance::c2pa {
namespace {

/// Requests that the settings would let through all the same.
int refuse(void*, const void*, void*) {
  errno = ENETUNREACH;
  return -1;
}

std::string settings_json(const TrustList& trust) {
  nlohmann::json settings{{"version", 1},
                          {"core", {{"allowed_network_hosts", nlohmann::json::array()}}},
                          {"verify",
                           {{"remote_manifest_fetch", false},
                            {"ocsp_fetch", false},
                            {"verify_after_sign", true},
                            {"verify_trust", true}}},
                          {"builder",
                           {{"thumbnail", {{"enabled", false}}},
                            {"actions",
                             {{"auto_created_action", {{"enabled", false}}},
                              {"auto_opened_action", {{"enabled", false}}},
                              {"auto_placed_action", {{"enabled", false}}}}}}}};
  const std::string purposes = fmt::format("{}\n", fmt::join(claim_purposes, "\n"));
  settings["trust"]["trust_config"] = purposes;
  if (!trust.empty()) {
    settings["trust"]["anchors"] = nlohmann::json::array({{{"trust_kind", "manifest"},
                                                           {"trust_uri", "the list that was given"},
                                                           {"trust_anchors", trust.anchors},
                                                           {"allowed_list", trust.allowed},
                                                           {"trust_config", purposes}}});
  }
  return settings.dump();
}

}  // namespace

std::string take_text(const Api& api, char* text) {
  if (!text) return {};
  const Owned<char> owned = own(api, text);
  return owned.get();
}

Problem last_problem(const Api& api) {
  const std::string text = take_text(api, api.error());
  const std::size_t colon = text.find(": ");
  if (colon == text.npos) return {"Other", plain_line(text)};
  return {plain_line(text.substr(0, colon)), plain_line(text.substr(colon + 2))};
}

void fail_library(const Api& api, const char* doing) {
  const Problem problem = last_problem(api);
  fail(ErrorKind::internal, "the C2PA library failed at {} ({}: {}).", doing, problem.kind,
       problem.text);
}

Owned<Context> make_context(const Api& api, const TrustList& trust) {
  const auto settings = need(api, api.settings_new(), "settings");
  if (api.settings_update_from_string(settings.get(), settings_json(trust).c_str(), "json") != 0)
    fail_library(api, "settings");
  auto builder = need(api, api.context_builder_new(), "a context");
  if (api.context_builder_set_settings(builder.get(), settings.get()) != 0)
    fail_library(api, "settings");
  // Without a context of its own a resolver is refused.
  static const char no_context = 0;
  auto resolver = need(api, api.http_resolver_create(&no_context, refuse), "a resolver");
  if (api.context_builder_set_http_resolver(builder.get(), resolver.release()) != 0)
    fail_library(api, "a resolver");
  return need(api, api.context_builder_build(builder.release()), "a context");
}

}  // namespace atelier::provenance::c2pa
