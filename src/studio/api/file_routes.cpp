// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "atelier/base/resources.hpp"
#include "studio/api/quota.hpp"
#include "studio/api/routes.hpp"
#include "studio/api/thumbnail.hpp"
#include "studio/commands/request.hpp"

namespace atelier::studio {
namespace {

constexpr int page_size = 50, largest_page = 200;

/// Nothing that a file holds may act when it is opened by itself.
constexpr const char* inert =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox";

FileRecord named_file(Call& call) {
  const std::string& digest = call.names.at(0);
  if (is_digest(digest)) {
    if (auto file = call.studio.files.find(digest, call.visitor.seer())) return *file;
  }
  throw Problem(404, "there is no file with this digest.");
}

http::Response upload(Call& call) {
  const auto type = sniff(call.upload->head(), call.upload->tail());
  if (!type) {
    throw Problem(415,
                  "this is no file that the studio knows; it takes pictures (PNG, JPEG, TIFF, "
                  "WebP), films, music, palettes, text, pages, archives (.zip, .tar), packed sets, "
                  "credentials (.c2pa) and safetensors.");
  }
  call.studio.metrics.received(call.upload->bytes());
  // Uploads of the same moment count one after the other.
  const std::scoped_lock lock(call.studio.records.mutex);
  if (call.upload->bytes() > storage_left(call)) refuse_storage(call);
  const auto added =
      call.studio.files.add(*call.upload, *type, shown_name(call.query("name")), call.visitor.name);
  return json_response(to_json(added.file), added.fresh ? 201 : 200);
}

http::Response list_files(Call& call) {
  const std::string origin = call.query("origin");
  if (!origin.empty() && origin != "upload" && origin != "job")
    throw Problem(400, "?origin= is upload or job.", "origin");
  const auto limit = call.query_number("limit", page_size, 1, largest_page);
  const auto before = call.query_number("before", 0, 1, std::numeric_limits<std::int64_t>::max());
  const std::vector<FileRecord> files =
      call.studio.files.list(origin, before, static_cast<int>(limit), call.visitor.seer());
  nlohmann::ordered_json list = nlohmann::ordered_json::array(), next;
  for (const FileRecord& file : files) list.push_back(to_json(file));
  if (static_cast<std::int64_t>(files.size()) == limit) next = std::to_string(files.back().number);
  return json_response({{"files", list}, {"next", next}});
}

http::Response remove_file(Call& call) {
  const FileRecord file = named_file(call);
  call.studio.files.remove(file.digest, call.visitor.seer());
  return {.status = 204};
}

http::Response content(Call& call) {
  const FileRecord file = named_file(call);
  const std::string tag = "\"" + file.digest + "\"";
  http::Response response{
      .fields = {{"Content-Type", file.media},
                 {"ETag", tag},
                 {"Accept-Ranges", "bytes"},
                 {"Cache-Control", "private, max-age=31536000, immutable"},
                 {"Content-Security-Policy", inert},
                 {"Content-Disposition",
                  fmt::format("{}; filename*=UTF-8''{}",
                              call.query("download") == "1" ? "attachment" : "inline",
                              percent_encoded(file.name))}}};
  if (call.request.field("If-None-Match") == tag) {
    response.status = 304;
    return response;
  }
  const auto size = static_cast<std::uint64_t>(file.bytes);
  const auto condition = call.request.field("If-Range");
  const std::string asked =
      condition && *condition != tag ? "" : call.request.field("Range").value_or("");
  const auto range = parse_range(asked, size);
  if (!range) {
    throw Problem(416, fmt::format("the file has {} bytes.", size), {},
                  {{"Content-Range", fmt::format("bytes */{}", size)}});
  }
  response.file = http::FilePart{call.studio.store.fetch(file.digest), range->first, range->length};
  if (!range->whole) {
    response.status = 206;
    response.fields.emplace_back(
        "Content-Range",
        fmt::format("bytes {}-{}/{}", range->first, range->first + range->length - 1, size));
  }
  return response;
}

http::Response thumbnail(Call& call) {
  const FileRecord file = named_file(call);
  const auto edge = call.query_number("edge", 256, 64, 1024);
  if ((edge & (edge - 1)) != 0) throw Problem(400, "?edge= is 64, 128, 256, 512 or 1024.", "edge");
  const std::string tag = fmt::format("\"{}-{}\"", file.digest, edge);
  http::Response response{.fields = {{"Content-Type", "image/jpeg"},
                                     {"ETag", tag},
                                     {"Cache-Control", "private, max-age=31536000, immutable"},
                                     {"Content-Security-Policy", inert}}};
  if (call.request.field("If-None-Match") == tag) {
    response.status = 304;
    return response;
  }
  response.body = thumbnail_of(call.studio, file, static_cast<int>(edge));
  return response;
}

}  // namespace

std::vector<Route> file_routes() {
  return {
      {.method = "POST",
       .pattern = "/api/v1/files",
       .role = Role::member,
       .body = BodyKind::upload,
       .handle = upload,
       .summary = "Upload a file: the body is the file itself",
       .answers = {200, 201},
       .problems = {415, 507},
       .queries = {"name"}},
      {.method = "GET",
       .pattern = "/api/v1/files",
       .role = Role::viewer,
       .handle = list_files,
       .summary = "Files, newest first",
       .queries = {"limit", "before", "origin"}},
      {.method = "GET",
       .pattern = "/api/v1/files/{digest}",
       .role = Role::viewer,
       .handle = [](Call& call) { return json_response(to_json(named_file(call))); },
       .summary = "A file's record",
       .problems = {404}},
      {.method = "GET",
       .pattern = "/api/v1/files/{digest}/content",
       .role = Role::viewer,
       .handle = content,
       .summary = "A file's bytes, whole or a range",
       .answers = {200, 206, 304},
       .problems = {404, 416},
       .media = "*/*",
       .queries = {"download"}},
      {.method = "GET",
       .pattern = "/api/v1/files/{digest}/thumbnail",
       .role = Role::viewer,
       .handle = thumbnail,
       .summary = "A picture made small",
       .answers = {200, 304},
       .problems = {404, 422},
       .media = "image/jpeg",
       .queries = {"edge"}},
      {.method = "DELETE",
       .pattern = "/api/v1/files/{digest}",
       .role = Role::member,
       .handle = remove_file,
       .summary = "Delete a file that no job needs",
       .answers = {204},
       .problems = {404, 409}},
  };
}

}  // namespace atelier::studio
