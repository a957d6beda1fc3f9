// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/error.hpp"

namespace atelier {

int exit_code(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::invalid_argument:
    case ErrorKind::bad_input:
      return 2;
    case ErrorKind::missing_weights:
    case ErrorKind::missing_capability:
      return 3;
    case ErrorKind::cancelled:
      return 130;
    case ErrorKind::out_of_memory:
    case ErrorKind::io:
    case ErrorKind::internal:
      return 1;
  }
  return 1;
}

int http_status(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::invalid_argument:
      return 400;
    case ErrorKind::bad_input:
      return 422;
    case ErrorKind::missing_weights:
    case ErrorKind::missing_capability:
      return 503;
    case ErrorKind::cancelled:
      return 409;
    case ErrorKind::out_of_memory:
    case ErrorKind::io:
      return 507;
    case ErrorKind::internal:
      return 500;
  }
  return 500;
}

}  // namespace atelier
