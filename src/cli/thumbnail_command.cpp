// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/studio/thumbnail.hpp"
#include "cli/studio_commands.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string picture, output;
  int edge = 256;
};

}  // namespace

void add_thumbnail(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("thumbnail", "make a picture small, for the studio");
  command->group("");
  const auto given = std::make_shared<Given>();
  command->add_option("PICTURE", given->picture, "the picture")->required()->type_name("");
  command->add_option("OUTPUT", given->output, "what to write")->required()->type_name("");
  command->add_option("--edge", given->edge, "long edge, px");
  command->callback([given, &action] {
    action = [given] {
      studio::write_thumbnail(given->picture, given->output, given->edge);
      return 0;
    };
  });
}

}  // namespace atelier::cli
