// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/jobs/inspire.hpp"
#include "jobs/inspire/idea.hpp"
#include "jobs/inspire/work_names.hpp"

namespace atelier::jobs {

/// Works of the collection that fit an idea, the best first, at most options.works; the picture
/// itself is none. Each way of looking gives a ranking, and rankings are joined by the sum of
/// 1 / (10 + rank) (Cormack, Clarke, Buettcher, "Reciprocal rank fusion outperforms Condorcet",
/// SIGIR 2009). `left_out`: told what could not be looked for.
[[nodiscard]] std::vector<FittingWork> fitting_works(
    const InspireRequest& request, const Idea& idea, const WorkNames& names,
    const std::function<void(const std::string&)>& left_out, const OnProgress& on_progress,
    const std::stop_token& stop);

}  // namespace atelier::jobs
