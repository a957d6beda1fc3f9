// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fast/architecture.hpp"
#include "fast/network.hpp"
#include "train/parameters.hpp"

namespace atelier::translate {

/// The networks of a translator: the one-pass network (fast/network.hpp) with constant scales and
/// shifts, since it has one style. So all that makes one-pass painting quick and seamless serves
/// translation too. `width`: channels at full resolution; twice, four and six times as many below.
///
/// Differs from the source's generators (training_task.hpp): a fifth of their work; the photograph
/// is added to what comes out, so that it begins as the picture itself.
[[nodiscard]] fast::Architecture architecture_of(int width);

/// The constants, for `count` pictures.
[[nodiscard]] fast::Modulations constant_modulations(const fast::Architecture& form,
                                                     const train::Parameters& parameters,
                                                     std::int64_t count);

}  // namespace atelier::translate
