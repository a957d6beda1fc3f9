// SPDX-License-Identifier: Apache-2.0
// Films painted with the real weights: how steady they are, and that a film gone on with is the
// same film. Cameras move over examples/ by known motion, so that the true flow is known.
#include "atelier/jobs/film.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <vector>

#include "../moving_camera.hpp"
#include "../steadiness.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/film/reader.hpp"
#include "atelier/film/writer.hpp"
#include "atelier/image/file.hpp"
#include "atelier/jobs/animate.hpp"
#include "atelier/nets/models.hpp"
#include "atelier/style/score.hpp"
#include "jobs/film_painter.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

std::string example(const char* name) {
  return std::string(ATELIER_SOURCE_DIR) + "/examples/" + name;
}

class SlowFilmTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto& model = nets::find_model("vgg19");
    if (!nets::model_state(model, models_dir()).verified) {
      GTEST_SKIP() << "the weights are not there; bring them with: " << nets::fetch_command(model);
    }
  }

  /// A camera's way over a photograph, then, when asked for, over another.
  void write_film(const fs::path& path, int frames, image::Size size, bool second_scene) {
    film::FilmWriter writer(path, {.size = size, .encode = {.codec = "ffv1"}});
    for (const char* name : {"coffee.png", "rocket.jpg"}) {
      if (writer.frames() > 0 && !second_scene) break;
      const image::Image photograph =
          image::load(example(name), {.long_edge = testing::long_edge_for(size)});
      for (int t = 0; t < frames; ++t) {
        writer.add(testing::frame_of(testing::Photograph(photograph),
                                     testing::camera_at(t, photograph, size), size));
      }
    }
    writer.finish();
  }

  [[nodiscard]] FilmRequest request(const fs::path& film, const fs::path& output) const {
    FilmRequest request;
    request.paint.content = film;
    request.paint.styles = {example("the-garden-at-bougival.jpg")};
    request.paint.output = output;
    request.paint.options.size = 96;
    request.paint.options.min_size = 48;
    request.paint.options.iterations = 4;
    request.paint.options.first_iterations = 6;
    request.paint.options.frame_iterations = 3;
    return request;
  }

  TemporaryFolder folder_;
};

/// 9 frames of 160 x 120 px with all defaults; the last 4 of them one by one too, and compared.
TEST_F(SlowFilmTest, AFilmIsSteadierThanItsFramesPaintedAlone) {
  constexpr image::Size size{160, 120};
  constexpr int frames = 9, compared = 4;
  const auto net = nets::FeatureNet::load("vgg19");
  const image::Image photograph =
      image::load(example("coffee.png"), {.long_edge = testing::long_edge_for(size)});
  const image::Image painting =
      image::load(example("the-garden-at-bougival.jpg"), {.long_edge = size.width});
  style::StylizePictures shared;
  shared.styles = {painting};
  FilmPainter painter(net, shared, {});
  style::StyleMemory memory;
  struct Sums {
    double change = 0, wasserstein = 0, gram = 0;
    image::Image last;
  } film, alone;
  for (int t = 0; t < frames; ++t) {
    const testing::Camera camera = testing::camera_at(t, photograph, size);
    const image::Image frame = testing::frame_of(testing::Photograph(photograph), camera, size);
    const auto painted = painter.paint(frame);
    EXPECT_EQ(painted.fresh, t == 0);
    if (t < frames - compared) continue;
    const auto take = [&](Sums& sums, const image::Image& now) {
      if (!sums.last.rgb.empty()) {
        sums.change += testing::true_change(sums.last, now,
                                            testing::camera_at(t - 1, photograph, size), camera);
      }
      const style::Score score = style::score(net, frame, painting, now);
      sums.wasserstein += score.wasserstein;
      sums.gram += score.gram;
      sums.last = now;
    };
    take(film, painted.result.image);
    style::StylizePictures pictures = shared;
    pictures.content = frame;
    take(alone, style::stylize(net, pictures, {}, {}, {}, &memory).image);
  }
  RecordProperty("change", fmt::format("{:.4f} {:.4f}", film.change / (compared - 1),
                                       alone.change / (compared - 1)));
  RecordProperty("wasserstein", fmt::format("{:.4f} {:.4f}", film.wasserstein / compared,
                                            alone.wasserstein / compared));
  RecordProperty("gram", fmt::format("{:.4f} {:.4f}", film.gram / compared, alone.gram / compared));
  EXPECT_GT(film.change, 0);
  EXPECT_LT(film.change, alone.change / 3);
  EXPECT_NEAR(film.wasserstein / alone.wasserstein, 1, 0.1);
  EXPECT_NEAR(film.gram / alone.gram, 1, 0.1);
}

