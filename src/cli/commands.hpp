// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>

namespace atelier::cli {

/// What the parsed command line asks for; returns the exit code.
using Action = std::function<int()>;

// One file each. A command adds its options to `app` and, when it was asked for, sets `action`.
void add_stylize(CLI::App& app, Action& action);
void add_sign(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_score(CLI::App& app, Action& action);
void add_match(CLI::App& app, Action& action);
void add_inspire(CLI::App& app, Action& action);
void add_appraise(CLI::App& app, Action& action);
void add_bench(CLI::App& app, Action& action);
void add_breed(CLI::App& app, Action& action);
void add_catalog(CLI::App& app, Action& action);
void add_identity(CLI::App& app, Action& action);
void add_invert(CLI::App& app, Action& action);
void add_judge(CLI::App& app, Action& action);
void add_ledger(CLI::App& app, Action& action);
void add_compose(CLI::App& app, Action& action);
void add_dataset(CLI::App& app, Action& action);
void add_frame(CLI::App& app, Action& action);
void add_generate(CLI::App& app, Action& action);
void add_palette(CLI::App& app, Action& action);
void add_similar(CLI::App& app, Action& action);
void add_train(CLI::App& app, Action& action);
void add_translate(CLI::App& app, Action& action);
void add_write(CLI::App& app, Action& action);
void add_models(CLI::App& app, Action& action);
void add_doctor(CLI::App& app, Action& action);
void add_help(CLI::App& app, Action& action);

// Below `train`.
void add_train_appraisal(CLI::App& app, Action& action);
void add_train_fast(CLI::App& app, Action& action);
void add_train_gan(CLI::App& app, Action& action);
void add_train_music(CLI::App& app, Action& action);
void add_train_text(CLI::App& app, Action& action);
void add_train_translate(CLI::App& app, Action& action);

/// The whole program. Every error becomes one line on stderr and an exit code.
[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace atelier::cli
