// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/version.hpp"

namespace atelier::jobs {

std::string_view version() noexcept {
  return ATELIER_VERSION;
}

}  // namespace atelier::jobs
