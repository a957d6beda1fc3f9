// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "atelier/base/digest.hpp"
#include "studio/api/page_files.hpp"
#include "studio/api/routes.hpp"
#include "studio/api/text.hpp"

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

/// A file of the page, and how it is had smaller.
struct Served {
  struct Form {
    std::string_view coding, content;  ///< coding empty: as it is
    std::string tag;
  };
  std::string_view path;
  std::vector<Form> forms;  ///< the smallest first, the plain one last
  bool lasting = false;     ///< its name tells its content

  void add(std::string_view coding, std::string_view content) {
    // The tag is that of what was built: a browser that has it asks, and is answered without it.
    forms.insert(forms.begin(),
                 {coding, content, "\"" + sha256(std::as_bytes(std::span(content))) + "\""});
  }

  [[nodiscard]] const Form& form_for(std::string_view accepted) const {
    return *std::find_if(forms.begin(), forms.end(), [&](const Form& form) {
      return form.coding.empty() || accepts_coding(accepted, form.coding);
    });
  }
};

http::Response answer(const Call& call, const Served& file) {
  const Served::Form& form = file.form_for(call.request.field("Accept-Encoding").value_or(""));
  http::Response response{
      .fields = {
          {"Content-Type", media_of(file.path)},
          {"ETag", form.tag},
          {"Cache-Control", file.lasting ? "public, max-age=31536000, immutable" : "no-cache"},
          {"Content-Security-Policy", page_policy},
          {"Cross-Origin-Opener-Policy", "same-origin"}}};
  if (file.forms.size() > 1) response.fields.emplace_back("Vary", "Accept-Encoding");
  if (call.request.field("If-None-Match") == form.tag) {
    response.status = 304;
    return response;
  }
  if (!form.coding.empty())
    response.fields.emplace_back("Content-Encoding", std::string(form.coding));
  response.body = form.content;
  return response;
}

Route page_route(const std::string& pattern, const std::shared_ptr<const Served>& file) {
  return {.method = "GET",
          .pattern = pattern,
          .role = Role::anybody,
          .handle = [file](Call& call) { return answer(call, *file); },
          .summary = "The page",
          .answers = {200, 304},
          .media = media_of(file->path)};
}

/// The coding that a file's last suffix says, as build.mjs has it; empty: none.
std::string_view coding_of(std::string_view path) {
  if (path.ends_with(".br")) return "br";
  if (path.ends_with(".gz")) return "gzip";
  return {};
}

}  // namespace

std::vector<Route> page_routes() {
  std::map<std::string_view, std::shared_ptr<Served>> served;
  for (const PageFile& file : page_files()) {
    if (!coding_of(file.path).empty()) continue;
    auto& one = served[file.path] = std::make_shared<Served>();
    one->path = file.path;
    one->lasting = file.path.starts_with("assets/");
    one->add({}, file.content);
  }
  for (const std::string_view coding : {"gzip", "br"}) {
    for (const PageFile& file : page_files()) {
      if (coding_of(file.path) == coding)
        served.at(file.path.substr(0, file.path.size() - 3))->add(coding, file.content);
    }
  }
  std::vector<Route> routes;
  for (const auto& [path, file] : served) {
    if (path == "index.html") routes.push_back(page_route("/", file));
    routes.push_back(page_route("/" + std::string(path), file));
  }
  return routes;
}

}  // namespace atelier::studio
