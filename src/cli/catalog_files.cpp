// SPDX-License-Identifier: Apache-2.0
// Imports, exports and pages.
#include "cli/catalog_given.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"

namespace atelier::cli {
namespace {

int import(const GivenCatalog& given) {
  ProgressBar bar(given.quiet);
  const jobs::ImportReport report =
      jobs::import_to_catalog(given.folder, given.input, given.format, given.files_in,
                              [&](const Progress& progress) { bar.show(progress); });
  bar.clear();
  print_waiting(report.ledger);
  if (given.json) {
    print_json(jobs::to_json(report));
  } else {
    print_line("{} works imported", report.works);
  }
  return 0;
}

int export_to(const GivenCatalog& given) {
  const std::size_t count =
      jobs::export_from_catalog(given.folder, given.numbers, given.output, given.format);
  if (given.json) {
    print_json({{"works", count}, {"output", given.output}});
  } else {
    print_line("{}: {} works", given.output, count);
  }
  return 0;
}

catalogue::PageOptions page_options(const GivenCatalog& given) {
  catalogue::PageOptions options;
  options.prices = given.prices;
  apply_options(catalogue::page_option_table(), given.options, options);
  return options;
}

int told(const GivenCatalog& given) {
  if (given.json) {
    print_json({{"output", given.output}});
  } else {
    print_line("{}", given.output);
  }
  return 0;
}

int certificate(const GivenCatalog& given) {
  jobs::write_certificate(given.folder, given.number, copy_of(given), page_options(given),
                          given.identity, ask_passphrase(given.passphrase, "Passphrase", false),
                          given.output);
  return told(given);
}

int page(const GivenCatalog& given) {
  jobs::write_catalogue_page(given.folder, given.numbers, page_options(given), given.output);
  return told(given);
}

int verify(const GivenCatalog& given) {
  const catalogue::Certificate certificate = jobs::verify_certificate(given.input);
  if (given.json) {
    print_json({{"key_thumbprint", certificate.key_id}, {"says", certificate.says}});
    return 0;
  }
  print_line("the signature holds; key {}", certificate.key_id);
  print_line("{}", certificate.says.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  return 0;
}

void add_pages(CLI::App& command, GivenCatalog& given) {
  add_text(command, "-o,--output", given.output, "the page, .html or .pdf (with Chromium)", "FILE",
           true);
  command.add_flag("--prices", given.prices, "show the prices that are asked");
  add_table_options(command, given.options, catalogue::page_option_table(),
                    {"title", "url", "edge"});
}

}  // namespace

void add_catalog_files(CLI::App& catalog, const SharedCatalog& given, Action& action) {
  CLI::App* imported =
      add_catalog_action(catalog, given, action, "import",
                         "add all works of a file, or none: CSV, Linked Art, Dublin Core", import);
  add_catalog_folder(*imported, *given);
  imported->add_option("FILE", given->input, ".csv, .json (Linked Art) or .xml (Dublin Core)")
      ->required()
      ->type_name("");
  add_text(*imported, "--format", given->format,
           "csv, linked-art or dublin-core; none: by the suffix", "NAME");
  add_text(*imported, "--files-in", given->files_in,
           "where the works' files lie; none: beside FILE", "FOLDER");
  imported->add_flag("--quiet", given->quiet, "no progress");

  CLI::App* exported = add_catalog_action(catalog, given, action, "export",
                                          "write works for other programs", export_to);
  add_catalog_folder(*exported, *given);
  exported->add_option("NUMBERS", given->numbers, "which works; none: all")->type_name("");
  add_text(*exported, "-o,--output", given->output, "the file", "FILE", true);
  add_text(*exported, "--format", given->format,
           "csv, linked-art or dublin-core; none: by the suffix", "NAME");

  CLI::App* certified =
      add_catalog_action(catalog, given, action, "certificate",
                         "write a certificate of authenticity, to be printed", certificate);
  add_catalog_folder(*certified, *given);
  add_work_number(*certified, *given);
  add_text(*certified, "--copy", given->copy, "which copy of an edition [1]", "N");
  add_text(*certified, "--identity", given->identity, "who signs it; none: a hand, on paper",
           "NAME");
  add_passphrase_options(*certified, given->passphrase, "the identity");
  add_pages(*certified, *given);

  CLI::App* verified =
      add_catalog_action(catalog, given, action, "verify",
                         "tell what a signed certificate says, when its signature holds", verify);
  verified->add_option("CERTIFICATE", given->input, "the page")->required()->type_name("");

  CLI::App* paged = add_catalog_action(catalog, given, action, "page",
                                       "write a catalogue of works, to be printed", page);
  add_catalog_folder(*paged, *given);
  paged->add_option("NUMBERS", given->numbers, "which works; none: all")->type_name("");
  add_pages(*paged, *given);
}

}  // namespace atelier::cli
