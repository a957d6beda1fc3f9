// SPDX-License-Identifier: Apache-2.0
#include "fast/model.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::fast {
namespace {

Standard standard() {
  return {at::zeros({level_count()}), at::ones({level_count()})};
}

TEST(Model, GivesBackWhatWasSavedInHalfPrecision) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "model.safetensors";
  const Architecture a = architecture_of("modulated");
  const train::Parameters parameters(parameter_specs(a), 3, at::kCPU);
  save_model(path, "modulated", parameters, standard(), 77);
  EXPECT_LE(std::filesystem::file_size(path), 8'000'000U);
  const Model model = load_model(path, at::kCPU);
  EXPECT_EQ(model.step, 77);
  EXPECT_TRUE(model.architecture.modulated);
  EXPECT_TRUE(at::allclose(model.parameters->values(), parameters.values(), 1e-3, 1e-6));
}

ErrorKind kind_of_refusal(const std::filesystem::path& path) {
  try {
    static_cast<void>(load_model(path, at::kCPU));
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::internal;
}

TEST(Model, RefusesWhatIsMissingDamagedOrAnother) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "model.safetensors";
  EXPECT_EQ(kind_of_refusal(path), ErrorKind::missing_weights);
  const train::Parameters parameters(parameter_specs(architecture_of("plain")), 3, at::kCPU);
  save_model(path, "plain", parameters, standard(), 1);
  std::string bytes = read_file(path, 1 << 24);
  bytes[bytes.size() - 3] = static_cast<char>(bytes[bytes.size() - 3] ^ 1);
  write_file(path, bytes);
  EXPECT_EQ(kind_of_refusal(path), ErrorKind::bad_input);
  write_file(path, "text");
  EXPECT_EQ(kind_of_refusal(path), ErrorKind::bad_input);
}

TEST(Model, StandardisesWhatTheNetworkIsTold) {
  StyleStatistics one, two;
  one.levels = at::full({level_count()}, 3.0);
  two.levels = at::full({level_count()}, 100.0);
  for (const StyleLayer& layer : style_layers()) {
    one.correlations[layer.name] = two.correlations[layer.name] = at::eye(layer.channels);
  }
  const Standard standard{at::full({level_count()}, 1.0), at::full({level_count()}, 4.0)};
  const StyleBatch batch = style_batch({&one, &two}, standard, at::kCPU);
  EXPECT_FLOAT_EQ(batch.levels[0][5].item<float>(), 0.5F);
  EXPECT_FLOAT_EQ(batch.levels[1][5].item<float>(), 5);  // held within 5 deviations
  EXPECT_EQ(batch.correlations.at("relu4_1").sizes(), (std::vector<std::int64_t>{2, 512, 512}));
}

}  // namespace
}  // namespace atelier::fast
