// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/options.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "error_matcher.hpp"

namespace atelier {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

/// One option of each type.
struct Paint {
  bool varnish = false;
  int size = 512;
  double step_size = 0.5;
  std::uint64_t seed = 0;
  std::string optimizer = "lbfgs";
  std::vector<double> blend;
  std::vector<std::string> layers{"relu1_1"};
};

OptionSpec spec(std::string name) {
  OptionSpec s;
  s.name = std::move(name);
  return s;
}

const OptionTable<Paint>& table() {
  static const OptionTable<Paint> t = [] {
    OptionSpec size = spec("size"), step = spec("step-size"), optimizer = spec("optimizer"),
               blend = spec("blend"), layers = spec("layers");
    size.min = 16;
    size.max = 65536;
    size.unit = "px";
    size.words = {{"native", 0}};
    step.min = 0.001;
    optimizer.choices = {"lbfgs", "adam"};
    blend.min = 0;
    blend.max = 100;
    layers.choices = {"relu1_1", "relu2_1"};
    return OptionTable<Paint>{{&Paint::varnish, spec("varnish")},
                              {&Paint::size, size},
                              {&Paint::step_size, step},
                              {&Paint::seed, spec("seed")},
                              {&Paint::optimizer, optimizer},
                              {&Paint::blend, blend},
                              {&Paint::layers, layers}};
  }();
  return t;
}

Paint parsed(std::string_view name, std::string_view text) {
  Paint paint;
  table().find(name)->parse(paint, text);
  return paint;
}

Paint updated(const nlohmann::json& object) {
  Paint paint;
  table().update(paint, object);
  return paint;
}

TEST(ParseOption, ReadsEveryTypeFromText) {
  EXPECT_TRUE(parsed("varnish", "on").varnish);
  EXPECT_FALSE(parsed("varnish", "no").varnish);
  EXPECT_EQ(parsed("size", "768").size, 768);
  EXPECT_DOUBLE_EQ(parsed("step-size", "1e-2").step_size, 0.01);
  EXPECT_EQ(parsed("seed", "18446744073709551615").seed, 18446744073709551615ULL);
  EXPECT_EQ(parsed("optimizer", "adam").optimizer, "adam");
  EXPECT_THAT(parsed("blend", "2,1,0.5").blend, ElementsAre(2, 1, 0.5));
  EXPECT_THAT(parsed("layers", "relu2_1,relu1_1").layers, ElementsAre("relu2_1", "relu1_1"));
  EXPECT_TRUE(parsed("blend", "").blend.empty());
}

TEST(ParseOption, ReadsWordsThatStandForNumbers) {
  EXPECT_EQ(parsed("size", "native").size, 0);
}

TEST(ParseOption, TakesBothEndsOfARange) {
  EXPECT_EQ(parsed("size", "16").size, 16);
  EXPECT_EQ(parsed("size", "65536").size, 65536);
  EXPECT_DOUBLE_EQ(parsed("step-size", "0.001").step_size, 0.001);
}

struct Refused {
  const char* name;
  const char* text;
  const char* allowed;
};

void PrintTo(const Refused& refused, std::ostream* out) {
  *out << "--" << refused.name << " '" << refused.text << "'";
}

class RefusedText : public testing::TestWithParam<Refused> {};

TEST_P(RefusedText, NamesOptionValueAndWhatIsAllowed) {
  const auto& [name, text, allowed] = GetParam();
  EXPECT_ERROR(parsed(name, text), invalid_argument,
               AllOf(HasSubstr(std::string("--") + name), HasSubstr("'" + std::string(text) + "'"),
                     HasSubstr(allowed)));
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedText,
    testing::Values(
        Refused{"size", "15", "16..65536 px|native"}, Refused{"size", "65537", "16..65536"},
        Refused{"size", "0", "native"}, Refused{"size", "-512", "16..65536"},
        Refused{"size", "512px", "16..65536"}, Refused{"size", " 512", "16..65536"},
        Refused{"size", "5.5", "16..65536"}, Refused{"size", "", "16..65536"},
        Refused{"size", "99999999999", "16..65536"}, Refused{"size", "big", "native"},
        Refused{"step-size", "0", "0.001 or more"}, Refused{"step-size", "nan", "0.001"},
        Refused{"step-size", "inf", "0.001 or more"}, Refused{"seed", "-1", "its type"},
        Refused{"seed", "18446744073709551616", "its type"},
        Refused{"varnish", "maybe", "its type"}, Refused{"optimizer", "sgd", "lbfgs|adam"},
        Refused{"optimizer", "", "lbfgs|adam"}, Refused{"optimizer", "ADAM", "lbfgs|adam"}));

TEST(ParseOption, ChecksEveryElementOfAList) {
  EXPECT_ERROR(parsed("blend", "1,101"), invalid_argument, HasSubstr("0..100"));
  EXPECT_ERROR(parsed("blend", "1,,2"), invalid_argument, HasSubstr("--blend"));
  EXPECT_ERROR(parsed("layers", "relu1_1,relu9_9"), invalid_argument, HasSubstr("'relu9_9'"));
}

TEST(ParseOption, LeavesTheStructAloneWhenItRefuses) {
  Paint paint;
  EXPECT_THROW(table().find("size")->parse(paint, std::string_view("1")), Error);
  EXPECT_EQ(paint.size, 512);
}

TEST(OptionTable, FindsNamesWrittenEitherWay) {
  EXPECT_EQ(table().find("step-size"), table().find("step_size"));
  EXPECT_NE(table().find("step-size"), nullptr);
  EXPECT_EQ(table().find("step"), nullptr);
  EXPECT_EQ(table().find("stepxsize"), nullptr);
  EXPECT_EQ(table().find(""), nullptr);
}

TEST(OptionTable, KnowsTheDefaults) {
  EXPECT_EQ(std::get<int>(table().find("size")->default_value()), 512);
  EXPECT_EQ(std::get<std::string>(table().find("optimizer")->default_value()), "lbfgs");
}

TEST(OptionTable, ReadsJson) {
  const Paint paint = updated({{"varnish", true},
                               {"size", 64},
                               {"step_size", 0.25},
                               {"seed", 18446744073709551615ULL},
                               {"optimizer", "adam"},
                               {"blend", {1, 2.5}},
                               {"layers", {"relu2_1"}}});
  EXPECT_TRUE(paint.varnish);
  EXPECT_EQ(paint.size, 64);
  EXPECT_DOUBLE_EQ(paint.step_size, 0.25);
  EXPECT_EQ(paint.seed, 18446744073709551615ULL);
  EXPECT_EQ(paint.optimizer, "adam");
  EXPECT_THAT(paint.blend, ElementsAre(1, 2.5));
  EXPECT_THAT(paint.layers, ElementsAre("relu2_1"));
}

TEST(OptionTable, ReadsNumbersAndWordsGivenAsJsonText) {
  EXPECT_EQ(updated({{"size", "native"}}).size, 0);
  EXPECT_EQ(updated({{"size", "64"}}).size, 64);
}

TEST(OptionTable, RefusesJsonOfAnotherShape) {
  EXPECT_ERROR(updated(nlohmann::json::array()), invalid_argument, HasSubstr("object"));
  EXPECT_ERROR(updated({{"colour", 1}}), invalid_argument, HasSubstr("'colour'"));
  EXPECT_ERROR(updated({{"size", nullptr}}), invalid_argument, HasSubstr("--size"));
  EXPECT_ERROR(updated({{"size", {64}}}), invalid_argument, HasSubstr("--size"));
  EXPECT_ERROR(updated({{"size", 64.5}}), invalid_argument, HasSubstr("64.5"));
  EXPECT_ERROR(updated({{"size", 8}}), invalid_argument, HasSubstr("16..65536 px"));
  EXPECT_ERROR(updated({{"size", true}}), invalid_argument, HasSubstr("'true'"));
  EXPECT_ERROR(updated({{"blend", "1,2"}}), invalid_argument, HasSubstr("--blend"));
  EXPECT_ERROR(updated({{"blend", {{1}}}}), invalid_argument, HasSubstr("--blend"));
}

TEST(OptionTable, WritesWhatItReads) {
  Paint paint;
  paint.varnish = true;
  paint.size = 0;
  paint.step_size = 0.1;
  paint.seed = 1ULL << 63;
  paint.blend = {0.1, 3};
  const nlohmann::json written = table().to_json(paint);
  EXPECT_EQ(written.size(), table().entries().size());
  EXPECT_EQ(written.at("step_size"), 0.1);
  EXPECT_EQ(written.at("layers"), nlohmann::json::array({"relu1_1"}));
  EXPECT_EQ(written.at("size"), "native");  // 0 lies outside the range: only the word stands for it
  EXPECT_EQ(table().to_json(updated(written)), written);
}

TEST(AllowedValues, ReadAsAPersonWouldSayThem) {
  EXPECT_EQ(allowed_values(table().find("size")->spec), "16..65536 px|native");
  EXPECT_EQ(allowed_values(table().find("step-size")->spec), "0.001 or more");
  EXPECT_EQ(allowed_values(table().find("optimizer")->spec), "lbfgs|adam");
  EXPECT_EQ(allowed_values(table().find("seed")->spec), "");
  OptionSpec cap = spec("cap");
  cap.max = 4;
  cap.unit = "s";
  EXPECT_EQ(allowed_values(cap), "4 or less s");
}

}  // namespace
}  // namespace atelier
