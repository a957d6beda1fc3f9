// SPDX-License-Identifier: Apache-2.0
#include "atelier/translate/judgement.hpp"

#include <gtest/gtest.h>

#include "../fast/random_vgg.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/train/picture_set.hpp"
#include "untrained_translator.hpp"

namespace atelier::translate {
namespace {

TEST(TranslatorJudged, OnWhatIsHeldOut) {
  const TemporaryFolder folder;
  fast::pack_waves(folder.path() / "from", 90, 32, 0);
  fast::pack_waves(folder.path() / "to", 100, 32, 200);
  const train::PictureSet from(folder.path() / "from"), to(folder.path() / "to");
  const Translator translator(untrained_translator(folder.path()));
  const nets::FeatureNet vgg = fast::random_vgg(16);
  const Judgement judged = judge(translator, vgg, from, to);
  EXPECT_GE(judged.from, 4);
  EXPECT_LT(judged.from, 25);
  EXPECT_NE(judged.there.translated, judged.there.untouched);
  EXPECT_DOUBLE_EQ(judged.there.untouched, judged.back.untouched);
  EXPECT_GT(judged.cycle_psnr, 3);
  EXPECT_LT(judged.cycle_psnr, 60);
  EXPECT_GT(judged.cycle_features, 0);
  fast::pack_waves(folder.path() / "few", 10, 32, 0);
  const train::PictureSet few(folder.path() / "few");
  EXPECT_THROW(static_cast<void>(judge(translator, vgg, few, to)), Error);
}

}  // namespace
}  // namespace atelier::translate
