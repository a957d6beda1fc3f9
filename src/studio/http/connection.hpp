// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "studio/http/core.hpp"
#include "studio/http/parser.hpp"

namespace atelier::studio::http {

/// One connection, request after request until one side ends it.
class Connection {
 public:
  Connection(Server::Core& core, std::unique_ptr<Transport> transport, std::string peer,
             bool secure);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  boost::asio::awaitable<void> run();

  /// Between two requests: may be closed without anybody's loss.
  [[nodiscard]] bool idle() const noexcept { return idle_; }
  void close() { transport_->close(); }

 private:
  using Result = Transport::Result;
  enum class Step { good, gone, refused };

  /// One request and its answer; whether another may follow.
  boost::asio::awaitable<bool> exchange(bool first);
  boost::asio::awaitable<Step> read_headers(Parser& parser, bool first);
  /// The answer to a request whose body was to be received first; none when that did not come.
  boost::asio::awaitable<std::optional<Response>> finish(Parser& parser,
                                                         Application::Exchange& accepted,
                                                         bool has_body, bool expects);
  boost::asio::awaitable<Step> read_body(Parser& parser, BodySink* sink);
  boost::asio::awaitable<bool> refuse(int status);
  boost::asio::awaitable<bool> send(const Response& response, bool head, bool keep);
  boost::asio::awaitable<bool> send_file(const FilePart& part);
  boost::asio::awaitable<void> send_events(const EventStream& stream);
  [[nodiscard]] Deadline piece_deadline() const;

  Server::Core& core_;
  std::unique_ptr<Transport> transport_;
  std::string peer_;
  bool secure_;
  bool idle_ = true;
  std::string pending_;  ///< what was read and is not used yet
};

}  // namespace atelier::studio::http
