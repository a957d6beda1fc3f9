// SPDX-License-Identifier: Apache-2.0
#include "sequence/corpus.hpp"

#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::sequence {
namespace {

class Corpora : public testing::Test {
 protected:
  Corpus read(const std::string& text) const {
    write_file(path_, text);
    return read_corpus(path_, options_);
  }
  ErrorKind kind_of(const std::string& text) const {
    try {
      static_cast<void>(read(text));
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::internal;
  }

  const TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "text";
  SequenceOptions options_;
};

TEST_F(Corpora, OfOneTextAreItsTokens) {
  options_.held_out = 0.2;
  const Corpus corpus = read("abcabcabx\n");
  EXPECT_EQ(corpus.trained.size(), 8U);
  EXPECT_EQ(corpus.knowledge.tokenizer->decode(corpus.trained), "abcabcab");
  EXPECT_EQ(corpus.held_out, (std::vector<Token>{0, 0}));  // the trained side alone is known
  EXPECT_EQ(corpus.characters_per_token, 1);
  EXPECT_EQ(corpus.digest, sha256_file(path_));
  EXPECT_EQ(corpus.knowledge.beginning.size(), 1U);
}

TEST_F(Corpora, OfDocumentsHaveAnEndBehindEach) {
  options_.delimiter = "\\n\\n";
  options_.held_out = 0.34;
  const Corpus corpus = read("\xEF\xBB\xBF\u660E\u6708\n\nab\n\nb\u6708\n");
  const Tokenizer& t = *corpus.knowledge.tokenizer;
  EXPECT_EQ(t.decode(corpus.trained), "\u660E\u6708ab");
  EXPECT_EQ(corpus.trained.size(), 6U);
  EXPECT_EQ(corpus.trained[2], Tokenizer::end);
  EXPECT_EQ(corpus.trained.back(), Tokenizer::end);
  EXPECT_EQ(t.decode(corpus.held_out), "b\u6708");
  EXPECT_NEAR(corpus.characters_per_token, 2.0 / 3, 1e-9);
  EXPECT_EQ(corpus.knowledge.beginning, std::vector<Token>{Tokenizer::end});
}

TEST_F(Corpora, OfEventsAreTheirNumbers) {
  options_.tokenizer = "events";
  options_.vocabulary = 64;
  options_.delimiter = "\\n";
  options_.held_out = 0.5;
  const Corpus corpus = read("5 6 7\n8 9 10\n");
  EXPECT_EQ(corpus.trained, (std::vector<Token>{5, 6, 7, 1}));
  EXPECT_EQ(corpus.held_out, (std::vector<Token>{8, 9, 10, 1}));
  EXPECT_EQ(kind_of("5 64\n1\n"), ErrorKind::bad_input);
}

TEST_F(Corpora, RefuseWhatIsNoText) {
  EXPECT_EQ(kind_of(""), ErrorKind::invalid_argument);
  EXPECT_EQ(kind_of("abc\xFFz\n\n\n"), ErrorKind::bad_input);
  EXPECT_EQ(kind_of("abcdefghijklmn\xC3"), ErrorKind::bad_input);  // in what is held out
  EXPECT_EQ(kind_of(std::string(100, '\0')), ErrorKind::bad_input);
  options_.split = "digest";
  EXPECT_EQ(kind_of("one document"), ErrorKind::invalid_argument);
  EXPECT_THROW(static_cast<void>(read_corpus(folder_.path() / "none", options_)), Error);
}

}  // namespace
}  // namespace atelier::sequence
