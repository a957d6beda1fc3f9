// SPDX-License-Identifier: Apache-2.0
#include "studio/queue/roles.hpp"

#include "atelier/base/error.hpp"

namespace atelier::studio {

const char* role_name(Role role) {
  constexpr std::array names{"anybody", "viewer", "member", "owner"};
  return names.at(static_cast<std::size_t>(role));
}

Role role_of(std::string_view name) {
  for (const Role role : token_roles) {
    if (name == role_name(role)) return role;
  }
  fail(ErrorKind::invalid_argument, "there is no role '{}'; roles are viewer, member and owner.",
       name);
}

}  // namespace atelier::studio
