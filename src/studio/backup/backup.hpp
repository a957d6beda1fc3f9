// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/studio/backup.hpp"
#include "studio/commands/command.hpp"

namespace atelier::studio {

/// As back_up(data, archive), of a studio whose commands are these.
BackupCounts back_up(const std::filesystem::path& data, const std::filesystem::path& archive,
                     const std::vector<Command>& all);

}  // namespace atelier::studio
