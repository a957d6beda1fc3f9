// SPDX-License-Identifier: Apache-2.0
#include "nets/tfjs/tfjs_model.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>

#include <cstring>
#include <map>

#include "../base/error_matcher.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "nets/tfjs/literal.hpp"
#include "nets/tfjs/manifest.hpp"

namespace atelier::nets {
namespace {

using ::testing::HasSubstr;

template <class T>
std::string bytes(const std::vector<T>& values) {
  std::string result(values.size() * sizeof(T), '\0');
  std::memcpy(result.data(), values.data(), result.size());
  return result;
}

TEST(Literal, ReadsJson) {
  const auto json =
      read_literal(R"( {"a": [1, -2.5e3, true, false, null, "x\"\n\u00e9\\"], "b": {}} )");
  EXPECT_EQ(json, nlohmann::json::parse(R"({"a":[1,-2500,true,false,null,"x\"\né\\"],"b":{}})"));
}

TEST(Literal, ReadsWhatMinifiersWrite) {
  const auto json = read_literal(
      "!function(t){t.x=1}({1:[function(n,i){i.exports={name:'dense_3/bias',shape:[5],on:!0,off:!1,"
      "min:-.5,scale:.25,big:8e-7,half:2.,s:\"it's\",$a:[]}},{}]},{},[1])(1);");
  EXPECT_EQ(json, nlohmann::json::parse(
                      R"({"name":"dense_3/bias","shape":[5],"on":true,"off":false,"min":-0.5,
                          "scale":0.25,"big":8e-7,"half":2.0,"s":"it's","$a":[]})"));
  EXPECT_EQ(read_literal("x.exports=f;y.exports=\"SgJ5\"}"), "SgJ5");
}

TEST(Literal, RefusesWhatIsNoData) {
  for (const char* text : {"",
                           "hello",
                           "x.exports=f()",
                           "{",
                           "[1",
                           "[1 2]",
                           "[1,,2]",
                           "{a}",
                           "{a:}",
                           "{a:1 b:2}",
                           "{a:f()}",
                           "[1+1]",
                           "[new Date]",
                           "[!2]",
                           "[!00]",
                           "[`a`]",
                           "\"a",
                           "\"a\nb\"",
                           "\"\\q\"",
                           "\"\\u12\"",
                           "\"\\ud800\"",
                           "[-]",
                           "[1e]",
                           "[--1]",
                           "{a:1,a:2}",
                           "[undefined]",
                           "[0x10]",
                           "{\"a\":1,'a':2}",
                           "[/a/]"}) {
    EXPECT_ERROR(read_literal(text), bad_input, HasSubstr(""));
  }
  EXPECT_ERROR(read_literal(std::string(100'000, '[')), bad_input, HasSubstr("64"));
  std::string many = "[0";
  for (int i = 0; i < 2'000'000; ++i) many += ",0";
  EXPECT_ERROR(read_literal(many + "]"), bad_input, HasSubstr("two million"));
}

TEST(Literal, SurvivesEveryTruncationAndDamage) {
  const std::string whole = "{a:[1,-.5,!0,'b'],\"c\":{d:null,e:\"\\u0041\"}}";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THROW((void)read_literal(whole.substr(0, length)), Error) << length;
  }
  RandomStream random(1, "damage");
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = whole;
    for (int j = 0; j < 3; ++j) {
      damaged[random.next() % damaged.size()] = static_cast<char>(random.next());
    }
    try {
      (void)read_literal(damaged);
    } catch (const Error&) {
    }
  }
}

TEST(Base64, IsRfc4648s) {
  for (const auto& [text, meant] : {std::pair<const char*, const char*>{"", ""},
                                    {"Zg==", "f"},
                                    {"Zm8=", "fo"},
                                    {"Zm9v", "foo"},
                                    {"Zm9vYg==", "foob"},
                                    {"Zm9vYmE=", "fooba"},
                                    {"Zm9vYmFy", "foobar"}}) {
    EXPECT_EQ(decode_base64(text), meant);
  }
  EXPECT_EQ(decode_base64("+/8A"), std::string("\xfb\xff\x00", 3));
  for (const char* bad : {"Z", "Zg", "Zg=", "Zg=v", "====", "Zm9v\n", "Zm-v", "Z===", "=Zg="}) {
    EXPECT_ERROR(decode_base64(bad), bad_input, HasSubstr("base64"));
  }
}

/// Values of every kind that is kept, in two shards that part a weight.
struct Model {
  std::string description =
      R"({"format": "layers-model", "weightsManifest": [{"paths": ["s1", "s2"],
    "weights": [
      {"name": "a/kernel", "shape": [2, 2], "dtype": "float32"},
      {"name": "b", "shape": [3], "dtype": "float32",
       "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1}},
      {"name": "c", "shape": [2], "dtype": "float32",
       "quantization": {"dtype": "uint16", "scale": 0.001, "min": 2}},
      {"name": "d", "shape": [], "dtype": "int32"},
      {"name": "e", "shape": [4], "dtype": "float32", "quantization": {"dtype": "float16"}}]}]})";
  std::string data = bytes<float>({1.5f, -2, 3, 4}) + bytes<std::uint8_t>({0, 2, 255}) +
                     bytes<std::uint16_t>({0, 65535}) + bytes<std::int32_t>({-7}) +
                     bytes<std::uint16_t>({0x3C00, 0xC000, 0x0001, 0x7BFF});
  std::map<std::string, std::string> files{{"s1", data.substr(0, 18)}, {"s2", data.substr(18)}};

  [[nodiscard]] TensorMap read() const {
    return read_tfjs(description, [&](const std::string& name) -> std::optional<std::string> {
      const auto found = files.find(name);
      if (found == files.end()) return std::nullopt;
      return found->second;
    });
  }
};

