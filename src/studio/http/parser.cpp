// SPDX-License-Identifier: Apache-2.0
#include "studio/http/parser.hpp"

#include <boost/beast/http/error.hpp>
#include <limits>

#include "studio/http/server.hpp"

namespace atelier::studio::http {
namespace {

namespace bh = boost::beast::http;

constexpr std::size_t most_fields = 100;

}  // namespace

Parser::Parser() {
  header_limit(most_header_bytes);
  // The sink decides. (Without any limit, this version of Beast refuses every length.)
  body_limit(std::numeric_limits<std::uint64_t>::max());
  eager(false);
}

std::size_t Parser::take(std::string_view bytes, int& status) {
  boost::beast::error_code error;
  std::size_t used = 0;
  const bool began_in_body = is_header_done();
  while (used < bytes.size() && !is_done()) {
    const std::size_t now =
        put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
    used += now;
    if (error == bh::error::need_more) {
      error = {};
      break;
    }
    if (error) {
      status = overflow ? 413 : long_target ? 414 : error == bh::error::header_limit ? 431 : 400;
      return used;
    }
    if (is_header_done() && !began_in_body) break;
    if (now == 0) break;
  }
  if (is_header_done() && !began_in_body) {
    request.has_body = !is_done();
    if (const auto length = content_length()) request.length = *length;
  }
  return used;
}

void Parser::on_request_impl(bh::verb, View method, View target, int, Error& error) {
  if (target.size() > most_target_bytes) {
    long_target = true;
    error = bh::error::bad_target;
    return;
  }
  request.method.assign(method.data(), method.size());
  request.target.assign(target.data(), target.size());
}

void Parser::on_field_impl(bh::field, View name, View value, Error& error) {
  if (request.fields.size() >= most_fields) {
    error = bh::error::header_limit;
    return;
  }
  request.fields.emplace_back(std::string(name.data(), name.size()),
                              std::string(value.data(), value.size()));
}

std::size_t Parser::on_body_impl(View body, Error& error) {
  if (sink == nullptr || !sink->append({body.data(), body.size()})) {
    overflow = true;
    error = bh::error::body_limit;
    return 0;
  }
  return body.size();
}

std::size_t Parser::on_chunk_body_impl(std::uint64_t, View body, Error& error) {
  return on_body_impl(body, error);
}

}  // namespace atelier::studio::http
