// SPDX-License-Identifier: Apache-2.0
#include "appraise/collection.hpp"

#include <gmock/gmock.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::appraise {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Collections : public ::testing::Test {
 protected:
  void put(const std::string& name, const std::string& content = "x") const {
    std::filesystem::create_directories((folder_.path() / name).parent_path());
    write_file(folder_.path() / name, content);
  }
  [[nodiscard]] std::string refusal() const {
    try {
      static_cast<void>(read_emotions(folder_.path() / "works", folder_.path() / "t.tsv", "E: "));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder_;
};

TEST_F(Collections, ClassesAreFolders) {
  put("styles/Cubism/juan-gris_guitar.jpg");
  put("styles/Cubism/notes.txt");
  put("styles/Rococo/deep/a.png");
  put("styles/b.png");
  const std::vector<Work> works = read_classes(folder_.path() / "styles");
  ASSERT_EQ(works.size(), 2U);
  EXPECT_EQ(works[0].label, "Cubism");
  EXPECT_EQ(works[0].artist, "juangris");
  EXPECT_EQ(works[0].collection, "styles");
  EXPECT_EQ(works[1].label, "Rococo");
  EXPECT_EQ(works[1].artist, "");
}

TEST_F(Collections, OneClassIsNone) {
  put("styles/Cubism/a_b.jpg");
  EXPECT_THROW(static_cast<void>(read_classes(folder_.path() / "styles")), Error);
}

TEST_F(Collections, EmotionsOfTheWorksThatAreThere) {
  put("works/a1.jpg");
  put("works/c3.jpg");
  put("t.tsv",
      "ID\tArtist\tE: fear\tother\tE: joy\r\na1\tM.C. Escher\t0.25\tx\t1\r\nb2\tB\t0\t\t0\r\n"
      "c3\t\t0\t\t0.5\n");
  const Emotions emotions =
      read_emotions(folder_.path() / "works", folder_.path() / "t.tsv", "E: ");
  EXPECT_THAT(emotions.names, ElementsAre("fear", "joy"));
  ASSERT_EQ(emotions.works.size(), 2U);
  EXPECT_EQ(emotions.works[0].artist, "mcescher");
  EXPECT_THAT(emotions.shares[0], ElementsAre(0.25, 1));
  EXPECT_THAT(emotions.shares[1], ElementsAre(0, 0.5));
}

TEST_F(Collections, DamagedTablesAreRefusedInWords) {
  put("works/a.jpg");
  put("t.tsv", "ID\tE: fear\na\t0\n");
  EXPECT_THAT(refusal(), HasSubstr("no column 'Artist'"));
  put("t.tsv", "ID\tArtist\na\tb\n");
  EXPECT_THAT(refusal(), HasSubstr("begins with 'E: '"));
  put("t.tsv", "ID\tArtist\tE: fear\na\tb\t1.5\n");
  EXPECT_THAT(refusal(), HasSubstr("line 2: '1.5' is no share"));
  put("t.tsv", "ID\tArtist\tE: fear\na\tb\tnan\n");
  EXPECT_THAT(refusal(), HasSubstr("'nan' is no share"));
  put("t.tsv", "ID\tArtist\tE: fear\na\tb\n");
  EXPECT_THAT(refusal(), HasSubstr("line 2: 2 columns; the heading has 3"));
  put("t.tsv", "ID\tArtist\tE: fear\nz\tb\t0\n");
  EXPECT_THAT(refusal(), HasSubstr("holds none of the pictures"));
}

}  // namespace
}  // namespace atelier::appraise