void expect_values(const TensorMap& tensors) {
  ASSERT_EQ(tensors.size(), 5U);
  EXPECT_TRUE(at::equal(tensors.at("a/kernel"), at::tensor({1.5f, -2.f, 3.f, 4.f}).view({2, 2})));
  EXPECT_TRUE(at::equal(tensors.at("b"), at::tensor({-1.f, 0.f, 126.5f})));
  EXPECT_TRUE(at::equal(tensors.at("c"), at::tensor({2.f, static_cast<float>(65535 * 0.001 + 2)})));
  EXPECT_EQ(tensors.at("d").item<float>(), -7);
  EXPECT_TRUE(at::equal(tensors.at("e"), at::tensor({1.f, -2.f, 5.9604645e-8f, 65504.f})));
}

TEST(Tfjs, ReadsEveryKindAcrossShards) {
  expect_values(Model{}.read());
}

TEST(Tfjs, ReadsShardsWithinJavaScript) {
  Model model;
  // s1 as base64, in the two ways in which it may be named.
  for (const char* name : {"s1.js", "s1.min.js"}) {
    model.files.erase("s1");
    model.files[name] =
        "!function(){return x}({1:[function(d,h){h.exports=\"AADAPwAAAMAAAEBAAACAQAAC\"}]})";
    expect_values(model.read());
    model.files.erase(name);
  }
}

TEST(Tfjs, ReadsFolders) {
  const TemporaryFolder folder;
  const Model model;
  for (const auto& [name, content] : model.files) write_file(folder.path() / name, content);
  EXPECT_FALSE(is_tfjs(folder.path()));
  write_file(folder.path() / "model.json", model.description);
  EXPECT_TRUE(is_tfjs(folder.path()));
  EXPECT_TRUE(is_tfjs(folder.path() / "model.json"));
  EXPECT_FALSE(is_tfjs(folder.path() / "s1"));
  expect_values(read_tfjs(folder.path()));
  expect_values(read_tfjs(folder.path() / "model.json"));
}

TEST(Tfjs, RefusesDamage) {
  const auto refuse = [](auto change, const char* reason) {
    Model model;
    change(model);
    EXPECT_ERROR(model.read(), bad_input, HasSubstr(reason));
  };
  const auto replace = [](Model& m, const std::string& from, const std::string& to) {
    m.description.replace(m.description.find(from), from.size(), to);
  };
  refuse([](Model& m) { m.files.erase("s2"); }, "s2");
  refuse([](Model& m) { m.files["s2"].pop_back(); }, "end before e");
  refuse([](Model& m) { m.files["s2"] += 'x'; }, "1 bytes more");
  refuse([](Model& m) { m.files.erase("s1"), m.files["s1.js"] = "x.exports={}"; }, "s1.js");
  refuse([](Model& m) { m.description = "{}"; }, "weightsManifest");
  refuse([](Model& m) { m.description = R"({"weightsManifest": [1]})"; }, "weightsManifest");
  refuse([&](Model& m) { replace(m, "\"s2\"", "\"../s2\""); }, "../s2");
  refuse([&](Model& m) { replace(m, "\"s2\"", "\"\""); }, "no name");
  refuse([&](Model& m) { replace(m, "\"b\"", "\"a/kernel\""); }, "twice");
  refuse([&](Model& m) { replace(m, "[3]", "[-3]"); }, "shape of b");
  refuse([&](Model& m) { replace(m, "[3]", "[2.5]"); }, "shape of b");
  refuse([&](Model& m) { replace(m, "[3]", "[1099511627776, 1099511627776]"); }, "shape of b");
  refuse([&](Model& m) { replace(m, "[3]", "[4000000000]"); }, "2 GiB");
  refuse([&](Model& m) { replace(m, "int32", "string"); }, "'string'");
  refuse([&](Model& m) { replace(m, "uint16", "int8"); }, "'int8'");
  refuse([&](Model& m) { replace(m, "0.5", "1e999"); }, "");
}

}  // namespace
}  // namespace atelier::nets
