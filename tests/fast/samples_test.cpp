// SPDX-License-Identifier: Apache-2.0
#include "fast/samples.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "atelier/base/random.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/train/picture_set.hpp"
#include "random_vgg.hpp"

namespace atelier::fast {
namespace {

struct Fixture {
  explicit Fixture(int paintings_count = 5) {
    pack_waves(folder.path() / "photos", 6, 40, 0);
    pack_waves(folder.path() / "paintings", paintings_count, 48, 20);
    training.train.batch = 4;
    training.fast.size = 32;
    training.fast.style_size = 40;
  }
  TemporaryFolder folder;
  FastTraining training;
  [[nodiscard]] std::filesystem::path path(const char* name) const { return folder.path() / name; }
};

TEST(Samples, AreFunctionsOfStepAndPlace) {
  const Fixture f;
  const train::PictureSet photos(f.path("photos")), paintings(f.path("paintings"));
  Samples one(photos, paintings, f.training), other(photos, paintings, f.training);
  const at::Tensor photo = one.photo(9, 2);
  EXPECT_EQ(photo.sizes(), (std::vector<std::int64_t>{1, 3, 32, 32}));
  static_cast<void>(other.photo(50, 1));
  EXPECT_TRUE(at::equal(other.photo(9, 2), photo));
  EXPECT_TRUE(at::equal(one.painting(5), other.painting(5)));
  EXPECT_FALSE(at::equal(one.photo(9, 3), photo));
}

TEST(Samples, AreNeverEnlarged) {
  const TemporaryFolder folder;
  {
    train::PictureSetWriter set(folder.path() / "noise");
    for (std::uint64_t i = 0; i < 4; ++i) {
      RandomStream chance(i, "noise");
      std::vector<std::byte> pixels(std::size_t{48} * 32 * 3);
      for (std::byte& value : pixels) value = static_cast<std::byte>(chance.next() % 256);
      set.add(std::to_string(i), 48, 32, pixels);
    }
    set.finish();
  }
  const train::PictureSet noise(folder.path() / "noise");
  FastTraining training;
  training.train.batch = 4;
  training.fast.size = training.fast.style_size = 32;
  const Samples samples(noise, noise, training);
  const auto off = [](const at::Tensor& picture) {  // from bytes
    const at::Tensor bytes = picture * 255;
    return (bytes - bytes.round()).abs().max().item<float>();
  };
  for (int i = 0; i < 8; ++i) {
    EXPECT_LT(off(samples.photo(i, 1)), 1e-3F) << i;
    EXPECT_LT(off(samples.painting(static_cast<std::uint64_t>(i))), 1e-3F) << i;
  }
}

TEST(Samples, BringThePaintingWhereItChanges) {
  const Fixture f;
  const train::PictureSet photos(f.path("photos")), paintings(f.path("paintings"));
  const Samples samples(photos, paintings, f.training);
  int brought = 0;
  for (std::int64_t step = 1; step <= 16; ++step) {
    const Samples::Sample sample = samples.sample(step, 1);
    EXPECT_TRUE(at::equal(sample.photo, samples.photo(step, 1)));
    EXPECT_EQ(sample.paints_own_style, samples.paints_own_style(step, 1));
    EXPECT_EQ(sample.colours.mean, colours_of(sample.photo).mean);
    const std::uint64_t turn = samples.painting_turn(step, 1);
    ASSERT_EQ(sample.painting.defined(), turn != samples.painting_turn(step - 1, 1)) << step;
    if (!sample.painting.defined()) continue;
    EXPECT_TRUE(at::equal(sample.painting, samples.painting(turn)));
    ++brought;
  }
  EXPECT_EQ(brought, 2);
}

TEST(Samples, PaintingsStayAndChangeInTurn) {
  const Fixture f;
  const train::PictureSet photos(f.path("photos")), paintings(f.path("paintings"));
  const Samples samples(photos, paintings, f.training);
  std::set<std::uint64_t> turns;
  std::map<std::int64_t, int> changes;  // by step
  for (std::int64_t step = 1; step <= 80; ++step) {
    for (std::int64_t slot = 0; slot < 4; ++slot) {
      turns.insert(samples.painting_turn(step, slot));
      changes[step] += samples.painting_turn(step, slot) != samples.painting_turn(step - 1, slot);
    }
  }
  EXPECT_EQ(turns.size(), 44U);  // 4 places, 80 steps of 8 each, and what stood there before
  for (const auto& [step, count] : changes) EXPECT_LE(count, 1) << step;
}

TEST(Samples, HoldOutSomeOfBoth) {
  const Fixture f;
  const train::PictureSet photos(f.path("photos")), paintings(f.path("paintings"));
  const Samples samples(photos, paintings, f.training);
  const auto pairs = samples.held_out(3);
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ(pairs[0].photo.sizes(), (std::vector<std::int64_t>{1, 3, 40, 40}));
}

TEST(Samples, OnePaintingIsEnough) {
  const Fixture f(1);
  const train::PictureSet photos(f.path("photos")), paintings(f.path("paintings"));
  Samples samples(photos, paintings, f.training);
  EXPECT_EQ(samples.painting(7).size(2), 40);
  EXPECT_EQ(samples.held_out(2).size(), 2U);
}

TEST(Samples, LieElsewhereAtEachStep) {
  const Fixture f;
  const train::PictureSet photos(f.path("photos")), paintings(f.path("paintings"));
  const Samples one(photos, paintings, f.training), other(photos, paintings, f.training);
  std::set<std::pair<int, int>> places;
  for (std::int64_t step = 0; step < 20; ++step) {
    const Place place = one.place(step, 1), again = other.place(step, 1);
    EXPECT_EQ(place.top, again.top);
    EXPECT_EQ(place.left, again.left);
    places.emplace(place.top, place.left);
  }
  EXPECT_EQ(places.size(), 20U);
}

TEST(Samples, OwnStylesComeAsOftenAsAsked) {
  Fixture f;
  f.training.fast.own_style = 0.25;
  const train::PictureSet photos(f.path("photos")), paintings(f.path("paintings"));
  const Samples samples(photos, paintings, f.training);
  int own = 0;
  for (std::int64_t step = 0; step < 500; ++step) own += samples.paints_own_style(step, step % 4);
  EXPECT_NEAR(own, 125, 40);
}

}  // namespace
}  // namespace atelier::fast
