// SPDX-License-Identifier: Apache-2.0
#include "jobs/appraise/texts.hpp"

#include <gmock/gmock.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class Texts : public testing::Test {
 protected:
  Texts() {
    for (const char* folder : {"poems", "both", "empty"}) fs::create_directory(at(folder));
    for (const char* file : {"poems/b.txt", "poems/A.TXT", "poems/.hidden.txt", "poems/notes.md",
                             "both/a.txt", "both/a.jpg"}) {
      write_file(at(file), "a line");
    }
  }
  [[nodiscard]] fs::path at(const char* name) const { return folder_.path() / name; }
  [[nodiscard]] static std::vector<std::string> names(const NamedByKind& of) {
    std::vector<std::string> names;
    for (const AskedPicture& text : of.texts) names.push_back(text.path.filename().string());
    return names;
  }

  TemporaryFolder folder_;
};

TEST_F(Texts, AreThoseOfAFolderWithoutPictures) {
  const NamedByKind named = by_kind({at("poems"), at("both"), at("empty")});
  EXPECT_THAT(names(named), ElementsAre("A.TXT", "b.txt"));
  EXPECT_FALSE(named.texts.front().named);
  EXPECT_THAT(named.pictures, ElementsAre(at("both"), at("empty")));
}

TEST_F(Texts, AreNamedByThemselvesAndByPatterns) {
  const NamedByKind named =
      by_kind({at("both/a.txt"), at("poems/../both/a.txt"), at("both/a.jpg"), at("poems/*.txt")});
  EXPECT_THAT(names(named), ElementsAre("a.txt", "b.txt"));
  EXPECT_TRUE(named.texts.front().named);
  EXPECT_THAT(named.pictures, ElementsAre(at("both/a.jpg")));
}

TEST_F(Texts, AreRefusedWithTheirNames) {
  write_file(at("broken.txt"), "fine\n\xed\xa0\x80");
  for (const char* name : {"broken.txt", "none.txt", "empty"}) {
    try {
      static_cast<void>(load_text(at(name)));
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      EXPECT_THAT(error.what(), testing::HasSubstr(name));
    }
  }
}

TEST(KeptWords, TellWhatAPoemKeepsOfAForm) {
  verse::Portrait portrait;
  EXPECT_EQ(kept_words(portrait), "");
  portrait.check = {{"metre", {{"asked", 4}, {"right", 3}}},
                    {"rhyme", {{"asked", 2}, {"right", 2}}}};
  EXPECT_EQ(kept_words(portrait), "3 of 4 lines in metre, 2 of 2 rhymes");
  portrait.language = verse::Language::chinese;
  portrait.check = {{"tones", {{"asked", 20}, {"right", 19}}}};
  EXPECT_EQ(kept_words(portrait), "19 of 20 tones");
}

}  // namespace
}  // namespace atelier::jobs
