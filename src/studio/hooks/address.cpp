// SPDX-License-Identifier: Apache-2.0
#include "studio/hooks/address.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "atelier/base/error.hpp"

namespace atelier::studio {
namespace {

constexpr std::size_t most_url = 2000;

struct CleanUp {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, CleanUp>;

std::string in_lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// A part of the URL in lower case; empty where it has none.
std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return "";
  std::string result(text);
  curl_free(text);
  return in_lower_case(std::move(result));
}

std::string host_and_port(const Url& url) {
  return part(url, CURLUPART_HOST) + ":" + part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

}  // namespace

void check_hook_address(const std::string& url, const std::vector<std::string>& hosts) {
  const Url parsed(curl_url());
  const bool printable =
      std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  const bool read =
      printable && url.size() <= most_url && parsed &&
      curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER) == CURLUE_OK;
  const std::string scheme = read ? part(parsed, CURLUPART_SCHEME) : "";
  if ((scheme != "https" && scheme != "http") || !part(parsed, CURLUPART_FRAGMENT).empty()) {
    fail(ErrorKind::invalid_argument,
         "a webhook is https://HOST/PATH or http://HOST/PATH of at most {} printable characters, "
         "without a password and without #.",
         most_url);
  }
  const std::string host = part(parsed, CURLUPART_HOST), with_port = host_and_port(parsed);
  const bool usual = with_port == host + (scheme == "https" ? ":443" : ":80");
  const bool listed = std::any_of(hosts.begin(), hosts.end(), [&](const std::string& given) {
    const std::string one = in_lower_case(given);
    return one == with_port || (usual && one == host);
  });
  if (!listed) {
    fail(ErrorKind::invalid_argument,
         "the studio sends nothing to '{}'; its owner may list that host: serve --webhook-hosts "
         "{}.",
         host, usual ? host : with_port);
  }
}

std::string hook_host(const std::string& url) {
  const Url parsed(curl_url());
  curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0);
  return host_and_port(parsed);
}

}  // namespace atelier::studio
