// SPDX-License-Identifier: Apache-2.0
#include "studio/http/transport.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace atelier::studio::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

/// Cancels what a socket does when time is over. A timer that has run out already may still call
/// after this is gone; it then finds nobody.
class Watchdog {
 public:
  explicit Watchdog(Tcp::socket& socket)
      : timer_(socket.get_executor()), state_(std::make_shared<State>()) {
    state_->socket = &socket;
  }
  ~Watchdog() { state_->socket = nullptr; }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  void begin(Deadline deadline) {
    state_->late = false;
    timer_.expires_at(deadline);
    timer_.async_wait([state = state_, round = ++state_->round](const error_code& error) {
      if (error || state->socket == nullptr || state->round != round) return;
      state->late = true;
      error_code ignored;
      state->socket->cancel(ignored);
    });
  }

  Transport::Result end(const error_code& error) {
    ++state_->round;
    timer_.cancel();
    if (!error) return Transport::Result::good;
    return state_->late ? Transport::Result::late : Transport::Result::ended;
  }

 private:
  struct State {
    Tcp::socket* socket = nullptr;
    std::uint64_t round = 0;
    bool late = false;
  };
  asio::steady_timer timer_;
  std::shared_ptr<State> state_;
};

template <class Stream>
Tcp::socket& socket_of(Stream& stream) {
  if constexpr (std::is_same_v<Stream, Tcp::socket>) {
    return stream;
  } else {
    return stream.next_layer();
  }
}

template <class Stream>
class StreamTransport : public Transport {
 public:
  template <class... Args>
  explicit StreamTransport(Args&&... args)
      : stream_(std::forward<Args>(args)...), watchdog_(socket_of(stream_)) {}

  asio::awaitable<Result> open(Deadline deadline) override {
    error_code error;
    if constexpr (!std::is_same_v<Stream, Tcp::socket>) {
      watchdog_.begin(deadline);
      co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                       asio::redirect_error(asio::use_awaitable, error));
      co_return watchdog_.end(error);
    }
    (void)deadline;
    co_return Result::good;
  }

  asio::awaitable<Result> read(char* space, std::size_t size, std::size_t& count,
                               Deadline deadline) override {
    error_code error;
    watchdog_.begin(deadline);
    count = co_await stream_.async_read_some(asio::buffer(space, size),
                                             asio::redirect_error(asio::use_awaitable, error));
    co_return watchdog_.end(error);
  }

  asio::awaitable<Result> write(std::string_view bytes, Deadline deadline) override {
    error_code error;
    watchdog_.begin(deadline);
    co_await asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()),
                               asio::redirect_error(asio::use_awaitable, error));
    co_return watchdog_.end(error);
  }

  void close() override {
    error_code ignored;
    socket_of(stream_).close(ignored);
  }

  asio::awaitable<void> finish(Deadline deadline) override {
    error_code ignored;
    socket_of(stream_).shutdown(Tcp::socket::shutdown_send, ignored);
    std::string space(64u << 10, '\0');
    std::size_t count = 0, taken = 0;
    constexpr std::size_t most = 64u << 20;
    while (taken < most &&
           co_await read(space.data(), space.size(), count, deadline) == Result::good) {
      taken += count;
    }
    close();
  }

 private:
  Stream stream_;
  Watchdog watchdog_;
};

}  // namespace

std::unique_ptr<Transport> make_transport(Tcp::socket socket, asio::ssl::context* tls) {
  error_code ignored;
  socket.set_option(Tcp::no_delay(true), ignored);
  if (tls == nullptr) return std::make_unique<StreamTransport<Tcp::socket>>(std::move(socket));
  return std::make_unique<StreamTransport<asio::ssl::stream<Tcp::socket>>>(std::move(socket), *tls);
}

}  // namespace atelier::studio::http
