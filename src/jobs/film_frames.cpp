// SPDX-License-Identifier: Apache-2.0
#include "jobs/film_frames.hpp"

#include <charconv>

#include "atelier/base/error.hpp"

namespace atelier::jobs {

FrameRange parse_frames(std::string_view text) {
  if (text == "all") return {};
  FrameRange range;
  const auto dots = text.find("..");
  const auto number = [&](std::string_view part, std::int64_t otherwise) {
    if (part.empty()) return otherwise;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    return error == std::errc{} && end == part.data() + part.size() ? value : 0;
  };
  if (dots != text.npos && text.size() > 2) {
    const std::int64_t from = number(text.substr(0, dots), 1),
                       to = number(text.substr(dots + 2), -1);
    if (from >= 1 && (to == -1 || to >= from)) return {from - 1, to};
  }
  fail(ErrorKind::invalid_argument,
       "--frames '{}' is no range of frames; write A..B, counted from 1, such as 1..250.", text);
}

}  // namespace atelier::jobs
