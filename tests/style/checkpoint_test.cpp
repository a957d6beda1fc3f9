// SPDX-License-Identifier: Apache-2.0
// A painting that was stopped and gone on with is the one that was never stopped.
#include "atelier/style/checkpoint.hpp"

#include <gmock/gmock.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/style/stylize.hpp"
#include "nets/sealed.hpp"
#include "small_net.hpp"

namespace atelier::style {
namespace {

using testing::HasSubstr;

constexpr double never = 1e6;  // s
const std::string painting = "a painting";

StylizeOptions quick() {
  StylizeOptions options;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1"};
  options.iterations = 8;
  options.first_iterations = 15;
  options.min_size = 24;
  options.device = "cpu";
  return options;
}

std::shared_ptr<Checkpoint> open(const TemporaryFolder& folder, double every = never) {
  return std::make_shared<Checkpoint>(folder.path() / "painting.checkpoint", every, painting);
}

/// Paints until the step of this number in the whole, or to the end where that is 0.
StylizeResult paint(const StylizeOptions& options, std::shared_ptr<Checkpoint> checkpoint = {},
                    int until = 0, std::vector<Step>* steps = nullptr) {
  StylizePictures pictures{waves(48, 36, 1), {waves(40, 40, 2)}, {}};
  pictures.checkpoint = std::move(checkpoint);
  if (options.init == "start.png") pictures.init = waves(48, 36, 5);
  std::stop_source stop;
  return stylize(
      small_net(), std::move(pictures), options,
      [&](const Step& step, const auto&) {
        if (steps != nullptr) steps->push_back(step);
        if (step.iteration == until) stop.request_stop();
      },
      stop.get_token());
}

void expect_same(const StylizeResult& result, const StylizeResult& whole) {
  EXPECT_EQ(result.image.rgb, whole.image.rgb);
  EXPECT_EQ(result.iterations, whole.iterations);
  EXPECT_EQ(result.losses.total, whole.losses.total);
  EXPECT_EQ(result.stop_reason, whole.stop_reason);
}

struct Variant {
  const char* name;
  StylizeOptions options;
};

std::vector<Variant> variants() {
  std::vector<Variant> all;
  const auto add = [&](const char* name, auto change) {
    all.push_back({name, quick()});
    change(all.back().options);
  };
  add("lbfgs", [](auto&) {});
  add("adam", [](auto& o) { o.optimizer = "adam"; });
  add("lbfgs at one scale", [](auto& o) { o.min_size = 48, o.iterations = 25; });
  add("adam at one scale",
      [](auto& o) { o.optimizer = "adam", o.min_size = 48, o.iterations = 25; });
  add("three scales", [](auto& o) { o.min_size = 16, o.scale_step = 1.7; });
  add("steps that are taken back", [](auto& o) { o.step_size = 0.9; });
  add("from noise", [](auto& o) { o.init = "noise"; });
  add("from a picture", [](auto& o) { o.init = "start.png"; });
  add("the photograph's colours", [](auto& o) { o.color = "keep"; });
  add("nearest", [](auto& o) { o.loss = "nearest"; });
  add("until a loss", [](auto& o) { o.until_loss = 0.2; });
  add("libtorch", [](auto& o) { o.engine = "torch"; });
  return all;
}

TEST(SlowCheckpoint, GoesOnWithTheSameBytesWhereverItWasStopped) {
  for (const auto& [name, options] : variants()) {
    const StylizeResult whole = paint(options);
    for (const int until : {1, 7, 15, 16, 20}) {
      if (until >= whole.iterations) continue;
      SCOPED_TRACE(fmt::format("{}, after {}", name, until));
      const TemporaryFolder folder;
      const StylizeResult part = paint(options, open(folder), until);
      EXPECT_EQ(part.stop_reason, StopReason::cancelled);
      const auto checkpoint = open(folder);
      EXPECT_EQ(checkpoint->steps().size(), static_cast<std::size_t>(until));
      expect_same(paint(options, checkpoint), whole);
    }
  }
}

TEST(Checkpoint, OfACheckpointOfACheckpoint) {
  for (const char* optimizer : {"lbfgs", "adam"}) {
    SCOPED_TRACE(optimizer);
    StylizeOptions options = quick();
    options.optimizer = optimizer;
    const StylizeResult whole = paint(options);
    const TemporaryFolder folder;
    for (const int until : {2, 3, 14, 15, 19}) paint(options, open(folder), until);
    expect_same(paint(options, open(folder)), whole);
  }
}

TEST(Checkpoint, OfTilesThatTheProgramChose) {
  StylizeOptions options = quick();
  options.tile = 24;
  const StylizeResult whole = paint(options);
  const TemporaryFolder folder;
  paint(options, open(folder), 5);
  options.tile = tile_auto;  // which would take the picture whole
  const StylizeResult result = paint(options, open(folder));
  EXPECT_EQ(result.tile, 24);
  expect_same(result, whole);
}

TEST(Checkpoint, StepsAndTimeAreThoseOfTheWhole) {
  std::vector<Step> whole, before, after;
  paint(quick(), {}, 0, &whole);
  const TemporaryFolder folder;
  paint(quick(), open(folder), 9, &before);
  const auto checkpoint = open(folder);
  ASSERT_EQ(checkpoint->steps().size(), 9u);
  for (std::size_t i = 0; i < 9; ++i) {
    const Step& step = checkpoint->steps()[i];
    EXPECT_EQ(step.iteration, before[i].iteration);
    EXPECT_EQ(step.scale, before[i].scale);
    EXPECT_EQ(step.iterations, before[i].iterations);
    EXPECT_EQ(step.seconds, before[i].seconds);
    EXPECT_EQ(step.remaining, before[i].remaining);
    EXPECT_EQ(step.losses.total, before[i].losses.total);
    EXPECT_EQ(step.losses.style, before[i].losses.style);
  }
  paint(quick(), checkpoint, 0, &after);
  EXPECT_EQ(after.front().iteration, 10);
  EXPECT_GE(after.front().seconds, before.back().seconds);
  ASSERT_EQ(before.size() + after.size(), whole.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].losses.total, whole[9 + i].losses.total);
    EXPECT_EQ(after[i].scale, whole[9 + i].scale);
    EXPECT_GE(after[i].remaining, 0);
  }
}

