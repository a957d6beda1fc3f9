// SPDX-License-Identifier: Apache-2.0
// Databases of LSUN's are packed with their classes and left as they are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "../base/error_matcher.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/dataset.hpp"
#include "atelier/train/picture_set.hpp"
#include "lsun_databases.hpp"

namespace atelier::jobs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class Lsun : public LsunDatabases {
 protected:
  /// Packs without leaving out what looks alike.
  PackReport pack_all(const std::filesystem::path& named, const std::string& set = "packed.set") {
    PackRequest request{{named.string()}, in_folder(set), {}};
    request.options.duplicates = "keep";
    return pack(request);
  }
};

TEST_F(Lsun, PicturesComeBackAsTheirFilesAreRead) {
  // Large and small: values on pages of their own, and beside their keys.
  const std::map<std::string, std::string> files{
      {"0a1b", encoded(waves(320, 240, 1), ".jpg")},
      {"1c2d", encoded(waves(48, 64, 2), ".webp")},
      {"3e4f", encoded(waves(16, 16, 3), ".jpg")},
  };
  const PackReport report = pack_all(database("church_outdoor_train_lmdb", files));
  EXPECT_EQ(report.pictures, 3);
  EXPECT_THAT(report.unreadable, ElementsAre());
  EXPECT_THAT(report.labels, ElementsAre(Pair("church_outdoor", 3)));
  const train::PictureSet set(report.output);
  ASSERT_EQ(set.size(), files.size());
  auto file = files.begin();
  for (std::size_t i = 0; i < set.size(); ++i, ++file) {
    const train::PackedPicture& picture = set.at(i);
    EXPECT_EQ(picture.name, file->first);
    write_quickly(in_folder("one"), file->second);
    const image::Image read = image::load(in_folder("one"));
    ASSERT_EQ(picture.width, read.width);
    ASSERT_EQ(picture.height, read.height);
    for (std::size_t k = 0; k < read.rgb.size(); ++k) {
      ASSERT_EQ(static_cast<long>(picture.pixels[k]), std::lround(read.rgb[k] * 255)) << k;
    }
  }
}

TEST_F(Lsun, ManyPicturesComeInTheOrderOfKeys) {
  std::map<std::string, std::string> files;
  for (int i = 0; i < 200; ++i) {
    files[sha256(std::as_bytes(std::span(&i, 1))).substr(0, 40)] =
        encoded(waves(16, 16, i), ".webp");
  }
  const train::PictureSet set(pack_all(database("many", files)).output);
  ASSERT_EQ(set.size(), files.size());
  EXPECT_TRUE(std::equal(set.pictures().begin(), set.pictures().end(), files.begin(),
                         [](const auto& a, const auto& b) { return a.name == b.first; }));
}

TEST_F(Lsun, FoldersAndTheirFilesAreTheSame) {
  const auto folder = database("bedroom_val_lmdb", {{"a", encoded(waves(32, 32, 1), ".jpg")}});
  const std::string digest = pack_all(folder).digest;
  EXPECT_EQ(pack_all(folder / "data.mdb", "file.set").digest, digest);
  EXPECT_EQ(pack_all(folder.string() + "/", "slash.set").digest, digest);
}

TEST_F(Lsun, ClassesAreInFoldersNames) {
  const std::map<std::string, std::string> files{{"a", encoded(waves(32, 32, 1), ".jpg")}};
  const std::map<std::string, std::string> classes{{"church_outdoor_train_lmdb", "church_outdoor"},
                                                   {"living_room_val_lmdb", "living_room"},
                                                   {"cat_lmdb", "cat"},
                                                   {"model_train", "model_train"},
                                                   {"_lmdb", "_lmdb"},
                                                   {"photographs", "photographs"}};
  for (const auto& [folder, label] : classes) {
    EXPECT_THAT(pack_all(database(folder, files)).labels, ElementsAre(Pair(label, 1))) << folder;
  }
}

TEST_F(Lsun, NothingIsWrittenToTheDatabase) {
  const auto folder = database("a_lmdb", {{"a", encoded(waves(32, 32, 1), ".jpg")}});
  const std::string before = bytes_of(folder / "data.mdb");
  const auto written = std::filesystem::last_write_time(folder / "data.mdb");
  std::filesystem::permissions(folder / "data.mdb", std::filesystem::perms::owner_read);
  std::filesystem::permissions(
      folder, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_EQ(pack_all(folder).pictures, 1);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  EXPECT_EQ(bytes_of(folder / "data.mdb"), before);
  EXPECT_EQ(std::filesystem::last_write_time(folder / "data.mdb"), written);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(Lsun, BrokenPicturesAreLeftOutAndNamed) {
  const std::string whole = encoded(waves(64, 64, 1), ".jpg");
  const auto folder = database("a_lmdb", {{"cut", whole.substr(0, whole.size() / 2)},
                                          {"good", whole},
                                          {"nothing", ""},
                                          {"text", "no picture"}});
  const PackReport report = pack_all(folder);
  EXPECT_EQ(report.pictures, 1);
  EXPECT_THAT(report.unreadable, ElementsAre(HasSubstr((folder / "cut").string() + " is damaged"),
                                             HasSubstr((folder / "nothing").string() + " is empty"),
                                             HasSubstr((folder / "text").string())));
}

TEST_F(Lsun, OddKeysAreNamedByTheirDigest) {
  const std::string picture = encoded(waves(32, 32, 1), ".jpg");
  const std::string other = encoded(waves(32, 32, 2), ".jpg");
  const std::string odd = "../\x1b[31m\n", longest(511, 'k');
  const train::PictureSet set(pack_all(database("a", {{odd, picture}, {longest, other}})).output);
  ASSERT_EQ(set.size(), 2U);
  EXPECT_EQ(set.at(0).name, sha256(std::as_bytes(std::span(odd))));
  EXPECT_EQ(set.at(1).name, sha256(std::as_bytes(std::span(longest))));
}

TEST_F(Lsun, AnEmptyDatabaseHasNoPictureToPack) {
  EXPECT_ERROR(pack_all(database("a_lmdb", {})), invalid_argument,
               HasSubstr("there is no picture"));
  EXPECT_FALSE(std::filesystem::exists(in_folder("packed.set")));
}

}  // namespace
}  // namespace atelier::jobs