/// Stopped within the second scene, gone on with, stopped again: the bytes of an undisturbed run.
TEST_F(SlowFilmTest, AFilmGoneOnWithIsTheSameFilm) {
  const fs::path film = folder_.path() / "film.mkv";
  write_film(film, 4, {96, 72}, true);
  const fs::path whole = folder_.path() / "whole.mp4", parts = folder_.path() / "parts.mp4";
  const FilmReport undisturbed = stylize_film(request(film, whole));
  EXPECT_EQ(undisturbed.frames, 8);
  EXPECT_EQ(undisturbed.cuts, std::vector<std::int64_t>{5});
  EXPECT_EQ(undisturbed.resumed_at, 0);
  FilmReport report;
  for (const std::int64_t stop_at : {2, 5, 100}) {
    std::stop_source stop;
    report = stylize_film(
        request(film, parts),
        [&](const Progress& progress) {
          if (progress.done >= stop_at) stop.request_stop();
        },
        stop.get_token());
    EXPECT_EQ(report.stop_reason, stop_at < 100 ? "cancelled" : "iterations");
    EXPECT_EQ(fs::exists(parts), stop_at == 100);
    EXPECT_EQ(fs::exists(folder_.path() / ".parts.mp4.atelier-film"), stop_at != 100);
  }
  EXPECT_EQ(report.resumed_at, 5);
  EXPECT_EQ(report.cuts, undisturbed.cuts);
  EXPECT_EQ(report.losses.total, undisturbed.losses.total);
  EXPECT_EQ(report.change, undisturbed.change);
  EXPECT_EQ(read_file(parts, 1 << 26), read_file(whole, 1 << 26));
}

TEST_F(SlowFilmTest, APartIsTheSameLength) {
  const fs::path film = folder_.path() / "film.mkv", output = folder_.path() / "part.gif";
  write_film(film, 5, {96, 72}, false);
  FilmRequest part = request(film, output);
  part.film.frames = "2..4";
  EXPECT_EQ(stylize_film(part).frames, 3);
  film::FilmReader reader(output);
  int frames = 0;
  while (reader.next()) ++frames;
  EXPECT_EQ(frames, 3);
  part.film.frames = "7..9";
  EXPECT_THROW((void)stylize_film(part), Error);
}

/// From the photograph to the painting, and from one style to the next.
TEST_F(SlowFilmTest, AWayIsAnimated) {
  for (const bool two : {false, true}) {
    AnimateRequest way;
    way.paint =
        request(example("coffee.png"), folder_.path() / (two ? "styles.mp4" : "way.mkv")).paint;
    if (two) way.paint.styles.push_back(example("villa-with-orange-trees.jpg"));
    way.film.animate_seconds = 1;
    way.film.animate_fps = 20;
    if (!two) way.encode.codec = "ffv1";
    EXPECT_EQ(animate(way).frames, 20);
    film::FilmReader reader(way.paint.output);
    std::vector<image::Image> frames;
    while (auto frame = reader.next()) frames.push_back(std::move(frame->picture));
    ASSERT_EQ(frames.size(), 20U);
    if (two) continue;
    const image::Image photograph = image::load(example("coffee.png"), {.long_edge = 96});
    double most = 0;
    for (std::size_t i = 0; i < photograph.rgb.size(); ++i) {
      most = std::max(most, std::abs(static_cast<double>(photograph.rgb[i]) - frames[0].rgb[i]));
    }
    EXPECT_LT(most, 2.0 / 255);
  }
}

TEST_F(SlowFilmTest, WhatDoesNotFitIsRefused) {
  const fs::path film = folder_.path() / "film.mkv";
  write_film(film, 2, {64, 48}, false);
  FilmRequest timed = request(film, folder_.path() / "a.mp4");
  timed.paint.options.time_limit = 5;
  EXPECT_THROW((void)stylize_film(timed), Error);
  EXPECT_THROW((void)stylize_film(request(film, folder_.path() / "a.png")), Error);
  AnimateRequest moving;
  moving.paint = request(film, folder_.path() / "a.mp4").paint;
  EXPECT_THROW((void)animate(moving), Error);
}

}  // namespace
}  // namespace atelier::jobs
