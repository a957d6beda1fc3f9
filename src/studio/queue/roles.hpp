// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace atelier::studio {

/// What a token may do; each may also do what those before it may.
enum class Role {
  anybody,  ///< without a token
  viewer,   ///< looks at what is shared, changes nothing
  member,   ///< has jobs and files of its own
  owner,    ///< sees and does everything: tokens, what the studio keeps, the state of workers
};
/// The roles that a token may have.
inline constexpr std::array token_roles{Role::viewer, Role::member, Role::owner};

/// "member".
[[nodiscard]] const char* role_name(Role role);
/// Throws Error invalid_argument for a name that is none of a token's.
[[nodiscard]] Role role_of(std::string_view name);

/// How much a token may have; 0: no limit but the studio's. What it has used is told likewise.
struct Quotas {
  std::int64_t waiting_jobs = 0;
  double storage_gib = 0;     ///< of uploads and results
  double worker_seconds = 0;  ///< of each day of UTC
};

}  // namespace atelier::studio
