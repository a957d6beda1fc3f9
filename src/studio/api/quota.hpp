// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studio/api/routes.hpp"

namespace atelier::studio {

/// Refuses another job: 429 with Retry-After while as many wait as may, or the day's seconds of
/// workers are used up; 507 where the account's files fill its storage.
void check_quotas(Call& call);

/// How many bytes the account may still keep.
[[nodiscard]] std::int64_t storage_left(const Call& call);

/// Throws Problem 507.
[[noreturn]] void refuse_storage(const Call& call);

}  // namespace atelier::studio
