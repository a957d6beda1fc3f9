// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/document.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "forms.hpp"
#include "sequence/character_tokenizer.hpp"
#include "sequence/trained_model.hpp"

namespace atelier::sequence {
namespace {

constexpr float never = -std::numeric_limits<float>::infinity();

/// A decoder that foretells the alphabet of its vocabulary: behind token t comes t + 1, behind the
/// last the first letter; all others are ten nats less likely.
class Alphabet : public Decoder {
 public:
  explicit Alphabet(const Tokenizer& tokenizer)
      : logits_(static_cast<std::size_t>(tokenizer.vocabulary())) {}
  [[nodiscard]] int vocabulary() const override { return static_cast<int>(logits_.size()); }
  [[nodiscard]] std::int64_t capacity() const override { return 0; }
  void restart() override {}
  void mark() override {}
  void back() override {}
  [[nodiscard]] std::span<const float> read(std::span<const Token> tokens) override {
    std::fill(logits_.begin(), logits_.end(), -10.0F);
    const std::size_t next = tokens.back() + 1U;
    logits_[next < logits_.size() && next > 2 ? next : 3] = 0;
    return logits_;
  }

 private:
  std::vector<float> logits_;
};

class WrittenDocuments : public testing::Test {
 protected:
  /// A model that knows a line end, which is token 2, and some letters.
  TextModel model(int heading, std::vector<SeenRuns> seen = {},
                  const std::string& characters = "\nabcdefgh") {
    const auto tokenizer = std::make_shared<CharacterTokenizer>(characters);
    SequenceForm form = small_form("lstm");
    form.vocabulary = tokenizer->vocabulary();
    const auto path = folder_.path() / "model.safetensors";
    save_model(path, form, {tokenizer, {Tokenizer::end}, heading, {}, std::move(seen)},
               stirred_parameters(form, at::kFloat), 1);
    return TextModel::load(path);
  }
  static DocumentRequest greedy(std::string opening, std::int64_t length) {
    DocumentRequest request;
    request.opening = std::move(opening);
    request.length = length;
    request.choice.temperature = 0;
    return request;
  }

  TemporaryFolder folder_;
};

TEST_F(WrittenDocuments, GoOnBehindAnOpeningAndTellItAsTheyGo) {
  const TextModel m = model(0);
  Alphabet decoder(m.tokenizer());
  std::vector<std::string> told;
  const Document document =
      write_document(m, decoder, greedy("bc", 4),
                     {.form = nullptr, .on_title = {}, .on_text = [&](std::string_view text) {
                        told.emplace_back(text);
                      }});
  EXPECT_EQ(document.text, "bcdefg");
  EXPECT_EQ(document.title, "");
  EXPECT_EQ(document.tokens, 4);
  EXPECT_FALSE(document.complete);
  EXPECT_LT(document.bits, 0.01);
  EXPECT_EQ(document.copied, 0);
  EXPECT_THAT(told, testing::ElementsAre("bc", "d", "e", "f", "g"));
}

TEST_F(WrittenDocuments, BeginWithATitleThatIsGivenOrWritten) {
  const TextModel m = model(2);
  const auto decoder = m.decoder(Precision::fp32);
  DocumentRequest request = greedy("a", 3);
  request.title = "hh";
  EXPECT_EQ(write_document(m, *decoder, request).title, "hh");
  request.title.clear();
  std::string told = "none";
  const Document document = write_document(
      m, *decoder, request,
      {.form = nullptr, .on_title = [&](auto title) { told = title; }, .on_text = {}});
  EXPECT_EQ(document.title.find('\n'), std::string::npos);
  EXPECT_EQ(told, document.title);
  EXPECT_TRUE(document.text.starts_with("a"));
}

/// Three letters, of lines of three; counts what is asked.
class ThreeLetters : public DocumentForm {
 public:
  explicit ThreeLetters(std::size_t letters) : letters_(letters) {}
  void begin(std::span<const Token> opening) override { seen_ = opening.size(); }
  void constrain(std::span<const Token> body, std::span<float> logits) override {
    EXPECT_GE(body.size(), seen_);
    seen_ = body.size();
    if (seen_ >= letters_) {
      std::fill(logits.begin() + 2, logits.end(), never);
    } else {
      logits[Tokenizer::end] = never;
    }
  }
  [[nodiscard]] bool ends_line(std::span<const Token> body) override {
    return body.size() % 3 == 0 && body.size() < letters_;
  }
  void mark() override { marked_ = seen_; }
  void back() override {
    ++returns;
    seen_ = marked_;
  }

  int returns = 0;

