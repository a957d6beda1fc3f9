// SPDX-License-Identifier: Apache-2.0
#include "film/gif_film.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "atelier/base/scratch_memory.hpp"
#include "atelier/film/reader.hpp"
#include "film/colour.hpp"

namespace atelier::film {

GifFilm::GifFilm(const Plan& plan, const WriteOptions& options, std::filesystem::path file,
                 std::string name)
    : plan_(plan),
      chunk_plan_(plan_chunk(options)),
      file_(std::move(file)),
      name_(std::move(name)),
      folder_(scratch_folder()),
      waiting_(std::make_unique<Muxer>(chunk_plan_, folder_.path() / "frames.nut",
                                       (folder_.path() / "frames.nut").string())) {}

void GifFilm::add(const image::Image& picture, FrameTime time) {
  maker_.see(picture);
  to_rgb(picture, waiting_->blank());
  waiting_->encode(time);
  last_ = time;
}

std::int64_t GifFilm::finish() {
  waiting_->finish(last_.start + last_.duration);
  waiting_.reset();
  Palette palette(maker_.colours(Palette::transparent));
  Muxer gif(plan_, file_, name_);
  FilmReader frames(folder_.path() / "frames.nut");
  const AVRational from = to_av(frames.info().tick), to = to_av(plan_.tick);
  std::int64_t left_out = 0;
  // Programs show frames of less than 2/100 s for 10/100: a frame waits for its time, and is left
  // out when the next one's has come by then.
  constexpr std::int64_t least = 2;
  std::optional<Frame> now = frames.next();
  const std::int64_t origin = now ? now->time.start : 0;
  const auto in_gif = [&](std::int64_t ticks) { return av_rescale_q(ticks - origin, from, to); };
  std::int64_t free = 0, end = 0;  // when the next frame may begin; when the last one ends
  while (now) {
    std::optional<Frame> next = frames.next();
    const std::int64_t start = std::max(free, in_gif(now->time.start));
    if (!next || in_gif(next->time.start) > start) {
      const std::int64_t shown = next ? in_gif(next->time.start) - start
                                      : av_rescale_q(last_.duration, to_av(chunk_plan_.tick), to);
      paint(now->picture, palette, gif.blank());
      gif.encode({start, std::max(shown, least)});
      free = start + least;
      end = start + std::max(shown, least);
    } else {
      ++left_out;
    }
    now = std::move(next);
  }
  gif.finish(end);
  return left_out;
}

void GifFilm::paint(const image::Image& picture, Palette& palette, AVFrame& frame) const {
  for (int y = 0; y < picture.height; ++y) {
    palette.map_row(picture, y, frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0]);
  }
  const auto entries = palette.entries();
  std::memcpy(frame.data[1], entries.data(), sizeof(entries));
}

}  // namespace atelier::film
