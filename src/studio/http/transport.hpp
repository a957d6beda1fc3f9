// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>  // Asio's awaitable.hpp uses std::exchange and does not include it

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace atelier::studio::http {

using Deadline = std::chrono::steady_clock::time_point;

/// One connection's bytes, through TLS or not. Used from the one thread that runs its executor.
class Transport {
 public:
  enum class Result { good, ended, late };

  virtual ~Transport() = default;
  /// Before anything else.
  virtual boost::asio::awaitable<Result> open(Deadline deadline) = 0;
  /// At least one byte, into `space`; how many in `count`.
  virtual boost::asio::awaitable<Result> read(char* space, std::size_t size, std::size_t& count,
                                              Deadline deadline) = 0;
  /// All of it.
  virtual boost::asio::awaitable<Result> write(std::string_view bytes, Deadline deadline) = 0;
  /// Ends it in both directions, whatever is going on.
  virtual void close() = 0;
  /// Says that nothing more comes, and takes what still does for a moment, so that an answer sent
  /// before is not lost to a reset.
  virtual boost::asio::awaitable<void> finish(Deadline deadline) = 0;
};

[[nodiscard]] std::unique_ptr<Transport> make_transport(boost::asio::ip::tcp::socket socket,
                                                        boost::asio::ssl::context* tls);

}  // namespace atelier::studio::http
