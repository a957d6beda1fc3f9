// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/jobs/stylize.hpp"

namespace atelier::jobs {

/// The size that the content is painted at. Throws as image::probe.
[[nodiscard]] image::Size painted_size(const StylizeRequest& request);

/// Refuses a size that would not fit into memory or onto the disk, before the system ends us for
/// it. On the processor; Throws Error out_of_memory or io, with the largest size that fits.
void check_room(const StylizeRequest& request);

}  // namespace atelier::jobs
