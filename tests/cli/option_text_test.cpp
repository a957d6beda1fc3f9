// SPDX-License-Identifier: Apache-2.0
#include "cli/option_text.hpp"

#include <gtest/gtest.h>

#include "atelier/jobs/batch.hpp"
#include "atelier/jobs/stylize.hpp"
#include "cli/options_markdown.hpp"

namespace atelier::cli {
namespace {

/// What the help shows as a default must be something that the option takes, and mean the same.
template <class T>
void expect_defaults_can_be_typed(const OptionTable<T>& table) {
  for (const auto& entry : table.entries()) {
    const OptionValue value = entry.default_value();
    const std::string text = value_text(entry.spec, value);
    EXPECT_EQ(parse_option(entry.spec, value, std::string_view(text)), value) << entry.spec.name;
  }
}

TEST(OptionText, ShowsValuesAsTheyAreTyped) {
  OptionSpec spec;
  spec.words = {{"native", 0}};
  EXPECT_EQ(value_text(spec, 0), "native");
  EXPECT_EQ(value_text(spec, 512), "512");
  EXPECT_EQ(value_text(spec, 0.25), "0.25");
  EXPECT_EQ(value_text(spec, true), "on");
  EXPECT_EQ(value_text(spec, std::string("lbfgs")), "lbfgs");
  EXPECT_EQ(value_text(spec, std::vector<std::string>{"relu1_1", "relu2_1"}), "relu1_1,relu2_1");
  EXPECT_EQ(value_text(spec, std::vector<double>{}), "");
}

TEST(OptionText, EveryDefaultCanBeTyped) {
  expect_defaults_can_be_typed(style::stylize_option_table());
  expect_defaults_can_be_typed(jobs::stylize_extras_table());
  expect_defaults_can_be_typed(jobs::batch_option_table());
}

TEST(OptionText, TheDocumentHoldsEveryOptionOnce) {
  const std::string text = options_markdown();
  for (const auto& entry : style::stylize_option_table().entries()) {
    const std::string row = "\n| `--" + entry.spec.name + "` |";
    const auto first = text.find(row);
    EXPECT_NE(first, std::string::npos) << row;
    EXPECT_EQ(text.find(row, first + 1), std::string::npos) << row;
  }
  EXPECT_NE(text.find("draft\\|standard\\|best"), std::string::npos)
      << "a bar in a cell must be escaped";
}

}  // namespace
}  // namespace atelier::cli
