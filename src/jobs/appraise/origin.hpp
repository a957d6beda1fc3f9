// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "atelier/jobs/appraise.hpp"
#include "atelier/provenance/verification.hpp"

namespace atelier::jobs {

/// What a picture's file says of how the work came about: a recipe of ours in its metadata, then
/// content credentials (the IPTC's digital source types of what was done), then, where there is no
/// credential that holds, the mark of a work in the user's store. What does not hold is told and
/// does not count; without the C2PA library only the recipe is looked for, which is told too.
[[nodiscard]] Origin origin_of(const std::filesystem::path& picture);

/// What a credential says, weighed: Maker::machine where anything in it was computed or learned by
/// a machine, Maker::person where all that is told was done by people or cameras.
[[nodiscard]] Origin::Maker maker_of(const provenance::Verification& said);

}  // namespace atelier::jobs
