// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace atelier {

/// What went wrong, as far as a caller can act on it.
enum class ErrorKind {
  invalid_argument,    ///< an option or a combination of options breaks a stated limit
  bad_input,           ///< a file is missing, unreadable, damaged, of a wrong type or too large
  missing_weights,     ///< a model's weights are not on this machine
  missing_capability,  ///< this build or machine lacks a library, device or instruction set
  out_of_memory,       ///< the work does not fit; a smaller size or tile would
  io,                  ///< a result cannot be written (full disk, read-only folder)
  cancelled,           ///< the user asked to stop
  internal,            ///< our own mistake
};

/// The one error family. The message is one sentence for people: it names the value, the limit and
/// the remedy. Thrown for bad input and environment; never for our own mistakes, which are
/// asserted.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }

 private:
  ErrorKind kind_;
};

/// Throws an Error with a formatted message.
template <class... Args>
[[noreturn]] void fail(ErrorKind kind, fmt::format_string<Args...> format, Args&&... args) {
  throw Error(kind, fmt::format(format, std::forward<Args>(args)...));
}

/// The program's exit code: 2 bad usage or input, 3 missing weights or capability, 130 cancelled,
/// 1 anything else.
[[nodiscard]] int exit_code(ErrorKind kind) noexcept;

/// The HTTP status of the same error.
[[nodiscard]] int http_status(ErrorKind kind) noexcept;

}  // namespace atelier
