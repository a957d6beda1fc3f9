// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/marks.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "atelier/provenance/perceptual_hash.hpp"
#include "base/error_matcher.hpp"
#include "provenance/picture_attacks.hpp"

namespace atelier::provenance {
namespace {

using image::Image;
using testing::HasSubstr;
namespace fs = std::filesystem;

MarkedWork work_of(std::uint64_t payload, std::uint64_t fingerprint) {
  return {payload, fingerprint, std::string(64, 'a'), std::string(64, '0'), "Ada", "manifest"};
}

/// A few large soft shapes under fine grain.
Image shapes(std::uint64_t seed) {
  RandomStream random(seed, "shapes");
  Image coarse{12, 12, {}, {}, 8};
  for (int i = 0; i < 432; ++i) coarse.rgb.push_back(static_cast<float>(random.uniform()));
  Image picture = image::resize(coarse, {320, 280});
  for (float& value : picture.rgb)
    value = 0.2F + 0.6F * value + static_cast<float>(0.02 * random.normal());
  return in_8_bits(std::move(picture));
}

TEST(PerceptualHash, CountsBits) {
  EXPECT_EQ(hash_distance(0, 0), 0);
  EXPECT_EQ(hash_distance(0, ~std::uint64_t{0}), 64);
  EXPECT_EQ(hash_distance(0b1011, 0b0110), 3);
}

// A wave of one frequency alone: its bit is set, and half of all are.
TEST(PerceptualHash, SeesAWave) {
  Image picture{64, 64, {}, {}, 8};
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) {
      const auto value =
          static_cast<float>(0.5 + 0.4 * std::cos(3.14159265358979 * (2 * x + 1) * 3 / 128) *
                                       std::cos(3.14159265358979 * (2 * y + 1) * 2 / 128));
      picture.rgb.insert(picture.rgb.end(), 3, value);
    }
  EXPECT_EQ(perceptual_hash(picture) >> (63 - (1 * 8 + 2)) & 1, 1U);
}

TEST(PerceptualHash, StaysNearThroughAttacksAndFarBetweenPictures) {
  const TemporaryFolder folder;
  const Image picture = shapes(1);
  const std::uint64_t hash = perceptual_hash(picture);
  for (const Attack& attack : attacks())
    if (attack.name != "crop-70" && attack.name != "tilt-5") {
      EXPECT_LE(hash_distance(hash, perceptual_hash(attack.apply(picture, 1, folder.path()))), 6)
          << attack.name;
    }
  EXPECT_GT(hash_distance(hash, perceptual_hash(shapes(2))), 16);
}

TEST(MarkStoreTest, KeepsWorksAndItsKey) {
  const TemporaryFolder folder;
  const fs::path place = folder.path() / "new" / "marks";
  std::array<std::byte, 8> before{}, after{};
  {
    MarkStore store(place);
    store.key().expand("test", before.data(), before.size());
    store.add(work_of(0xffffffffffffffff, 0x8000000000000001));
  }
  const MarkStore store(place);
  store.key().expand("test", after.data(), after.size());
  EXPECT_EQ(before, after);
  EXPECT_EQ(store.size(), 1U);
  const auto work = store.by_payload(0xffffffffffffffff);
  ASSERT_TRUE(work);
  EXPECT_EQ(work->fingerprint, 0x8000000000000001);
  EXPECT_EQ(work->author, "Ada");
  EXPECT_EQ(work->manifest, "manifest");
  EXPECT_FALSE(store.by_payload(1));
  EXPECT_NE(store.new_payload(), store.new_payload());
  struct stat status {};
  for (const char* file : {"watermark.key", "marks.sqlite"}) {
    ASSERT_EQ(stat((place / file).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 077U, 0U) << file;
  }
}

TEST(MarkStoreTest, FindsTheNearestFirst) {
  const TemporaryFolder folder;
  MarkStore store(folder.path() / "marks");
  store.add(work_of(1, 0b111));
  store.add(work_of(2, 0b1));
  store.add(work_of(3, 0xffff));
  const auto near = store.by_fingerprint(0, 3, 10);
  ASSERT_EQ(near.size(), 2U);
  EXPECT_EQ(near[0].work.payload, 2U);
  EXPECT_EQ(near[0].distance, 1);
  EXPECT_EQ(near[1].distance, 3);
  EXPECT_EQ(store.by_fingerprint(0, 64, 1).size(), 1U);
}

TEST(MarkStoreTest, RefusesWhatIsNotSo) {
  const TemporaryFolder folder;
  MarkStore store(folder.path() / "marks");
  store.add(work_of(1, 1));
  const auto refuses = [&](const MarkedWork& work, const char* text) {
    EXPECT_ERROR(store.add(work), invalid_argument, HasSubstr(text));
  };
  refuses(work_of(1, 2), "already");
  MarkedWork work = work_of(2, 2);
  work.credential = "A" + std::string(63, 'a');
  refuses(work, "credential");
  work = work_of(2, 2);
  work.author.clear();
  refuses(work, "author");
  EXPECT_EQ(store.size(), 1U);
}

TEST(MarkStoreTest, RefusesAKeyThatIsOpenOrDamaged) {
  const TemporaryFolder folder;
  const fs::path place = folder.path() / "marks", file = place / "watermark.key";
  { const MarkStore store(place); }
  fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
  EXPECT_ERROR(MarkStore(place), bad_input, HasSubstr("watermark.key"));
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  fs::resize_file(file, 31);
  EXPECT_ERROR(MarkStore(place), bad_input, HasSubstr("31 bytes"));
}

TEST(Recover, ByMarkByFingerprintOrNotAtAll) {
  const TemporaryFolder folder;
  MarkStore store(folder.path() / "marks");
  const Image picture = shapes(1);
  const std::uint64_t payload = store.new_payload();
  const Image marked = in_8_bits(embed_watermark(picture, payload, store.key()));
  store.add(work_of(payload, perceptual_hash(marked)));

  const auto by_mark = recover(part_of(marked, 40, 30, 260, 240), store);
  ASSERT_FALSE(by_mark.empty());
  EXPECT_EQ(by_mark[0].evidence, Recovery::Evidence::watermark);
  EXPECT_EQ(by_mark[0].work.payload, payload);
  EXPECT_LT(by_mark[0].chance, 1e-6);

  const auto by_look = recover(image::resize(picture, {160, 140}), store);
  ASSERT_EQ(by_look.size(), 1U);
  EXPECT_EQ(by_look[0].evidence, Recovery::Evidence::fingerprint);
  EXPECT_EQ(by_look[0].work.payload, payload);

  EXPECT_TRUE(recover(shapes(2), store).empty());
}

TEST(UnrelatedShare, GrowsWithDistance) {
  for (int distance = 1; distance <= 64; ++distance)
    EXPECT_GE(unrelated_share(distance), unrelated_share(distance - 1));
  EXPECT_EQ(unrelated_share(max_fingerprint_distance + 1), 1);
}

}  // namespace
}  // namespace atelier::provenance
