// SPDX-License-Identifier: Apache-2.0
#include "studio/api/routes.hpp"
#include "studio/commands/describe.hpp"

namespace atelier::studio {
namespace {

/// Those that work on what the studio keeps are the owner's.
http::Response list_commands(Call& call) {
  nlohmann::ordered_json commands = nlohmann::ordered_json::array();
  for (const Command& command : call.studio.commands) {
    if (!command.at_home || call.visitor.role == Role::owner) commands.push_back(describe(command));
  }
  return json_response({{"commands", commands}});
}

http::Response one_command(Call& call) {
  const Command* command = find_command(call.studio.commands, call.names.at(0));
  if (command == nullptr)
    throw Problem(404, "there is no such command; GET /api/v1/commands lists them.");
  return json_response(describe(*command));
}

}  // namespace

std::vector<Route> command_routes() {
  return {
      {.method = "GET",
       .pattern = "/api/v1/commands",
       .role = Role::viewer,
       .handle = list_commands,
       .summary =
           "Every command that is open to whoever asks, with its inputs, outputs and options"},
      {.method = "GET",
       .pattern = "/api/v1/commands/{name}",
       .role = Role::viewer,
       .handle = one_command,
       .summary = "One command",
       .problems = {404}},
  };
}

}  // namespace atelier::studio
