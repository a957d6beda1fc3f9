// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/beast/http/basic_parser.hpp>

#include "studio/http/message.hpp"

namespace atelier::studio::http {

/// Beast's parser of requests into ours. It refuses what could be read in two ways: a length and
/// chunks at once, two lengths, folded headers, spaces before a colon.
class Parser : public boost::beast::http::basic_parser<true> {
 public:
  /// Longest body: set before the body is read.
  Parser();

  /// Takes from `bytes` what it can use; how much. Stops after the headers. `status` becomes the
  /// answer's when the bytes are no request.
  std::size_t take(std::string_view bytes, int& status);

  Request request;
  BodySink* sink = nullptr;  ///< null: a body is refused
  bool overflow = false;     ///< the sink has had enough
  bool long_target = false;  ///< the address is longer than is taken

 private:
  using Error = boost::beast::error_code;
  using View = boost::beast::string_view;
  void on_request_impl(boost::beast::http::verb, View method, View target, int version,
                       Error& error) override;
  void on_response_impl(int, View, int, Error&) override {}
  void on_field_impl(boost::beast::http::field, View name, View value, Error& error) override;
  void on_header_impl(Error&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const&, Error&) override {}
  std::size_t on_body_impl(View body, Error& error) override;
  void on_chunk_header_impl(std::uint64_t, View, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, Error& error) override;
  void on_finish_impl(Error&) override {}
};

}  // namespace atelier::studio::http
