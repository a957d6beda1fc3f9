// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "atelier/jobs/score.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/table_options.hpp"

namespace atelier::cli {
namespace {

struct Given {
  std::string content, style, result, mask;
  GivenOptions options, extras;
  bool json = false;
};

int score(const Given& given) {
  jobs::ScoreRequest request{.content = given.content,
                             .style = given.style,
                             .result = given.result,
                             .mask = given.mask,
                             .options = {},
                             .extras = {}};
  request.options.padding = "zero";  // as the network was trained, and as other programs measure
  apply_options(style::stylize_option_table(), given.options, request.options);
  apply_options(jobs::score_extras_table(), given.extras, request.extras);
  request.size = given.options.contains("size") ? request.options.size : 0;
  const jobs::ScoreReport report = jobs::score(request);
  if (given.json) {
    print_json(jobs::to_json(report));
    return 0;
  }
  print_line("content      {:.6g}", report.score.content);
  print_line("gram         {:.6g}", report.score.gram);
  print_line("wasserstein  {:.6g}", report.score.wasserstein);
  print_line("tv           {:.6g}", report.score.tv);
  print_line("colours      {:.3g} dE from the photograph's in Oklab, {:.3g} in CIEDE2000",
             report.chroma_error.oklab, report.chroma_error.ciede2000);
  print_line("total        {:.6g} with gram, {:.6g} with wasserstein", report.total_gram,
             report.total_wasserstein);
  print_line("compared at {} x {} px by {}", report.width, report.height, report.model);
  return 0;
}

}  // namespace

void add_score(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("score", "measure any result against its photograph and painting");
  const auto given = std::make_shared<Given>();
  command->add_option("CONTENT", given->content, "the photograph")->required()->type_name("");
  command->add_option("STYLE", given->style, "the painting")->required()->type_name("");
  command->add_option("RESULT", given->result, "the picture made from them, by any program")
      ->required()
      ->type_name("");
  command->add_option("--mask", given->mask, "score only within this mask, where it is white")
      ->type_name("FILE");
  command->add_flag("--json", given->json, "print one JSON object");
  add_table_options(*command, given->options, style::stylize_option_table(),
                    {"size", "content-weight", "style-weight", "tv-weight", "backbone", "pooling",
                     "device", "threads"});
  add_table_options(*command, given->extras, jobs::score_extras_table());
  command->callback([given, &action] { action = [given] { return score(*given); }; });
}

}  // namespace atelier::cli
