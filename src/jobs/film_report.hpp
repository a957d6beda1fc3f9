// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "atelier/jobs/film.hpp"
#include "jobs/film_work.hpp"

namespace atelier::jobs {

/// Sums what is known of frames to what a report says of all.
class FrameMeans {
 public:
  void add(const FrameRecord& record);
  void tell(FilmReport& report) const;

 private:
  style::Losses losses_;
  double change_ = 0, kept_ = 0;
  std::int64_t frames_ = 0, followers_ = 0, measured_ = 0, iterations_ = 0;
};

/// How a film's recipe says what a still picture's does not: its part and its encoding.
[[nodiscard]] nlohmann::json film_part(const FilmOptions& options,
                                       const film::EncodeOptions& encode);

/// Whether a film of this suffix can have sound.
[[nodiscard]] bool keeps_sound(const std::filesystem::path& output);

}  // namespace atelier::jobs
