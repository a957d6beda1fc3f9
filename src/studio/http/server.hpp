// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "studio/http/message.hpp"

namespace atelier::studio::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  int port = 0;                            ///< 0: any that is free
  std::filesystem::path certificate, key;  ///< PEM; both or neither. TLS 1.2 and 1.3 where given
  int connections = 2048;                  ///< at once; more are closed as they come
  std::chrono::milliseconds header_time{
      10'000};                                   ///< from a request's first byte to its last header
  std::chrono::milliseconds idle_time{60'000};   ///< between two requests
  std::chrono::milliseconds piece_time{20'000};  ///< between two pieces of a body or an answer
  /// A body comes at least this fast on the whole, bytes a second, or it is refused.
  double slowest_body = 4096;
  std::chrono::milliseconds event_comment{15'000};  ///< a sign of life in a quiet event stream
  std::chrono::milliseconds closing_time{5'000};    ///< for requests under way when it stops
};

inline constexpr std::size_t most_header_bytes = 16u << 10;
inline constexpr std::size_t most_target_bytes = 8u << 10;

/// What a server has done, for its metrics.
struct ServerCounts {
  std::int64_t connections = 0, open_connections = 0, refused_connections = 0, event_streams = 0;
};

/// HTTP/1.1 on one address, by Boost.Asio and Boost.Beast's parser, which no other file of ours
/// sees. One thread speaks with all connections; the application works on `workers` others.
///
/// Memory is bounded by connections: 16 KiB of headers and 64 KiB of a body or file each; bodies go
/// to their sinks as they come.
class Server {
 public:
  /// Has the port, but takes no connection before start(). Throws Error io when the address cannot
  /// be had, bad_input for a certificate or key that cannot be read.
  Server(ServerOptions options, Application& application, int workers = 4);
  /// Takes no more connections, tells event streams "bye", lets requests end, closes.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();
  [[nodiscard]] int port() const;
  /// Sends an event to whoever listens; from any thread.
  void publish(std::vector<Event> events);
  [[nodiscard]] ServerCounts counts() const;

  struct Core;  ///< for the files of this folder alone

 private:
  std::unique_ptr<Core> core_;
};

}  // namespace atelier::studio::http
