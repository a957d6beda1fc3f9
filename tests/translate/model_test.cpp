// SPDX-License-Identifier: Apache-2.0
#include "translate/model.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <fstream>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "train/model_file.hpp"
#include "translate/form.hpp"

namespace atelier::translate {
namespace {

class TranslatorModel : public testing::Test {
 protected:
  [[nodiscard]] ErrorKind refusal() const {
    try {
      static_cast<void>(load_model(path_, at::kCPU));
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::internal;
  }

  const TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "model.safetensors";
  const train::Parameters there_{fast::parameter_specs(architecture_of(4)), 1, at::kCPU};
  const train::Parameters back_{fast::parameter_specs(architecture_of(4)), 2, at::kCPU};
};

TEST_F(TranslatorModel, ComesBackAsItWasSaved) {
  save_model(path_, 4, there_, back_, 12);
  const Model model = load_model(path_, at::kCPU);
  EXPECT_EQ(model.width, 4);
  EXPECT_EQ(model.step, 12);
  EXPECT_TRUE(at::allclose(model.there->values(), there_.values(), 1e-3, 1e-4));
  EXPECT_TRUE(at::allclose(model.back->values(), back_.values(), 1e-3, 1e-4));
  EXPECT_FALSE(at::allclose(model.there->values(), back_.values(), 1e-3, 1e-4));
}

TEST_F(TranslatorModel, IsRefusedWhenMissingDamagedOrAnothers) {
  EXPECT_EQ(refusal(), ErrorKind::missing_weights);
  save_model(path_, 4, there_, back_, 12);
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-5, std::ios::end);
    file.put('x');
  }
  EXPECT_EQ(refusal(), ErrorKind::bad_input);
  std::ofstream(path_) << "no model";
  EXPECT_EQ(refusal(), ErrorKind::bad_input);
}

TEST_F(TranslatorModel, IsRefusedWhenItsTensorsAreNotThoseOfItsWidth) {
  constexpr train::ModelKind kind{"atelier translator 1", "translator", "atelier train translate"};
  for (const char* width : {"5", "-4", "4x", "99999999999", ""}) {
    save_model(path_, 4, there_, back_, 12);
    const train::ModelFile file = train::load_model_file(path_, kind);
    train::save_model_file(path_, kind, file.tensors, {{"width", width}, {"step", "12"}});
    EXPECT_EQ(refusal(), ErrorKind::bad_input) << width;
  }
}

}  // namespace
}  // namespace atelier::translate
