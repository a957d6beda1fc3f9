// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/faults.hpp"

#include "atelier/store/database.hpp"

namespace atelier::store {
namespace {

/// The first line of a message, without its full stop.
std::string_view line(std::string_view message) {
  message = message.substr(0, message.find('\n'));
  message = message.substr(0, message.find_last_not_of(" \r.") + 1);
  return message;
}

}  // namespace

void refuse_silence(const std::string& server, std::string_view message) {
  fail(ErrorKind::io,
       "{} does not answer ({}); see that the server runs, or correct host and port of the URL.",
       server, line(message));
}

void refuse(const std::string& server, std::string_view state, std::string_view message) {
  const auto is = [&](std::string_view code) { return state.starts_with(code); };
  if (is("40001") || is("40P01")) {
    throw Contended(
        ErrorKind::io,
        fmt::format("{} was changed by two at once, and this one was undone; try again.", server));
  }
  if (is("28")) {
    fail(ErrorKind::bad_input,
         "{} does not let us in ({}); correct user and password in the URL or in ~/.pgpass.",
         server, line(message));
  }
  if (is("3D000")) {
    fail(ErrorKind::bad_input,
         "{} is not there ({}); make it with `createdb`, or name another in the URL.", server,
         line(message));
  }
  if (is("42501")) {
    fail(ErrorKind::bad_input, "{} does not allow it ({}); grant it to the user of the URL.",
         server, line(message));
  }
  if (is("53100")) {
    fail(ErrorKind::io, "{} cannot grow: its disk is full; free some space there.", server);
  }
  if (is("53200")) {
    fail(ErrorKind::out_of_memory, "{} has not enough memory ({}); try again later.", server,
         line(message));
  }
  if (is("53300")) {
    fail(ErrorKind::io,
         "{} has no connection left; end some programs that use it, or raise its max_connections.",
         server);
  }
  if (is("55P03") || is("57014")) {
    fail(ErrorKind::io, "{} is in use by another process; try again when that has ended.", server);
  }
  if (is("25006")) {
    fail(ErrorKind::io, "{} may only be read; name the server that can be written.", server);
  }
  if (is("57P") || is("08") || is("25P03")) {
    fail(ErrorKind::io,
         "{} went away in the middle ({}); what was not finished is undone: try "
         "again when it is back.",
         server, line(message));
  }
  if (is("22021") || is("22P05")) {
    fail(ErrorKind::invalid_argument,
         "a text has a null character or is no UTF-8, which {} does not keep; correct the text.",
         server);
  }
  fail(ErrorKind::internal, "{}: {} ({}).", server, line(message),
       state.empty() ? "no SQLSTATE" : state);
}

}  // namespace atelier::store
