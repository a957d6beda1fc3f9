// SPDX-License-Identifier: Apache-2.0
#include "studio/http/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "atelier/base/error.hpp"
#include "studio/http/connection.hpp"
#include "studio/http/core.hpp"

namespace atelier::studio::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Tcp = asio::ip::tcp;

constexpr auto after_trouble = std::chrono::milliseconds(100);
constexpr auto look_every = std::chrono::milliseconds(20);

std::optional<asio::ssl::context> make_tls(const ServerOptions& options) {
  if (options.certificate.empty() && options.key.empty()) return std::nullopt;
  std::optional<asio::ssl::context> tls(std::in_place, asio::ssl::context::tls_server);
  tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                   asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression);
  error_code error;
  tls->use_certificate_chain_file(options.certificate.string(), error);
  if (error) {
    fail(ErrorKind::bad_input, "--certificate {} cannot be read ({}); it takes a PEM file.",
         options.certificate.string(), error.message());
  }
  tls->use_private_key_file(options.key.string(), asio::ssl::context::pem, error);
  if (error) {
    fail(ErrorKind::bad_input, "--key {} cannot be read or is of another certificate ({}).",
         options.key.string(), error.message());
  }
  return tls;
}

/// A connection from its first byte to its last.
asio::awaitable<void> serve(std::unique_ptr<Connection> connection) {
  co_await connection->run();
}

}  // namespace

Server::Core::Core(ServerOptions given, Application& served, int workers)
    : options(std::move(given)),
      application(served),
      pool(static_cast<std::size_t>(workers)),
      tls(make_tls(options)),
      acceptor(io),
      closing(io) {
  listen();
}

Server::Core::~Core() {
  asio::post(io, [this] { stop(); });
  if (thread.joinable()) thread.join();
  pool.join();
}

void Server::Core::start() {
  asio::co_spawn(io, accept_all(), asio::detached);
  thread = std::thread([this] { io.run(); });
}

void Server::Core::listen() {
  error_code error;
  const auto refuse = [&] {
    if (error) {
      fail(ErrorKind::io, "{} port {} cannot be listened on ({}); choose another --port.",
           options.address, options.port, error.message());
    }
  };
  const auto address = asio::ip::make_address(options.address, error);
  refuse();
  const Tcp::endpoint endpoint(address, static_cast<unsigned short>(options.port));
  acceptor.open(endpoint.protocol(), error);
  refuse();
  acceptor.set_option(Tcp::acceptor::reuse_address(true), error);
  acceptor.bind(endpoint, error);
  refuse();
  acceptor.listen(Tcp::acceptor::max_listen_connections, error);
  refuse();
}

asio::awaitable<void> Server::Core::accept_all() {
  while (!stopping) {
    error_code error;
    Tcp::socket socket =
        co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (stopping) co_return;
    if (error) {  // no descriptor is free, for one
      asio::steady_timer pause(io, after_trouble);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    ++accepted;
    if (open >= options.connections) {
      ++refused;
      continue;  // closes it
    }
    const std::string peer = socket.remote_endpoint(error).address().to_string(error);
    auto connection = std::make_unique<Connection>(
        *this, make_transport(std::move(socket), tls ? &*tls : nullptr), peer, tls.has_value());
    asio::co_spawn(io, serve(std::move(connection)), asio::detached);
  }
}

void Server::Core::stop() {
  stopping = true;
  error_code ignored;
  acceptor.close(ignored);
  listeners.end();
  end_when_quiet(Clock::now() + options.closing_time);
}

void Server::Core::end_when_quiet(Deadline deadline) {
  const bool late = Clock::now() >= deadline;
  // What a closed connection does ends in its own time; nothing is destroyed under it.
  for (Connection* connection : connections) {
    if (connection->idle() || late) connection->close();
  }
  if (connections.empty()) return;
  closing.expires_after(look_every);
  closing.async_wait([this, deadline](const error_code&) { end_when_quiet(deadline); });
}

Server::Server(ServerOptions options, Application& application, int workers)
    : core_(std::make_unique<Core>(std::move(options), application, workers)) {}

Server::~Server() = default;

void Server::start() {
  core_->start();
}

int Server::port() const {
  error_code ignored;
  return core_->acceptor.local_endpoint(ignored).port();
}

void Server::publish(std::vector<Event> events) {
  asio::post(core_->io,
             [core = core_.get(), events = std::move(events)] { core->listeners.tell(events); });
}

ServerCounts Server::counts() const {
  return {core_->accepted, core_->open, core_->refused, core_->streams};
}

}  // namespace atelier::studio::http