 private:
  std::size_t letters_, seen_ = 0, marked_ = 0;
};

TEST_F(WrittenDocuments, EndWhereTheModelOrTheFormSays) {
  const TextModel m = model(0);
  Alphabet decoder(m.tokenizer());
  ThreeLetters form(3);
  const Document document = write_document(m, decoder, greedy("a", 100), {&form, {}, {}});
  EXPECT_EQ(document.text, "abc");
  EXPECT_TRUE(document.complete);
  EXPECT_EQ(form.returns, 0);
}

TEST_F(WrittenDocuments, AreToldAsTheDraftsOfTheirLinesThatStay) {
  const TextModel m = model(0);
  const auto decoder = m.decoder(Precision::fp32);
  DocumentRequest request = greedy("a", 100);
  request.choice.temperature = 2;
  for (request.drafts = 1; request.drafts < 6; ++request.drafts) {
    ThreeLetters form(9);
    std::string told;
    const Document document = write_document(
        m, *decoder, request, {&form, {}, [&](std::string_view text) { told.append(text); }});
    EXPECT_EQ(told, document.text);
    EXPECT_EQ(document.text.size(), 9U);
    EXPECT_TRUE(document.complete);
    const int stretches = 3;
    EXPECT_GE(form.returns, request.drafts == 1 ? 0 : stretches);
    EXPECT_LE(form.returns, request.drafts == 1 ? 0 : stretches * request.drafts);
  }
}

TEST_F(WrittenDocuments, EndInAFormWithASentenceWhereADraftDoes) {
  const TextModel m = model(0, {}, "\nabc.");
  const auto decoder = m.decoder(Precision::fp32);
  DocumentRequest request = greedy("a", 100);
  request.choice.temperature = 2;
  const auto sentences = [&](int drafts) {
    int count = 0;
    request.drafts = drafts;
    for (request.seed = 0; request.seed < 20; ++request.seed) {
      ThreeLetters form(3);
      const Document document = write_document(m, *decoder, request, {&form, {}, {}});
      count += document.text.ends_with('.') ? 1 : 0;
    }
    return count;
  };
  EXPECT_GT(sentences(32), 15);
  EXPECT_LT(sentences(1), 15);
}

TEST_F(WrittenDocuments, AvoidLongCopiesAndTellShortOnes) {
  const CharacterTokenizer tokenizer("\nabcdefgh");
  const std::vector<SeenRuns> seen{SeenRuns::of(tokenizer.encode("abcdefgh"), 3, "")};
  const TextModel m = model(0, seen);
  Alphabet decoder(m.tokenizer());
  DocumentRequest request = greedy("a", 6);
  Document document = write_document(m, decoder, request);
  EXPECT_EQ(document.text, "abcdefg");
  EXPECT_EQ(document.copied, 7);
  EXPECT_EQ(document.copied_text, "abcdefg");
  request.copy_limit = 4;
  document = write_document(m, decoder, request);
  EXPECT_LE(document.copied, 4);
  EXPECT_TRUE(document.text.starts_with("abcd"));
  EXPECT_NE(document.text[4], 'e');
}

TEST_F(WrittenDocuments, LeanTowardsTheirTopic) {
  const TextModel m = model(0);
  const auto nearness = m.nearness(m.tokenizer().encode("e"));
  ASSERT_EQ(nearness.size(), 11U);
  EXPECT_NEAR(nearness[m.tokenizer().encode("e")[0]], 1, 1e-4);
  EXPECT_LT(*std::min_element(nearness.begin(), nearness.end()), 0);
  EXPECT_TRUE(m.nearness({}).empty());
  Alphabet decoder(m.tokenizer());
  DocumentRequest request = greedy("a", 8);
  request.topic = "e";
  EXPECT_EQ(write_document(m, decoder, request).text, "abcdefgha");
  request.topic_weight = 20;
  EXPECT_EQ(write_document(m, decoder, request).text.substr(0, 3), "aef");
  request.topic_weight = 40;
  EXPECT_EQ(write_document(m, decoder, request).text.substr(0, 4), "aeef");  // it was said already
}

TEST_F(WrittenDocuments, StandInChaptersWithNumbers) {
  const TextModel m = model(0);
  Alphabet decoder(m.tokenizer());
  DocumentRequest request = greedy("a", 3);
  request.chapters = 2;
  const Document document = write_document(m, decoder, request);
  EXPECT_EQ(document.text, "I\n\nabcd\n\nII\n\nabc");
  EXPECT_EQ(document.tokens, 6);
}

TEST_F(WrittenDocuments, EndWithASentenceInTheirLastQuarter) {
  const TextModel m = model(0, {}, "\nabc.");
  Alphabet decoder(m.tokenizer());
  EXPECT_EQ(write_document(m, decoder, greedy("a", 8)).text, "abc.abc.");
  EXPECT_EQ(write_document(m, decoder, greedy("a", 6)).text, "abc.abc");
}

TEST_F(WrittenDocuments, RefuseWhatTheModelDoesNotKnow) {
  const TextModel m = model(0);
  EXPECT_THROW(static_cast<void>(write_document(m, *m.decoder(), greedy("x", 3))), Error);
  EXPECT_THROW(static_cast<void>(write_document(m, *m.decoder(), greedy("\xC3", 3))), Error);
  DocumentRequest titled = greedy("a", 3);
  titled.title = "b";
  EXPECT_THROW(static_cast<void>(write_document(m, *m.decoder(), titled)), Error);
  EXPECT_THROW(
      static_cast<void>(write_document(model(1, {}, "abcdefghi"), *m.decoder(), greedy("a", 3))),
      Error);
}

}  // namespace
}  // namespace atelier::sequence
