// SPDX-License-Identifier: Apache-2.0
#include "atelier/nets/models.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/nets/feature_net.hpp"
#include "nets/converted_model.hpp"
#include "nets/safetensors.hpp"
#include "nets/vgg.hpp"
#include "pickle_bytes.hpp"
#include "vgg_weights.hpp"

namespace atelier::nets {
namespace {

using namespace atelier::testing;
using ::testing::HasSubstr;

template <class Action>
std::string refusal(ErrorKind kind, Action action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "nothing was refused";
  return "";
}

/// Overwrites one byte.
void damage(const std::filesystem::path& path, std::streamoff at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(at);
  file.put('?');
}

TEST(Registry, IsComplete) {
  for (const ModelInfo& model : registry()) {
    EXPECT_EQ(&find_model(model.name), &model);
    EXPECT_FALSE(model.title.empty());
    EXPECT_FALSE(model.licence.empty());
    EXPECT_EQ(model.package_client.empty(), model.package_sha256.empty());
    for (const std::string& digest :
         {model.package_sha256, model.member_sha256, model.converted_sha256}) {
      EXPECT_EQ(digest.size(), model.package_client.empty() ? 0u : 64u) << model.name;
    }
  }
  EXPECT_EQ(fetch_command(find_model("vgg19")), "atelier models fetch vgg19");
  EXPECT_EQ(fetch_command(find_model("vgg16")), "atelier models import vgg16 FILE.pth");
  EXPECT_THAT(refusal(ErrorKind::invalid_argument, [] { static_cast<void>(find_model("vgg11")); }),
              HasSubstr("vgg19, vgg16"));
}

TEST(FeatureNetLoad, SaysWhatBringsTheWeights) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal(ErrorKind::missing_weights,
                      [&] { static_cast<void>(FeatureNet::load("vgg19", {}, folder.path())); }),
              HasSubstr("atelier models fetch vgg19"));
  EXPECT_THAT(refusal(ErrorKind::invalid_argument,
                      [&] { static_cast<void>(FeatureNet::load("vgg11", {}, folder.path())); }),
              HasSubstr("vgg11"));
}

TEST(Import, RefusesAnotherFileUnderAPinnedName) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "other.whl";
  write_file(file, "hello");
  const std::string message = refusal(ErrorKind::bad_input, [&] {
    static_cast<void>(import_model(find_model("vgg19"), file, folder.path() / "models"));
  });
  EXPECT_THAT(message, HasSubstr("2cf24dba5fb0"));  // SHA-256 of "hello"
  EXPECT_THAT(message, HasSubstr("3ee4139038c5"));
  EXPECT_THAT(message, HasSubstr("atelier models fetch vgg19"));
}

TEST(FeatureNetLoad, RefusesAForgedFileWithAForgedSidecar) {
  const TemporaryFolder folder;
  save_converted(find_model("vgg19"), {{"conv1_1.weight", at::zeros({4, 3, 3, 3})}},
                 find_model("vgg19").input, find_model("vgg19").package_sha256, folder.path());
  EXPECT_FALSE(model_state(find_model("vgg19"), folder.path()).verified);
  EXPECT_THAT(refusal(ErrorKind::missing_weights,
                      [&] { static_cast<void>(FeatureNet::load("vgg19", {}, folder.path())); }),
              HasSubstr("985274b6c7de"));
}

/// One import of a whole VGG-16 serves several questions; it has 59 MB.
TEST(Import, TakesATorchvisionFileAndWatchesOverIt) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "user.safetensors";
  write_safetensors(file, {torchvision_state(vgg16_convolutions()), {}});
  const ModelInfo& vgg16 = find_model("vgg16");
  const auto models = folder.path() / "models";
  const ModelState state = import_model(vgg16, file, models);
  EXPECT_TRUE(state.present);
  EXPECT_TRUE(state.verified);
  EXPECT_EQ(state.source_sha256, sha256_file(file));
  EXPECT_EQ(state.sha256, sha256_file(models / "vgg16.safetensors"));

  const FeatureNet net = FeatureNet::load("vgg16", {}, models);
  EXPECT_EQ(net.name(), "vgg16");
  EXPECT_EQ(net.digest(), state.sha256);
  EXPECT_EQ(net.layers().size(), 13u);
  EXPECT_EQ(net.layers().back(), "relu5_3");
  // features.0 holds zeros and a bias of 0.5, whatever the picture.
  const at::Tensor f = net.network().forward(at::ones({1, 3, 2, 2}), {"relu1_1"}).at("relu1_1");
  EXPECT_EQ(f.min().item<float>(), 0.5f);

  const Safetensors converted = read_safetensors(models / "vgg16.safetensors");
  EXPECT_THAT(converted.metadata.at("input"), HasSubstr("0.485"));
  damage(models / "vgg16.safetensors", 50'000'000);
  EXPECT_FALSE(model_state(vgg16, models).verified);
  EXPECT_THAT(refusal(ErrorKind::missing_weights,
                      [&] { static_cast<void>(FeatureNet::load("vgg16", {}, models)); }),
              HasSubstr("atelier models import vgg16"));
  std::filesystem::remove(models / "vgg16.sha256");
  EXPECT_FALSE(model_state(vgg16, models).verified);
}

TEST(Import, RefusesUsersFilesThatAreNoWeights) {
  const TemporaryFolder folder;
  const ModelInfo& vgg16 = find_model("vgg16");
  const auto import = [&](const std::string& content) {
    const auto file = folder.path() / "file.pth";
    write_file(file, content);
    return refusal(ErrorKind::bad_input,
                   [&] { static_cast<void>(import_model(vgg16, file, folder.path() / "models")); });
  };
  EXPECT_THAT(import("hello, world"), HasSubstr("safetensors"));
  EXPECT_THAT(import(legacy_file(global("os", "system") + text("true") + "\x85R", {})),
              HasSubstr("os.system"));
  EXPECT_THAT(import(legacy_file(dict({}), {})), HasSubstr("features.0.weight"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "models" / "vgg16.safetensors"));
}

}  // namespace
}  // namespace atelier::nets
