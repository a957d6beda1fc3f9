// SPDX-License-Identifier: Apache-2.0
#include "studio/api/packing.hpp"

#include <zlib.h>

#include <algorithm>
#include <string_view>

#include "atelier/base/error.hpp"
#include "studio/api/text.hpp"

namespace atelier::studio {
namespace {

constexpr std::size_t least_bytes = 1400;
constexpr int level = 6, gzip_window = 15 + 16, memory = 8;

std::string gzip(std::string& text) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) != Z_OK)
    fail(ErrorKind::internal, "an answer cannot be compressed.");
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int end = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (end != Z_STREAM_END) fail(ErrorKind::internal, "an answer cannot be compressed.");
  return packed;
}

bool is_json(const http::Response& response) {
  return std::any_of(response.fields.begin(), response.fields.end(), [](const auto& field) {
    return field.first == "Content-Type" && field.second == "application/json";
  });
}

}  // namespace

void pack(const http::Request& request, http::Response& response) {
  if (response.body.size() < least_bytes || !is_json(response)) return;
  response.fields.emplace_back("Vary", "Accept-Encoding");
  if (!accepts_coding(request.field("Accept-Encoding").value_or(""), "gzip")) return;
  response.body = gzip(response.body);
  response.fields.emplace_back("Content-Encoding", "gzip");
}

}  // namespace atelier::studio
