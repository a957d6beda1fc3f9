// SPDX-License-Identifier: Apache-2.0
#include "gan/model.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "random_tensors.hpp"

namespace atelier::gan {
namespace {

class ModelTest : public testing::Test {
 protected:
  const GeneratorForm form_{"skip", 32, 8, 8, 2};
  const TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "model.safetensors";
  const train::Parameters parameters_{generator_specs(form_), 4, at::kCPU};
  const Norms norms_{{"start", {at::ones({3}), at::full({3}, 2.0)}}};
};

TEST_F(ModelTest, ComesBackAsItWasSaved) {
  save_model(path_, form_, {"sea", "sky"}, parameters_, norms_, 12);
  const Model model = load_model(path_, at::kCPU);
  EXPECT_EQ(model.form.architecture, "skip");
  EXPECT_EQ(model.form.size, 32);
  EXPECT_EQ(model.form.classes, 2);
  EXPECT_EQ(model.classes, (std::vector<std::string>{"sea", "sky"}));
  EXPECT_EQ(model.step, 12);
  EXPECT_TRUE(at::allclose(model.parameters->values(), parameters_.values(), 1e-3, 1e-4));
  EXPECT_TRUE(at::equal(model.norms.at("start").second, at::full({3}, 2.0)));
}

TEST_F(ModelTest, RefusesWhatIsMissingDamagedOrAnothers) {
  const auto kind = [&] {
    try {
      static_cast<void>(load_model(path_, at::kCPU));
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::internal;
  };
  EXPECT_EQ(kind(), ErrorKind::missing_weights);
  save_model(path_, form_, {"sea", "sky"}, parameters_, norms_, 12);
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-5, std::ios::end);
    file.put('x');
  }
  EXPECT_EQ(kind(), ErrorKind::bad_input);
  std::ofstream(path_) << "no model";
  EXPECT_EQ(kind(), ErrorKind::bad_input);
}

}  // namespace
}  // namespace atelier::gan
