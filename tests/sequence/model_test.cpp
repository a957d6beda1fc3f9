// SPDX-License-Identifier: Apache-2.0
#include "sequence/model.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/sequence/text_model.hpp"
#include "atelier/sequence/writing.hpp"
#include "forms.hpp"
#include "sequence/character_tokenizer.hpp"
#include "sequence/row_decoder.hpp"
#include "sequence/trained_model.hpp"

namespace atelier::sequence {
namespace {

class SequenceModelFile : public testing::TestWithParam<std::string> {
 protected:
  void save() const { save_model(path_, form_, knowledge_, parameters_, 12); }
  ErrorKind kind() const {
    try {
      static_cast<void>(load_model(path_));
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::internal;
  }

  const SequenceForm form_ = small_form(GetParam());
  TextKnowledge knowledge_{std::make_shared<CharacterTokenizer>("\nabcd\u660E\u6708\U0001F319."),
                           {1},
                           2,
                           {"moon", "o\'er"},
                           {SeenRuns::of(std::vector<Token>{3, 4, 5, 6, 7, 8}, 4, "a text")}};
  const TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "model.safetensors";
  const train::Parameters parameters_ = stirred_parameters(form_, at::kFloat);
};

INSTANTIATE_TEST_SUITE_P(Forms, SequenceModelFile, testing::Values("transformer", "lstm"));

TEST_P(SequenceModelFile, ComesBackAsItWasSaved) {
  save();
  const Model model = load_model(path_);
  EXPECT_EQ(model.form.architecture, form_.architecture);
  EXPECT_EQ(model.form.vocabulary, 11);
  EXPECT_EQ(model.form.context, form_.context);
  EXPECT_EQ(model.knowledge.tokenizer->serialised(), knowledge_.tokenizer->serialised());
  EXPECT_EQ(model.knowledge.beginning, std::vector<Token>{1});
  EXPECT_EQ(model.knowledge.heading, 2);
  EXPECT_EQ(model.knowledge.words, knowledge_.words);
  ASSERT_EQ(model.knowledge.seen.size(), 1U);
  EXPECT_EQ(model.knowledge.seen[0].source(), "a text");
  EXPECT_EQ(model.knowledge.seen[0].filter(), knowledge_.seen[0].filter());
  EXPECT_EQ(model.step, 12);
  EXPECT_TRUE(
      at::allclose(trained_parameters(model, at::kCPU).values(), parameters_.values(), 1e-3, 1e-4));
}

TEST_P(SequenceModelFile, HasTheSameNumbersWithTorchAndWithout) {
  save();
  const Model model = load_model(path_);
  const train::Parameters by_torch = trained_parameters(model, at::kCPU);
  for (const train::ParameterSpec& spec : by_torch.specs()) {
    const std::vector<float> ours = nets::numbers_of(model.parameters[spec.name]);
    const at::Tensor& theirs = by_torch[spec.name];
    ASSERT_EQ(std::ssize(ours), theirs.numel()) << spec.name;
    EXPECT_EQ(0, std::memcmp(ours.data(), theirs.data_ptr(), theirs.nbytes())) << spec.name;
  }
  for (const Precision precision : {Precision::fp16, Precision::int8}) {
    const auto plainly = make_row_decoder(model.form, model.parameters, precision);
    const auto through_torch = make_row_decoder(model.form, plain(model.form, by_torch), precision);
    const std::vector<Token> tokens{1, 7, 3, 10};
    const auto a = plainly->read(tokens), b = through_torch->read(tokens);
    EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end()));
  }
}

TEST_P(SequenceModelFile, KnowsWhatIsNearToATextAsTorchTellsIt) {
  save();
  const std::vector<Token> text{4, 6, 6};
  const train::Parameters parameters = trained_parameters(load_model(path_), at::kCPU);
  const at::Tensor table = parameters["tokens"].detach();
  const auto unit = [](const at::Tensor& t) {
    return t / at::linalg_vector_norm(t, 2, at::IntArrayRef{-1}, true);
  };
  const at::Tensor rows = unit(table - table.mean(0, /*keepdim=*/true));
  const at::Tensor cosines = at::mv(rows, unit(rows[4] + rows[6] + rows[6]));
  const std::vector<float> ours = TextModel::load(path_).nearness(text);
  ASSERT_EQ(std::ssize(ours), cosines.numel());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_NEAR(ours[i], cosines[static_cast<std::int64_t>(i)].item<float>(), 1e-6);
  }
}

TEST_P(SequenceModelFile, WritesAlikeWithEveryPrecisionButTheLowest) {
  save();
  const TextModel model = TextModel::load(path_);
  WritingOptions options;
  options.length = 30;
  options.choice.temperature = 0;
  const auto written = [&](Precision precision) {
    const auto decoder = model.decoder(precision);
    return model.tokenizer().decode(write(*decoder, model.beginning(), options).tokens);
  };
  EXPECT_EQ(written(Precision::fp32), written(Precision::fp16));
  EXPECT_NO_THROW(static_cast<void>(written(Precision::int8)));
}

TEST_P(SequenceModelFile, IsRefusedWhenMissingDamagedOrAnothers) {
  EXPECT_EQ(kind(), ErrorKind::missing_weights);
  save();
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-5, std::ios::end);
    file.put('x');
  }
  EXPECT_EQ(kind(), ErrorKind::bad_input);
  std::ofstream(path_) << "no model";
  EXPECT_EQ(kind(), ErrorKind::bad_input);
  TextKnowledge other = knowledge_;
  other.beginning = {11};  // a token beyond the vocabulary
  save_model(path_, form_, other, parameters_, 12);
  EXPECT_EQ(kind(), ErrorKind::bad_input);
  other = knowledge_;
  other.tokenizer = std::make_shared<CharacterTokenizer>("abc");  // too few for the table
  save_model(path_, form_, other, parameters_, 12);
  EXPECT_EQ(kind(), ErrorKind::bad_input);
}

}  // namespace
}  // namespace atelier::sequence
