// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "atelier/film/reader.hpp"
#include "film/colour.hpp"
#include "film/container.hpp"
#include "film/demuxer.hpp"

namespace atelier::film {

/// What a container declares of its pictures. Times are in the stream's ticks.
struct StreamFacts {
  FilmInfo info;
  std::int64_t origin = 0;  ///< where the film begins
  std::int64_t end = 0;     ///< where the last frame ends; 0 when it does not say
  std::int64_t step = 1;    ///< one frame of the rate
};
[[nodiscard]] StreamFacts describe_stream(const Demuxer& demuxer, AVStream& stream,
                                          const Outline& outline);

/// Adds what only a decoded frame shows: size, pixel shape, colour, coverage.
void describe_frame(const Demuxer& demuxer, AVStream& stream, AVFrame& frame,
                    const Meaning& meaning, FilmInfo& info);

}  // namespace atelier::film
