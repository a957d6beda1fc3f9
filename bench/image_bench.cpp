// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "atelier/image/file.hpp"
#include "check.hpp"
#include "pictures.hpp"

namespace atelier::bench {
namespace {

constexpr int edge = 1024;  // px

/// A file of this process's own, removed at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& suffix)
      : path_(std::filesystem::temp_directory_path() /
              fmt::format("atelier_bench_{}{}", ::getpid(), suffix)) {}
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Root-mean-square difference in levels of 8 bit.
double difference(const image::Image& a, const image::Image& b) {
  if (a.width != b.width || a.height != b.height || a.rgb.size() != b.rgb.size()) return INFINITY;
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) {
    const double levels = 255 * (static_cast<double>(a.rgb[i]) - b.rgb[i]);
    sum += levels * levels;
  }
  return std::sqrt(sum / static_cast<double>(a.rgb.size()));
}

/// Rounding alone is half a level at most. At quality 92 JPEG's quantiser for luminance has a
/// root-mean-square step of about 10 levels, so its error is below 10 / sqrt(12).
double allowed(const std::string& suffix) {
  return suffix == ".png" ? 0.5 : 3.0;
}

void label(benchmark::State& state) {
  state.SetLabel(fmt::format("{0} x {0} px, 8 bit", edge));
  state.SetItemsProcessed(state.iterations() * edge * edge);
}

void load(benchmark::State& state, const std::string& suffix) {
  const image::Image picture = wave_picture(edge, edge);
  const TemporaryFile file(suffix);
  image::save(picture, file.path());
  image::Image loaded;
  for (auto _ : state) loaded = image::load(file.path());
  expect_between(state, "the error in levels", difference(picture, loaded), 0, allowed(suffix));
  label(state);
}

void save(benchmark::State& state, const std::string& suffix) {
  const image::Image picture = wave_picture(edge, edge);
  const TemporaryFile file(suffix);
  for (auto _ : state) image::save(picture, file.path());
  expect_between(state, "the error in levels", difference(picture, image::load(file.path())), 0,
                 allowed(suffix));
  label(state);
}

/// A constant picture stays exactly the same, whatever its size becomes.
void resize(benchmark::State& state) {
  const int from = static_cast<int>(state.range(0)), to = static_cast<int>(state.range(1));
  image::Image picture;
  picture.width = picture.height = from;
  picture.rgb.assign(picture.pixels() * 3, 0.3f);
  image::Image resized;
  for (auto _ : state) resized = image::resize(picture, {to, to});
  expect(state, "the size", resized.width == to && resized.height == to);
  expect(state, "the constant",
         std::all_of(resized.rgb.begin(), resized.rgb.end(), [](float v) { return v == 0.3f; }));
  state.SetLabel(fmt::format("{0} x {0} to {1} x {1} px", from, to));
  state.SetItemsProcessed(state.iterations() * to * to);
}

BENCHMARK_CAPTURE(load, png, ".png")
    ->Name("image/load_png")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(load, jpeg, ".jpg")
    ->Name("image/load_jpeg")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(save, png, ".png")
    ->Name("image/save_png")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(save, jpeg, ".jpg")
    ->Name("image/save_jpeg")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(resize)
    ->Name("image/resize")
    ->Args({2048, 512})
    ->Args({512, 1024})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace atelier::bench
