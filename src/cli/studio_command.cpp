// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/studio/backup.hpp"
#include "cli/output.hpp"
#include "cli/studio_commands.hpp"

namespace atelier::cli {
namespace {

constexpr const char* files_type = "DIR|s3://BUCKET/PREFIX";

struct Given {
  std::string data, archive, files;
  bool json = false;
};

int print_counts(const Given& given, const char* what, const std::string& place,
                 const studio::BackupCounts& counts) {
  if (given.json) {
    print_json({{"place", place},
                {"jobs", counts.jobs},
                {"files", counts.files},
                {"bytes", counts.bytes}});
  } else {
    print_line("{} {}: {} jobs, {} files of {} bytes, each as its digest says", what, place,
               counts.jobs, counts.files, counts.bytes);
  }
  return 0;
}

int back_up(const Given& given) {
  return print_counts(given, "backed up to", given.archive,
                      studio::back_up(studio_folder(given.data), given.archive, given.files));
}

int restore(const Given& given) {
  return print_counts(given, "restored to", given.data,
                      studio::restore(given.archive, given.data, given.files));
}

}  // namespace

void add_studio(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("studio", "back up a studio's folder, and restore it");
  command->require_subcommand(1);
  const auto given = std::make_shared<Given>();

  CLI::App* backup = command->add_subcommand(
      "backup", "write everything of a studio into one archive, while server and workers run");
  backup->add_option("--data", given->data, "the studio's folder; none: one of yours")
      ->type_name("DIR");
  backup
      ->add_option("--files", given->files,
                   "where its files lie, as for serve; none: in the folder")
      ->type_name(files_type);
  backup->add_option("-o,--output", given->archive, "the archive, with the owner's token in it")
      ->type_name("FILE")
      ->required();
  backup->add_flag("--json", given->json, "print the result as JSON");
  backup->callback([given, &action] { action = [given] { return back_up(*given); }; });

  CLI::App* restore_command =
      command->add_subcommand("restore", "make a studio's folder of such an archive");
  restore_command->add_option("ARCHIVE", given->archive, "what studio backup wrote")->required();
  restore_command->add_option("--data", given->data, "the new folder; missing or empty")
      ->type_name("DIR")
      ->required();
  restore_command
      ->add_option("--files", given->files, "where its files go, as for serve; none: in the folder")
      ->type_name(files_type);
  restore_command->add_flag("--json", given->json, "print the result as JSON");
  restore_command->callback([given, &action] { action = [given] { return restore(*given); }; });
}

}  // namespace atelier::cli
