// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace atelier::cli {

void add_train_emotions(CLI::App& app, Action& action);

}  // namespace atelier::cli
