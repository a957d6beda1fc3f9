// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "atelier/base/digest.hpp"
#include "studio/api/page_files.hpp"
#include "studio/api/routes.hpp"

namespace atelier::studio {
namespace {

constexpr const char* page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string media_of(std::string_view path) {
  constexpr std::array types{
      std::pair{".html", "text/html; charset=utf-8"},
      std::pair{".js", "text/javascript; charset=utf-8"},
      std::pair{".css", "text/css; charset=utf-8"},
      std::pair{".svg", "image/svg+xml"},
      std::pair{".png", "image/png"},
      std::pair{".jpg", "image/jpeg"},
      std::pair{".webp", "image/webp"},
      std::pair{".ico", "image/x-icon"},
      std::pair{".woff2", "font/woff2"},
      std::pair{".json", "application/json"},
      std::pair{".webmanifest", "application/manifest+json"},
      std::pair{".txt", "text/plain; charset=utf-8"},
  };
  for (const auto& [suffix, type] : types) {
    if (path.ends_with(suffix)) return type;
  }
  return "application/octet-stream";
}

http::Response page_file(const Call& call, const PageFile& file) {
  // The tag is that of what was built: a browser that has it asks, and is answered without it.
  const std::string tag = "\"" + sha256(std::as_bytes(std::span(file.content))) + "\"";
  http::Response response{.fields = {{"Content-Type", media_of(file.path)},
                                     {"ETag", tag},
                                     {"Cache-Control", "no-cache"},
                                     {"Content-Security-Policy", page_policy},
                                     {"Cross-Origin-Opener-Policy", "same-origin"}}};
  if (call.request.field("If-None-Match") == tag) {
    response.status = 304;
  } else {
    response.body = file.content;
  }
  return response;
}

Route page_route(const std::string& pattern, const PageFile& file) {
  return {.method = "GET",
          .pattern = pattern,
          .open = true,
          .handle = [&file](Call& call) { return page_file(call, file); },
          .summary = "The page",
          .answers = {200, 304},
          .media = media_of(file.path)};
}

}  // namespace

std::vector<Route> page_routes() {
  std::vector<Route> routes;
  for (const PageFile& file : page_files()) {
    if (file.path == "index.html") routes.push_back(page_route("/", file));
    routes.push_back(page_route("/" + std::string(file.path), file));
  }
  return routes;
}

}  // namespace atelier::studio
