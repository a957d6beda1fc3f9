// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/studio/backup.hpp"
#include "studio/commands/command.hpp"
#include "studio/place.hpp"

namespace atelier::studio {

/// As back_up(data, archive, files), of a studio whose commands are these.
BackupCounts back_up(const Place& place, const std::filesystem::path& archive,
                     const std::vector<Command>& all);

}  // namespace atelier::studio
