// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/server.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <array>
#include <chrono>
#include <map>
#include <regex>

#include "atelier/base/error.hpp"
#include "store/engine.hpp"
#include "store/postgres/faults.hpp"

namespace atelier::store {
namespace {

using Clock = std::chrono::steady_clock;

/// Waits until libpq's socket is ready. False: it was not within the time.
bool wait_for(PGconn* connection, PostgresPollingStatusType what, Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  if (left <= 0) return false;
  const short events = what == PGRES_POLLING_READING ? POLLIN : POLLOUT;
  pollfd wait{PQsocket(connection), events, 0};
  return ::poll(&wait, 1, static_cast<int>(left)) >= 0;
}

/// What the server said while it did not let us in: its SQLSTATE is only in the text of the
/// verbose message, "...: FATAL:  28P01: password authentication failed ...".
[[noreturn]] void refuse_connection(const std::string& server, const std::string& message) {
  static const std::regex coded("[A-Z]+:  ([0-9A-Z]{5}): ([^\n]*)");
  std::smatch found;
  if (std::regex_search(message, found, coded)) refuse(server, found[1].str(), found[2].str());
  // A missing password is libpq's own sentence, before the server has said anything.
  if (message.find("no password supplied") != message.npos)
    refuse(server, "28P01", "it asks for a password");
  refuse_silence(server, message);
}

/// What a URL says; empty where it is none.
std::map<std::string, std::string> parts_of(const std::string& url) {
  struct FreeOptions {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
  };
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(url.c_str(), nullptr));
  std::map<std::string, std::string> parts;
  for (const PQconninfoOption* option = options.get();
       option != nullptr && option->keyword != nullptr; ++option) {
    parts[option->keyword] = option->val != nullptr ? option->val : "";
  }
  return parts;
}

}  // namespace

PostgresServer::PostgresServer(std::string url) : url_(std::move(url)) {
  std::map<std::string, std::string> parts = parts_of(url_);
  const bool unreadable = parts.empty();
  // A password with an / or @ of its own lands in other parts, which are shown.
  const bool digits = parts["port"].find_first_not_of("0123456789,") == std::string::npos;
  if (unreadable || !digits || (parts["host"] + parts["dbname"]).find('@') != std::string::npos) {
    fail(ErrorKind::invalid_argument,
         "the database's URL cannot be read; write postgresql://USER:PASSWORD@HOST:PORT/NAME, "
         "with %40 for @, %2F for / and so on in its parts.");
  }
  const std::string user = parts["user"].empty() ? "" : parts["user"] + "@";
  const std::string port = parts["port"].empty() ? "" : ":" + parts["port"];
  name_ = fmt::format("postgresql://{}{}{}/{}", user, parts["host"], port, parts["dbname"]);
}

PostgresHandle PostgresServer::connect() const {
  // What comes first is the default of what the URL says, what comes last stands.
  constexpr std::array words{"application_name", "keepalives_idle",  "keepalives_interval",
                             "keepalives_count", "tcp_user_timeout", "dbname",
                             "client_encoding"};
  const std::array values{"atelier", "10", "5", "3", "30000", url_.c_str(), "UTF8"};
  static_assert(words.size() == values.size());
  std::array<const char*, words.size() + 1> keys{}, texts{};
  std::copy(words.begin(), words.end(), keys.begin());
  std::copy(values.begin(), values.end(), texts.begin());
  PostgresHandle connection(PQconnectStartParams(keys.data(), texts.data(), 1));
  if (!connection) fail(ErrorKind::out_of_memory, "there is not enough memory to open a database.");
  PQsetErrorVerbosity(connection.get(), PQERRORS_VERBOSE);
  const auto deadline = Clock::now() + std::chrono::milliseconds(patience_ms);
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK) {
    if (state == PGRES_POLLING_FAILED || PQstatus(connection.get()) == CONNECTION_BAD)
      refuse_connection(name_, PQerrorMessage(connection.get()));
    if (!wait_for(connection.get(), state, deadline))
      refuse_silence(name_, fmt::format("not within {} s", patience_ms / 1000));
    if (Clock::now() < deadline) state = PQconnectPoll(connection.get());
  }
  PQsetErrorVerbosity(connection.get(), PQERRORS_DEFAULT);
  return connection;
}

}  // namespace atelier::store
