// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <optional>
#include <set>
#include <thread>

#include "studio/http/listeners.hpp"
#include "studio/http/server.hpp"
#include "studio/http/transport.hpp"

namespace atelier::studio::http {

class Connection;

/// What the connections of a server share. Everything but `counts` and `pool` belongs to the one
/// thread that runs `io`.
struct Server::Core {
  Core(ServerOptions given, Application& served, int workers);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  /// Runs `work` beside the connections' thread and brings what it returns back there.
  template <class Work>
  boost::asio::awaitable<std::invoke_result_t<Work&>> aside(Work work) {
    co_return co_await boost::asio::co_spawn(
        pool,
        [work = std::move(work)]() mutable -> boost::asio::awaitable<std::invoke_result_t<Work&>> {
          co_return work();
        },
        boost::asio::use_awaitable);
  }

  void start();
  void stop();

  ServerOptions options;
  Application& application;
  boost::asio::io_context io{1};
  boost::asio::thread_pool pool;
  std::optional<boost::asio::ssl::context> tls;
  boost::asio::ip::tcp::acceptor acceptor;
  boost::asio::steady_timer closing;
  Listeners listeners;
  std::set<Connection*> connections;
  bool stopping = false;
  std::atomic<std::int64_t> accepted{0}, open{0}, refused{0}, streams{0};
  std::thread thread;

 private:
  void listen();
  boost::asio::awaitable<void> accept_all();
  void end_when_quiet(Deadline deadline);
};

}  // namespace atelier::studio::http
