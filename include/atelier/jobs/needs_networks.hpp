// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace atelier::jobs {

/// Thrown in a program that links no libtorch, by what needs it after all
/// (src/jobs/needs_networks.cpp), before anything was written or changed. No std::exception: it is
/// no error, and nothing on its way may take it for one.
struct NeedsNetworks {};

}  // namespace atelier::jobs
