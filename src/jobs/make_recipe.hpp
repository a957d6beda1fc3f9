// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/fast/painter.hpp"
#include "atelier/jobs/recipe.hpp"
#include "atelier/jobs/stylize.hpp"
#include "atelier/nets/feature_net.hpp"
#include "jobs/compute.hpp"

namespace atelier::jobs {

/// What a run is, before its end is known. A repeated run keeps the paths of the first one, so that
/// its bytes are the same wherever the pictures lie now. `painter`: the one-pass network that
/// paints or begins, or null.
[[nodiscard]] Recipe make_recipe(const StylizeRequest& request, const nets::FeatureNet& net,
                                 const fast::Painter* painter, const ComputeNames& compute);

}  // namespace atelier::jobs
