// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace atelier::image {

/// Starts libvips once a process, from any thread: no cache of operations (a file may change
/// between two loads), no messages of its own on the terminal. Forgets the reasons that earlier
/// calls left, so that take_vips_reason() tells none of another picture. Throws Error
/// missing_capability when it cannot start.
void start_vips();

/// The first reason libvips gave for the last failure, without its prefix, and forgets all of them.
/// Threads share these reasons, so it may be another thread's: for messages only.
[[nodiscard]] std::string take_vips_reason();

/// The built-in sRGB profile: what outputs are tagged with and what is known to need no conversion.
[[nodiscard]] const std::string& srgb_profile();

}  // namespace atelier::image
