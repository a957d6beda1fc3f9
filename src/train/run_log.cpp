// SPDX-License-Identifier: Apache-2.0
#include "train/run_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/line_plot.hpp"

namespace atelier::train {
namespace {

constexpr std::uintmax_t most_log = std::uintmax_t{1} << 32;
constexpr std::size_t most_points = 400;

/// About most_points means of neighbours, so that a trend shows through the noise of samples.
std::vector<std::pair<double, double>> smoothed(
    const std::vector<std::pair<double, double>>& points) {
  const std::size_t each = std::max<std::size_t>(1, points.size() / most_points);
  std::vector<std::pair<double, double>> means;
  for (std::size_t i = 0; i + each <= points.size(); i += each) {
    double x = 0, y = 0;
    for (std::size_t j = i; j < i + each; ++j) {
      x += points[j].first / static_cast<double>(each);
      y += points[j].second / static_cast<double>(each);
    }
    means.emplace_back(x, y);
  }
  return means;
}

}  // namespace

RunLog::RunLog(std::filesystem::path folder, std::int64_t step) : folder_(std::move(folder)) {
  const std::filesystem::path path = folder_ / "log.jsonl";
  std::string kept;
  std::error_code ignored;
  if (step > 0 && std::filesystem::exists(path, ignored)) {
    const std::string text = read_file(path, most_log);
    for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != text.npos; at = end + 1) {
      const auto line = nlohmann::ordered_json::parse(
          text.begin() + static_cast<std::ptrdiff_t>(at),
          text.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
      if (!line.is_object() || line.value("step", std::numeric_limits<std::int64_t>::max()) > step)
        continue;
      remember(line);
      kept += text.substr(at, end + 1 - at);
    }
  }
  write_file(path, kept);
  out_.open(path, std::ios::binary | std::ios::app);
}

nlohmann::ordered_json RunLog::add(std::int64_t step, double seconds, const Figures& figures,
                                   bool held_out) {
  nlohmann::ordered_json line{{"step", step}, {"seconds", seconds}};
  nlohmann::ordered_json& to = held_out ? line["held_out"] : line;
  for (const auto& [name, value] : figures) to[name] = value;
  // One write of one whole line: a reader who follows the file never sees half of it.
  out_ << line.dump() + '\n' << std::flush;
  if (!out_) {
    fail(ErrorKind::io, "{} cannot be written; is the disk full?",
         (folder_ / "log.jsonl").string());
  }
  remember(line);
  return line;
}

void RunLog::remember(const nlohmann::ordered_json& line) {
  const auto step = line.at("step").get<double>();
  const auto add = [&](const nlohmann::ordered_json& from, const std::string& suffix) {
    for (const auto& [name, value] : from.items()) {
      if (value.is_number() && name != "step" && name != "seconds") {
        lines_[name + suffix].emplace_back(step, value.get<double>());
      }
    }
  };
  add(line, "");
  if (line.contains("held_out")) add(line.at("held_out"), ", held out");
}

void RunLog::draw() const {
  LinePlot plot;
  plot.title = "Losses of a training run";
  plot.x_label = "step";
  plot.y_label = "loss (logarithmic)";
  for (const auto& [name, points] : lines_) {
    if (name == "rate" || name == "norm") continue;
    plot.lines.push_back({name, plot_colour(plot.lines.size()), smoothed(points)});
  }
  write_file(folder_ / "losses.svg", line_plot_svg(plot));
}

}  // namespace atelier::train
