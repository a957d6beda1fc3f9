// SPDX-License-Identifier: Apache-2.0
#include "nets/pickle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "nets/state_dict.hpp"
#include "pickle_bytes.hpp"

namespace atelier::nets {
namespace {

using namespace atelier::testing;
using ::testing::HasSubstr;

bool none(const PickleGlobal&) {
  return false;
}

Pickle read(const std::string& bytes) {
  return read_pickle(bytes_of(bytes), none);
}

std::string refusal(const std::string& bytes) {
  try {
    static_cast<void>(read(bytes));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    return error.what();
  }
  return "";
}

TEST(Pickle, ReadsNumbers) {
  struct Case {
    std::string opcodes;
    std::int64_t value;
  };
  using namespace std::string_literals;
  for (const Case& c : {Case{"K\xff"s, 255},
                        {"M\xe9\x03"s, 1001},
                        {"J\xff\xff\xff\xff"s, -1},
                        {"J\x00\x00\x00\x80"s, -2147483648LL},
                        {"\x8a\x00"s, 0},
                        {"\x8a\x01\xff"s, -1},
                        {"\x8a\x02\xff\x00"s, 255},
                        {"\x8b\x03\x00\x00\x00\x00\x00\x01"s, 65536}}) {
    const Pickle pickle = read(proto() + c.opcodes + ".");
    ASSERT_TRUE(pickle.root->as<std::int64_t>()) << c.value;
    EXPECT_EQ(*pickle.root->as<std::int64_t>(), c.value);
  }
  EXPECT_EQ(*read("G\x3f\xf8\x00\x00\x00\x00\x00\x00."s).root->as<double>(), 1.5);
  EXPECT_EQ(
      read("\x8a\x09\x01\x02\x03\x04\x05\x06\x07\x08\x09."s).root->as<PickleBigInt>()->bytes.size(),
      9u);
}

TEST(Pickle, ReadsContainersAndMemo) {
  // {"a": (1, 2), "b": [the same tuple]}
  const Pickle pickle =
      read(proto() + "}(" + text("a") + "K\x01K\x02\x86q\x05" + text("b") + "]h\x05" + "au.");
  const auto* dict = pickle.root->as<PickleDict>();
  ASSERT_TRUE(dict);
  ASSERT_EQ(dict->items.size(), 2u);
  EXPECT_EQ(*dict->items[0].first->as<std::string>(), "a");
  const auto* list = dict->items[1].second->as<PickleList>();
  ASSERT_TRUE(list);
  ASSERT_EQ(list->items.size(), 1u);
  EXPECT_EQ(list->items[0], dict->items[0].second);
  EXPECT_EQ(*list->items[0]->as<PickleTuple>()->items[1]->as<std::int64_t>(), 2);
}

TEST(Pickle, ReadsProtocolFour) {
  using namespace std::string_literals;
  const std::string body = "\x8c\x02hi\x94."s;
  const Pickle pickle = read("\x80\x04\x95"s + little<std::uint64_t>(body.size()) + body + "rest");
  EXPECT_EQ(*pickle.root->as<std::string>(), "hi");
  EXPECT_EQ(pickle.size, 11 + body.size());
}

TEST(Pickle, TakesAListThatHoldsItself) {
  const Pickle pickle =
      read(proto() + "]q" + std::string(1, '\0') + "h" + std::string(1, '\0') + "a.");
  EXPECT_EQ(pickle.root->as<PickleList>()->items[0], pickle.root);
}

TEST(Pickle, TakesDeepNestingWithoutRecursion) {
  const Pickle pickle = read(proto() + ")" + std::string(500'000, '\x85') + ".");
  EXPECT_EQ(pickle.nodes.size(), 500'001u);
}

TEST(Pickle, RefusesCode) {
  using namespace std::string_literals;
  for (const std::string& bytes :
       {proto() + global("posix", "system") + text("rm -rf /") + "\x85R.",
        "\x80\x04"s + text("posix") + text("system") + "\x93" + text("true") + "\x85R.",
        "(iposix\nsystem\n."s, "(S'true'\niposix\nsystem\n."s}) {
    const std::string message = refusal(bytes);
    if (bytes.find("(S") == 0) {
      EXPECT_THAT(message, HasSubstr("opcode 0x53"));
    } else {
      EXPECT_THAT(message, HasSubstr("wants to run posix.system")) << bytes;
      EXPECT_THAT(message, HasSubstr("never executes code"));
    }
  }
  for (const char* name : {"eval", "getattr", "exec"}) {
    EXPECT_THAT(refusal(global("builtins", name) + "."), HasSubstr(name));
  }
  EXPECT_THAT(refusal(global("a\x1b[2J", "b") + "."), HasSubstr("a?[2J.b"));
}

TEST(Pickle, RefusesStateOfOtherThings) {
  EXPECT_THAT(refusal("]}b."), HasSubstr("state"));
  EXPECT_THAT(refusal("K\x01)R."), HasSubstr("no name"));
}

TEST(Pickle, RefusesUnknownOpcodesByByte) {
  // NEWOBJ, NEWOBJ_EX, EXT1, EXT2, EXT4, OBJ, PERSID, NEXT_BUFFER: all of them can make objects.
  for (const char opcode : {'\x81', '\x92', '\x82', '\x83', '\x84', 'o', 'P', '\x97'}) {
    EXPECT_THAT(refusal(proto() + ")" + opcode + "....."), HasSubstr("opcode 0x"));
  }
}

TEST(Pickle, RefusesWhatExceedsLimits) {
  EXPECT_THAT(refusal(std::string(1001, '(')), HasSubstr("thousand"));
  EXPECT_THAT(refusal(std::string(1'000'001, 'N')), HasSubstr("million"));
  EXPECT_THAT(refusal("N" + std::string(1'000'001, '2')), HasSubstr("million"));
  EXPECT_THAT(refusal("X\xff\xff\xff\xff"), HasSubstr("ends early"));
  EXPECT_THAT(refusal("\x8e\xff\xff\xff\xff\xff\xff\xff\xff"), HasSubstr("ends early"));
  EXPECT_THAT(refusal("\x80\x05."), HasSubstr("protocol"));
}

TEST(Pickle, RefusesStackErrors) {
  for (const char* bytes : {".", "0", "t", "a", "u", "s", "R", "b", "Q", "\x85", "(0", "(.",
                            "h\x01", "q\x01", "N(u", "N(e", "}(Nu", "\x93", "2"}) {
    EXPECT_THAT(refusal(bytes), HasSubstr("damaged")) << bytes;
  }
}

PickledTensor small_tensor() {
  PickledTensor tensor;
  tensor.elements = 6;
  tensor.sizes = {2, 3};
  tensor.strides = {3, 1};
  return tensor;
}

std::string small_file() {
  return legacy_file(dict({{"w", small_tensor().pickle()}}), {{"0", 6, std::string(24, 'x')}});
}

std::string dict_refusal(const PickledTensor& tensor) {
  try {
    static_cast<void>(read_state_dict(bytes_of(proto() + dict({{"w", tensor.pickle()}}) + ".")));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    return error.what();
  }
  return "";
}

TEST(StateDict, ReadsTensorsParametersAndOrderedDicts) {
  const std::string tensor = small_tensor().pickle();
  const std::string parameter =
      global("torch._utils", "_rebuild_parameter") +
      tuple({tensor, "\x88", global("collections", "OrderedDict") + ")R"}) + "R";
  const std::string ordered = global("collections", "OrderedDict") + ")R(" + text("a") + tensor +
                              text("b") + parameter + text("epoch") + "K\x07u" +
                              dict({{"_metadata", "N"}}) + "b";
  for (const std::string& object : {ordered, dict({{"state_dict", ordered}})}) {
    const StateDict state = read_state_dict(bytes_of(proto() + object + "."));
    ASSERT_EQ(state.tensors.size(), 2u);
    EXPECT_EQ(state.tensors.at("b").sizes, (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(state.storages.at("0").elements, 6);
    EXPECT_EQ(state.storages.at("0").type, DType::f32);
  }
}

TEST(StateDict, RefusesWindowsOutsideTheirStorage) {
  EXPECT_EQ(dict_refusal(small_tensor()), "");
  PickledTensor t = small_tensor();
  t.offset = 1;
  EXPECT_THAT(dict_refusal(t), HasSubstr("outside"));
  t.offset = -1;
  EXPECT_THAT(dict_refusal(t), HasSubstr("impossible"));
  t = small_tensor();
  t.strides = {4, 1};
  EXPECT_THAT(dict_refusal(t), HasSubstr("outside"));
  t.strides = {-3, 1};
  EXPECT_THAT(dict_refusal(t), HasSubstr("outside"));
  t.strides = {0x7fffffff, 0x7fffffff};
  EXPECT_THAT(dict_refusal(t), HasSubstr("outside"));
  t = small_tensor();
  t.sizes = {2, 4};  // strides of 0 would show one element many times
  t.strides = {0, 0};
  EXPECT_THAT(dict_refusal(t), HasSubstr("more elements"));
  t.sizes = {0x7fffffff, 0x7fffffff};
  EXPECT_THAT(dict_refusal(t), HasSubstr("impossible"));
  t.sizes = {2};
  EXPECT_THAT(dict_refusal(t), HasSubstr("impossible"));
  t = small_tensor();
  t.elements = -1;
  EXPECT_THAT(dict_refusal(t), HasSubstr("out of range"));
  t = small_tensor();
  t.storage_type = "Tensor";
  EXPECT_THAT(dict_refusal(t), HasSubstr("torch.Tensor"));
}

TEST(LegacyTorchFile, FindsDataByKey) {
  const std::string file = small_file();
  const LegacyTorchFile read = read_legacy_torch_file(bytes_of(file));
  EXPECT_EQ(read.data.at("0").size(), 24u);
}

TEST(LegacyTorchFile, RefusesEveryTruncation) {
  const std::string file = small_file();
  for (std::size_t size = 0; size < file.size(); ++size) {
    const std::string part = file.substr(0, size);
    EXPECT_THROW(static_cast<void>(read_legacy_torch_file(bytes_of(part))), Error) << size;
  }
  EXPECT_THROW(static_cast<void>(read_legacy_torch_file(bytes_of(file + "x"))), Error);
}

TEST(LegacyTorchFile, SurvivesDamage) {
  const std::string file = small_file();
  RandomStream random(1, "damage");
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = file;
    for (int k = 0; k <= i % 3; ++k)
      damaged[random.next() % file.size()] = static_cast<char>(random.next());
    try {
      static_cast<void>(read_legacy_torch_file(bytes_of(damaged)));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      ++refused;
    }
  }
  EXPECT_GT(refused, 10'000);  // the rest changed names or data alone
}

TEST(LegacyTorchFile, RefusesStoragesThatDoNotFit) {
  const std::string object = dict({{"w", small_tensor().pickle()}});
  const std::string data(24, 'x');
  for (const auto& storages : std::vector<std::vector<LegacyStorage>>{
           {}, {{"1", 6, data}}, {{"0", 5, data}}, {{"0", 6, data}, {"0", 6, data}}}) {
    EXPECT_THROW(static_cast<void>(read_legacy_torch_file(bytes_of(legacy_file(object, storages)))),
                 Error);
  }
}

}  // namespace
}  // namespace atelier::nets
