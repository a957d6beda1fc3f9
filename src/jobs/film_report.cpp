// SPDX-License-Identifier: Apache-2.0
#include "jobs/film_report.hpp"

#include <algorithm>
#include <cctype>

namespace atelier::jobs {

void FrameMeans::add(const FrameRecord& record) {
  for (const auto& [name, value, always] : style::loss_names) {
    losses_.*value += record.losses.*value;
  }
  iterations_ += record.iterations;
  ++frames_;
  if (record.fresh) return;
  ++followers_;
  if (!record.change) return;
  change_ += *record.change;
  kept_ += record.kept.value_or(0);
  ++measured_;
}

void FrameMeans::tell(FilmReport& report) const {
  const auto mean = [](double sum, std::int64_t of) {
    return of > 0 ? sum / static_cast<double>(of) : 0;
  };
  report.frames = frames_;
  report.iterations = iterations_;
  for (const auto& [name, value, always] : style::loss_names) {
    report.losses.*value = mean(losses_.*value, frames_);
  }
  report.losses.temporal = mean(losses_.temporal, followers_);
  if (measured_ == 0) return;
  report.change = mean(change_, measured_);
  report.kept = mean(kept_, measured_);
}

nlohmann::json film_part(const FilmOptions& options, const film::EncodeOptions& encode) {
  nlohmann::json part = film_option_table().to_json(options);
  part.update(film::encode_options().to_json(encode));
  return part;
}

bool keeps_sound(const std::filesystem::path& output) {
  std::string suffix = output.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return suffix != ".gif" && suffix != ".webp";
}

nlohmann::json to_json(const FilmReport& report) {
  nlohmann::json losses;
  const auto figure = [](const std::optional<double>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json();
  };
  style::for_each_loss(report.losses,
                       [&](const char* name, double value) { losses[name] = value; });
  return {{"output", report.output.string()},
          {"width", report.width},
          {"height", report.height},
          {"frames", report.frames},
          {"frames_asked", report.frames_asked},
          {"resumed_at", report.resumed_at},
          {"cuts", report.cuts},
          {"seconds", report.seconds},
          {"iterations", report.iterations},
          {"losses", losses},
          {"change", figure(report.change)},
          {"kept", figure(report.kept)},
          {"stop_reason", report.stop_reason},
          {"peak_rss_bytes", report.peak_rss_bytes},
          {"device", report.device},
          {"precision", report.precision},
          {"engine", report.engine},
          {"tile",
           report.tile == style::tile_off ? nlohmann::json("off") : nlohmann::json(report.tile)},
          {"threads", report.threads},
          {"seed", report.seed},
          {"warnings", report.warnings}};
}

}  // namespace atelier::jobs
