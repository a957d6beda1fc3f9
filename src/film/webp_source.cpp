// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "atelier/image/animation.hpp"
#include "film/source.hpp"

namespace atelier::film {
namespace {

class WebpSource : public Source {
 public:
  explicit WebpSource(const std::filesystem::path& path) : animation_(path) {
    const image::AnimationInfo& from = animation_.info();
    info_.stored = from.size;
    info_.tick = {1, 1000};
    info_.frames = from.frames;
    info_.frames_exact = true;
    std::int64_t total = 0;
    for (const int delay : from.delays) total += shown(delay);
    info_.seconds = static_cast<double>(total) / 1000;
    info_.rate = {static_cast<int>(from.frames) * 1000, static_cast<int>(total)};
    const int common = std::gcd(info_.rate.num, info_.rate.den);
    info_.rate = {info_.rate.num / common, info_.rate.den / common};
    info_.container = info_.codec = "webp";
    info_.matrix = "rgb";
    info_.range = "full";
    info_.primaries = info_.transfer = "unknown";
    info_.alpha = from.alpha;
    info_.loops = from.loops;
  }

  std::optional<Frame> next() override {
    if (index_ >= info_.frames) return std::nullopt;
    Frame frame;
    frame.picture = animation_.next();
    frame.index = index_;
    frame.time = {start_, shown(animation_.info().delays[index_])};
    start_ += frame.time.duration;
    ++index_;
    return frame;
  }

  void seek(std::int64_t index) override {
    if (index < index_) {
      animation_.rewind();
      index_ = start_ = 0;
    }
    while (index_ < index && next()) {
    }
  }

 private:
  /// Browsers show frames of no duration for 100 ms.
  static std::int64_t shown(int delay) { return delay > 0 ? delay : 100; }

  image::Animation animation_;
  std::int64_t index_ = 0, start_ = 0;
};

}  // namespace

std::unique_ptr<Source> open_webp(const std::filesystem::path& path) {
  return std::make_unique<WebpSource>(path);
}

}  // namespace atelier::film