TEST(Checkpoint, IsWrittenAsTimeGoesByAndIsRemoved) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "painting.checkpoint";
  const auto checkpoint = open(folder, /*every=*/0);
  StylizeOptions options = quick();
  options.iterations = options.first_iterations = 60;
  const StylizeResult result = paint(options, checkpoint);
  EXPECT_TRUE(std::filesystem::exists(file)) << "written in the midst of an undisturbed run";
  EXPECT_GT(checkpoint->seconds(), 0);
  // The last one that was written, wherever that is, leads to the same picture.
  const auto again = open(folder);
  EXPECT_GT(again->steps().size(), 0u);
  EXPECT_LE(again->steps().size(), 120u);
  expect_same(paint(options, again), result);
  again->remove();
  EXPECT_FALSE(std::filesystem::exists(file));
  again->remove();
  EXPECT_TRUE(open(folder)->steps().empty());
}

TEST(Checkpoint, OfAnotherPaintingIsRefused) {
  const TemporaryFolder folder;
  paint(quick(), open(folder), 3);
  try {
    Checkpoint(folder.path() / "painting.checkpoint", never, "another painting");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_argument);
    EXPECT_THAT(error.what(), HasSubstr("of another painting"));
    EXPECT_THAT(error.what(), HasSubstr("painting.checkpoint"));
  }
}

ErrorKind kind_of_opening(const TemporaryFolder& folder) {
  try {
    open(folder);
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("painting.checkpoint"));
    return error.kind();
  }
  return ErrorKind::internal;
}

TEST(Checkpoint, DamagedOrCutShortIsRefused) {
  const TemporaryFolder folder;
  paint(quick(), open(folder), 5);
  const auto file = folder.path() / "painting.checkpoint";
  const std::string bytes = read_file(file, 1 << 24);
  for (const std::size_t length :
       {std::size_t{1}, std::size_t{8}, std::size_t{100}, bytes.size() / 2, bytes.size() - 1}) {
    write_file(file, bytes.substr(0, length));
    EXPECT_EQ(kind_of_opening(folder), ErrorKind::bad_input) << length;
  }
  for (std::size_t place = 0; place < bytes.size(); place += bytes.size() / 97) {
    std::string changed = bytes;
    changed[place] = static_cast<char>(changed[place] ^ 0x41);
    write_file(file, changed);
    try {
      open(folder);
      ADD_FAILURE() << "byte " << place << " of " << bytes.size();
    } catch (const Error&) {
    }
  }
  write_file(file, "");
  EXPECT_EQ(kind_of_opening(folder), ErrorKind::bad_input);
  nets::write_sealed(file, "atelier checkpoint 1", {});
  EXPECT_EQ(kind_of_opening(folder), ErrorKind::bad_input);
}

/// What has the right seal and does not fit is refused as well, and never a reason to crash.
TEST(Checkpoint, WithoutAPartOrOfAnotherShapeIsRefused) {
  for (const char* optimizer : {"lbfgs", "adam"}) {
    StylizeOptions options = quick();
    options.optimizer = optimizer;
    const TemporaryFolder folder;
    paint(options, open(folder), 5);
    const auto file = folder.path() / "painting.checkpoint";
    const auto content = nets::read_sealed(file, "atelier painting 1");
    ASSERT_TRUE(content);
    for (const auto& [name, tensor] : content->tensors) {
      for (const bool gone : {true, false}) {
        if (gone && name == "best") continue;  // as before the first step of a scale
        SCOPED_TRACE(name);
        nets::Safetensors changed = *content;
        if (gone) {
          changed.tensors.erase(name);
        } else {
          changed.tensors[name] = at::zeros({2, 3, 5, 3}, at::kFloat);
        }
        nets::write_sealed(file, "atelier painting 1", changed);
        EXPECT_THROW(paint(options, open(folder)), Error);
      }
    }
  }
}

TEST(Checkpoint, WhatCannotBeWrittenIsTrouble) {
  const TemporaryFolder folder;
  const auto checkpoint =
      std::make_shared<Checkpoint>(folder.path() / "missing" / "file", never, painting);
  const StylizeResult result = paint(quick(), checkpoint, 3);
  EXPECT_EQ(result.iterations, 3);
  EXPECT_THAT(checkpoint->trouble(), HasSubstr("missing"));
}

}  // namespace
}  // namespace atelier::style
