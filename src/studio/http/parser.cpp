// SPDX-License-Identifier: Apache-2.0
#include "studio/http/parser.hpp"

#include <boost/beast/http/error.hpp>

#include "studio/http/server.hpp"

namespace atelier::studio::http {
namespace {

namespace bh = boost::beast::http;

constexpr std::size_t most_fields = 100;

int status_of(const boost::beast::error_code& error, bool headers_done) {
  if (error == bh::error::header_limit || error == bh::error::buffer_overflow) return 431;
  if (error == bh::error::body_limit) return 413;
  if (error == bh::error::bad_target && !headers_done) return 414;
  return 400;
}

}  // namespace

Parser::Parser() {
  header_limit(most_header_bytes);
  body_limit(boost::none);  // the sink decides
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
      status = overflow ? 413 : status_of(error, is_header_done());
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
