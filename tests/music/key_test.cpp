// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/key.hpp"

#include <gtest/gtest.h>

namespace atelier::music {
namespace {

TEST(Key, HasTheTonicOfItsSignatureAndMode) {
  EXPECT_EQ(tonic({2, Mode::major}), 2);
  EXPECT_EQ(tonic({-1, Mode::minor}), 2);
  EXPECT_EQ(tonic({0, Mode::dorian}), 2);
  EXPECT_EQ(tonic({0, Mode::locrian}), 11);
  EXPECT_EQ(name_of(Key{-1, Mode::minor}), "D minor");
  EXPECT_EQ(name_of(Key{3, Mode::minor}), "F# minor");
  EXPECT_EQ(name_of(Key{-3, Mode::mixolydian}), "Bb mixolydian");
}

TEST(Key, IsFoundAgainByItsTonic) {
  for (int fifths = -5; fifths <= 6; ++fifths) {
    for (int mode = 0; mode < 7; ++mode) {
      const Key key{fifths, static_cast<Mode>(mode)};
      EXPECT_EQ(key_of(tonic(key), key.mode), key);
      EXPECT_EQ(transposed(transposed(key, 7), -7), key);
      EXPECT_EQ(tonic(transposed(key, 5)), (tonic(key) + 5) % 12);
    }
  }
}

TEST(Key, SpellsEveryPitchBack) {
  for (int fifths = -7; fifths <= 7; ++fifths) {
    for (int pitch = 0; pitch < 128; ++pitch)
      EXPECT_EQ(pitch_of(spell(pitch, {fifths, Mode::major})), pitch);
  }
}

TEST(Key, SpellsByTheSignature) {
  EXPECT_EQ(name_of(spell(66, {1, Mode::major})), "F#4");
  EXPECT_EQ(name_of(spell(66, {-5, Mode::major})), "Gb4");
  EXPECT_EQ(name_of(spell(68, {0, Mode::minor})), "G#4");  // the leading tone of A minor
  EXPECT_EQ(name_of(spell(70, {0, Mode::major})), "Bb4");
  EXPECT_EQ(name_of(spell(60, {7, Mode::major})), "B#3");
  EXPECT_EQ(signature_alter({2, Mode::major}, 3), 1);    // F in D
  EXPECT_EQ(signature_alter({2, Mode::major}, 4), 0);    // G in D
  EXPECT_EQ(signature_alter({-2, Mode::major}, 2), -1);  // E in B flat
  EXPECT_EQ(signature_alter({-2, Mode::major}, 5), 0);   // A in B flat
}

}  // namespace
}  // namespace atelier::music
