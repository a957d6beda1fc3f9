// SPDX-License-Identifier: Apache-2.0
#include "appraise/style_head.hpp"

#include <gmock/gmock.h>

#include "appraise/calibration.hpp"
#include "appraise/figures.hpp"
#include "appraise/rows.hpp"

namespace atelier::appraise {
namespace {

ClassedRows three_classes(double apart) {
  ClassedRows works{test::clusters(60, 3, apart, 12), {}, {}, 3};
  works.classes = at::arange(180, at::kLong) % 3;
  works.parts = at::arange(180, at::kLong).floor_divide(3) % 5;
  return works;
}

const auto go_on = [] {};

TEST(StyleHead, LearnsWhatCanBeTold) {
  const ClassedRows works = three_classes(6);
  const StyleHead style = learn_style(works, go_on);
  EXPECT_EQ(accuracy_of(confusion(works.classes, style.held_out.argmax(1), 3)), 1);
  EXPECT_EQ(accuracy_of(confusion(works.classes, logits_of(style, works.rows).argmax(1), 3)), 1);
}

TEST(StyleHead, DoubtsWhatCannotBeTold) {
  // Classes without a difference: calibrated, nobody is surer than a third.
  const ClassedRows works = three_classes(0);
  const StyleHead style = learn_style(works, go_on);
  const at::Tensor sure =
      std::get<0>(at::softmax(style.held_out / style.temperature, 1).max(1)).mean();
  EXPECT_LT(sure.item<double>(), 0.4);
}

TEST(StyleHead, LeftOutLogitsNeverSawTheirPart) {
  // Works of part 0 wear wrong classes: whoever had learned from them would call some of them so.
  ClassedRows works = three_classes(8);
  works.classes = at::where(works.parts == 0, (works.classes + 1) % 3, works.classes);
  const StyleHead style = learn_style(works, go_on);
  const at::Tensor out = (works.parts == 0).nonzero().squeeze(1);
  const at::Tensor called = style.held_out.argmax(1).index_select(0, out);
  EXPECT_EQ((called == works.classes.index_select(0, out)).sum().item<int>(), 0);
}

TEST(StyleHead, RareClassesCountAlike) {
  ClassedRows works = three_classes(2.5);
  const at::Tensor kept = (works.classes != 0) | (works.parts * 12 + at::arange(180) % 7 == 15) |
                          (at::arange(180) % 30 == 0);
  works = works.where(kept);
  const at::Tensor rare = (works.classes == 0).nonzero().squeeze(1);
  ASSERT_LT(rare.size(0), 15);
  const StyleHead style = learn_style(works, go_on);
  const at::Tensor called = logits_of(style, works.rows).argmax(1).index_select(0, rare);
  EXPECT_GT((called == 0).to(at::kDouble).mean().item<double>(), 0.8);
}

TEST(StyleHead, TheSameAgainAndStoppable) {
  const ClassedRows works = three_classes(1);
  const StyleHead one = learn_style(works, go_on), two = learn_style(works, go_on);
  EXPECT_TRUE(at::equal(one.head.weights, two.head.weights));
  EXPECT_EQ(one.temperature, two.temperature);
  EXPECT_THROW(static_cast<void>(learn_style(works, [] { throw 1; })), int);
}

TEST(Standard, HeadsOnPlainRowsSayTheSame) {
  const at::Tensor rows = test::deviates(30, 6) * 5 + 20;
  const Standard standard = standard_of(rows);
  EXPECT_NEAR(standard(rows).square().sum(1).mean().item<double>(), 1, 1e-9);
  const Linear head{test::deviates(6, 4, "weights"), test::deviates(1, 4, "bias")[0]};
  const Linear plain = on_plain(head, standard);
  EXPECT_TRUE(at::allclose(plain(rows), head(standard(rows))));
  const Linear half = rounded(plain, standard.mean);
  EXPECT_TRUE(at::allclose(half(rows), plain(rows), 0, 0.02));
  EXPECT_TRUE(at::allclose(half(standard.mean.unsqueeze(0)), plain(standard.mean.unsqueeze(0))));
}

TEST(Standard, ANumberThatNeverVariesIsHarmless) {
  const at::Tensor rows = at::cat({test::deviates(10, 2), at::ones({10, 1}, at::kDouble)}, 1);
  EXPECT_TRUE(at::isfinite(standard_of(rows)(rows)).all().item<bool>());
}

}  // namespace
}  // namespace atelier::appraise
