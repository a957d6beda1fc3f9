// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/batch_failure.hpp"

namespace atelier::jobs {

nlohmann::json to_json(const BatchFailure& failure) {
  return {{"path", failure.path.string()},
          {"reason", failure.reason},
          {"paintings", failure.paintings}};
}

bool concerns_one_painting(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_argument:
    case ErrorKind::bad_input:
    case ErrorKind::out_of_memory:
    case ErrorKind::io:
      return true;
    default:
      return false;
  }
}

int exit_code(const std::vector<BatchFailure>& failures, bool cancelled) {
  if (cancelled) return atelier::exit_code(ErrorKind::cancelled);
  int code = 0;
  for (const BatchFailure& failure : failures) {
    const int of_one = atelier::exit_code(failure.kind);
    code = code == 1 || of_one == 1 ? 1 : of_one;
  }
  return code;
}

}  // namespace atelier::jobs
