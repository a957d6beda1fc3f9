// SPDX-License-Identifier: Apache-2.0
// How steady a painted film is, and at what cost: a camera moves over a large photograph, so that
// the true motion is known; its frames are painted as a film and one by one.
//
//   atelier_film_bench PHOTOGRAPH PAINTING FOLDER [frames=60] [size=256] [film=1] [alone=1]
//                      [scored=1] [first=FILE] [OPTION=VALUE ...]
//
// film=0 leaves the film out, alone=0 the frames one by one, alone=N paints two neighbours of every
// N alone; one frame in `scored` is scored. OPTION is one of stylize's. Prints a JSON line a frame
// and one of means; pictures go to FOLDER. run, beside this file, does all of it.
#include <fmt/format.h>
#include <sys/stat.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "../../tests/moving_camera.hpp"
#include "../../tests/steadiness.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/image/file.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/style/score.hpp"
#include "jobs/film_painter.hpp"

namespace {

using namespace atelier;

struct Sums {
  double change = 0, style = 0, gram = 0, content = 0, seconds = 0;
  int frames = 0, pairs = 0, scored = 0;

  [[nodiscard]] nlohmann::json means() const {
    return {{"change", change / std::max(pairs, 1)},
            {"wasserstein", style / std::max(scored, 1)},
            {"gram", gram / std::max(scored, 1)},
            {"content", content / std::max(scored, 1)},
            {"seconds", seconds / frames}};
  }
};

int run(int argc, char** argv) {
  int frames = 60, size = 256;
  int scored = 1;  // of so many frames, one is scored
  int film = 1;    // 0: only one by one
  int alone = 1;   // of so many pairs of frames, one is painted one by one too; 0: none
  std::string first;
  style::StylizeOptions options;
  for (int i = 4; i < argc; ++i) {
    const std::string argument = argv[i];
    const auto equals = argument.find('=');
    const std::string name = argument.substr(0, equals), value = argument.substr(equals + 1);
    if (name == "frames")
      frames = std::stoi(value);
    else if (name == "size")
      size = std::stoi(value);
    else if (name == "film")
      film = std::stoi(value);
    else if (name == "alone")
      alone = std::stoi(value);
    else if (name == "scored")
      scored = std::stoi(value);
    else if (name == "first")
      first = value;
    else
      style::stylize_option_table().find(name)->parse(options, std::string_view(value));
  }
  const image::Size frame_size{size, size * 3 / 4};
  const image::Image photograph =
      image::load(argv[1], {.long_edge = testing::long_edge_for(frame_size)});
  const image::Image painting = image::load(argv[2], {.long_edge = size});
  const std::filesystem::path folder = argv[3];
  std::filesystem::create_directories(folder);
  const testing::Photograph shown(photograph);
  const auto net = nets::FeatureNet::load("vgg19");
  jobs::FilmPainter painter(net, {.content = {}, .styles = {painting}, .init = {}, .last = {}},
                            options);
  style::StyleMemory memory;

  Sums flowing, single, plain;
  image::Image last, last_alone, last_frame;
  for (int t = 0; t < frames; ++t) {
    const auto camera = testing::camera_at(t, photograph, frame_size);
    const image::Image frame = testing::frame_of(shown, camera, frame_size);
    jobs::FilmPainter::Painted painted;
    if (film == 0) {
      painted.fresh = false;
    } else if (t == 0 && !first.empty()) {
      painted.result.image = image::load(first);
      painter.skip(frame, true, painted.result.image);
    } else {
      painted = painter.paint(frame);
    }
    nlohmann::json line{{"frame", t}, {"kept", painted.kept.value_or(0)}, {"fresh", painted.fresh}};
    const auto take = [&](const char* name, Sums& sums, const image::Image& now,
                          image::Image& before) {
      double change = 0;
      if (t > 0 && !before.rgb.empty()) {
        change = testing::true_change(before, now,
                                      testing::camera_at(t - 1, photograph, frame_size), camera);
        sums.change += change;
        ++sums.pairs;
      }
      line[name] = {{"change", change}};
      if (&now != &frame && t % scored == 0) {
        const style::Score score = style::score(net, frame, painting, now);
        sums.style += score.wasserstein;
        sums.gram += score.gram;
        sums.content += score.content;
        ++sums.scored;
        line[name].update(
            {{"wasserstein", score.wasserstein}, {"gram", score.gram}, {"content", score.content}});
      }
      ++sums.frames;
      image::save(now, folder / fmt::format("{}_{:03}.png", name, t), {.bits = 16});
      before = now;
    };
    if (film != 0) {
      flowing.seconds += painted.result.seconds;
      take("film", flowing, painted.result.image, last);
    }
    // A pair is two neighbours; between pairs what was painted last counts for nothing.
    if (alone > 0 && (t % alone) > 1) last_alone = {};
    if (alone > 0 && (alone == 1 || t % alone < 2)) {
      if (alone > 1 && t % alone == 0) last_alone = {};
      const auto result =
          style::stylize(net, {.content = frame, .styles = {painting}, .init = {}, .last = {}},
                         options, {}, {}, &memory);
      single.seconds += result.seconds;
      take("alone", single, result.image, last_alone);
    }
    take("photograph", plain, frame, last_frame);
    line["peak_rss"] = peak_rss_bytes();
    fmt::print("{}\n", line.dump());
    std::fflush(stdout);
  }
  nlohmann::json means{{"photograph", plain.means()}};
  if (film != 0) means["film"] = flowing.means();
  if (alone > 0) means["alone"] = single.means();
  fmt::print("{}\n", means.dump());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr,
               "usage: {} PHOTOGRAPH PAINTING FOLDER [frames=60] [size=256] [film=1] [alone=1] "
               "[scored=1] [first=FILE] [OPTION=VALUE ...]\n",
               argv[0]);
    return 2;
  }
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
