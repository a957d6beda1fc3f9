// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/sight.hpp"

#include <fmt/format.h>

namespace atelier::studio {

std::string sees_file(std::string_view parameter) {
  return fmt::format(
      "({0} = '' OR EXISTS (SELECT 1 FROM uploads u WHERE u.digest = files.digest AND u.owner = "
      "{0}) OR EXISTS (SELECT 1 FROM outputs o JOIN jobs j ON j.number = o.job WHERE o.digest = "
      "files.digest AND (j.owner = {0} OR j.shared <> 0)) OR EXISTS (SELECT 1 FROM inputs i JOIN "
      "jobs j ON j.number = i.job WHERE i.digest = files.digest AND (j.owner = {0} OR j.shared <> "
      "0)))",
      parameter);
}

}  // namespace atelier::studio
