// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
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

  /// Runs `work` beside the connections' thread and brings what it returns, or throws, back there.
  /// `work` must outlive the waiting, so it is a local of the caller: GCC 12 destroys temporaries
  /// of an expression that waits twice when they hold more than references.
  template <class Work>
  boost::asio::awaitable<std::invoke_result_t<const Work&>> aside(const Work& work) {
    std::optional<std::invoke_result_t<const Work&>> result;
    std::exception_ptr thrown;
    boost::asio::steady_timer done(io, Deadline::max());
    boost::asio::post(pool, [&] {
      try {
        result.emplace(work());
      } catch (...) {
        thrown = std::current_exception();
      }
      // The waiting has begun when this runs: both belong to one thread.
      boost::asio::post(io, [&done] { done.cancel(); });
    });
    boost::system::error_code ignored;
    co_await done.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    if (!result) std::rethrow_exception(thrown);
    co_return *std::move(result);
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
