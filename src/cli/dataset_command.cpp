// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <set>

#include "atelier/jobs/dataset.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress_bar.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::vector<std::string> pictures;
  std::string output, set, first, second;
  GivenOptions options, split;
  bool json = false, quiet = false;
};

void print_list(const char* heading, const std::vector<std::string>& list) {
  for (const std::string& one : list) print_line("{}  {}", heading, one);
}

int print(const jobs::PackReport& report, bool json) {
  if (json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  print_list("looks like an earlier one:", report.duplicates);
  print_list("looks like one to be measured by:", report.alike);
  print_list("left out:", report.unreadable);
  print_line("{}: {} pictures, {:.1f} MB, SHA-256 of the index {}", report.output.string(),
             report.pictures, static_cast<double>(report.bytes) / 1e6, report.digest);
  return 0;
}

/// A row for each size, a column for each shape that occurs.
void print_buckets(const jobs::SizeBuckets& buckets) {
  std::set<int> rows;
  std::set<std::size_t> columns;
  for (const auto& [bucket, count] : buckets) {
    rows.insert(bucket.shorter_from);
    columns.insert(bucket.aspect);
  }
  std::string heading = "pictures  shorter edge";
  for (const std::size_t shape : columns) {
    heading += fmt::format("{:>9}", jobs::aspect_classes.at(shape));
  }
  print_line("{}", heading);
  for (const int size : rows) {
    std::int64_t all = 0;
    std::string cells;
    for (const std::size_t shape : columns) {
      const auto found = buckets.find({size, shape});
      const std::int64_t count = found == buckets.end() ? 0 : found->second;
      all += count;
      cells += fmt::format("{:9}", count);
    }
    print_line("{:8}  {:<12}{}", all, fmt::format("from {} px", size), cells);
  }
}

int print_info(const jobs::PackReport& report, bool json) {
  const int code = print(report, json);
  if (json) return code;
  for (const auto& [label, count] : report.labels) print_line("{:8}  {}", count, label);
  print_buckets(report.sizes);
  return code;
}

int split(const Given& given) {
  jobs::SplitRequest request{given.set, given.first, given.second, {}};
  apply_options(jobs::split_option_table(), given.split, request.options);
  const jobs::SplitReport report = jobs::split(request);
  if (given.json) {
    print_json({{"first", jobs::to_json(report.first)}, {"second", jobs::to_json(report.second)}});
    return 0;
  }
  print(report.first, false);
  return print(report.second, false);
}

int pack(const Given& given) {
  jobs::PackRequest request{given.pictures, given.output, {}};
  apply_options(jobs::pack_option_table(), given.options, request.options);
  ProgressBar bar(given.quiet);
  const jobs::PackReport report =
      jobs::pack(request, [&](const Progress& progress) { bar.show(progress); });
  bar.clear();
  return print(report, given.json);
}

}  // namespace

void add_dataset(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("dataset", "pack pictures into a file for training");
  command->require_subcommand(1);
  const auto given = std::make_shared<Given>();

  CLI::App* packing = command->add_subcommand("pack", "pack folders of pictures into one file");
  packing
      ->add_option(
          "PICTURES", given->pictures,
          "files, folders, patterns, tables (.csv), MS-COCO annotations (.json), archives (.zip, "
          ".tar), LSUN databases (folders with data.mdb)")
      ->required()
      ->type_name("");
  packing->add_option("-o,--output", given->output, "the file to write")
      ->required()
      ->type_name("FILE");
  packing->add_flag("--json", given->json, "print one JSON object");
  packing->add_flag("--quiet", given->quiet, "show no progress");
  add_table_options(*packing, given->options, jobs::pack_option_table());
  packing->callback([given, &action] { action = [given] { return pack(*given); }; });

  CLI::App* informing = command->add_subcommand("info", "tell classes and sizes of a packed set");
  informing->add_option("SET", given->set, "a packed file")->required()->type_name("");
  informing->add_flag("--json", given->json, "print one JSON object");
  informing->callback([given, &action] {
    action = [given] { return print_info(jobs::set_info(given->set), given->json); };
  });

  CLI::App* splitting = command->add_subcommand("split", "divide a packed set in two");
  splitting->add_option("SET", given->set, "a packed file")->required()->type_name("");
  splitting->add_option("FIRST", given->first, "the larger part's file")->required()->type_name("");
  splitting->add_option("SECOND", given->second, "the other's")->required()->type_name("");
  splitting->add_flag("--json", given->json, "print one JSON object");
  add_table_options(*splitting, given->split, jobs::split_option_table());
  splitting->callback([given, &action] { action = [given] { return split(*given); }; });

  CLI::App* checking = command->add_subcommand("check", "compare every picture with its digest");
  checking->add_option("SET", given->set, "a packed file")->required()->type_name("");
  checking->add_flag("--json", given->json, "print one JSON object");
  checking->callback([given, &action] {
    action = [given] { return print(jobs::check_set(given->set), given->json); };
  });
}

}  // namespace atelier::cli
