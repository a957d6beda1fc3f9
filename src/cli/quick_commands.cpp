// SPDX-License-Identifier: Apache-2.0
#include "cli/quick_commands.hpp"

#include "cli/studio_commands.hpp"

namespace atelier::cli {

void add_quick_commands(CLI::App& app, Action& action) {
  add_palette(app, action);
  add_write(app, action);
  add_compose(app, action);
  add_identity(app, action);
  add_sign(app, action);
  add_verify(app, action);
  add_ledger(app, action);
  add_catalog(app, action);
  add_models(app, action);
  add_thumbnail(app, action);
}

}  // namespace atelier::cli
