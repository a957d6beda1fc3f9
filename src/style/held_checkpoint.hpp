// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "atelier/style/checkpoint.hpp"
#include "style/painting_state.hpp"

namespace atelier::style {

class Checkpoint::Held {
 public:
  Held(std::filesystem::path file, double every, std::string painting);

  /// What the file held, until it is taken. The steps stay.
  [[nodiscard]] std::optional<PaintingState>& found() noexcept { return found_; }
  [[nodiscard]] const std::vector<Step>& steps() const noexcept { return steps_; }

  /// Writes what `state` tells if it is time, or at once when this is the `last`. What cannot be
  /// written is remembered as trouble, and nothing is written any more; a file that is there stays.
  void keep(const std::function<PaintingState()>& state, bool last = false);

  [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
  [[nodiscard]] double seconds() const noexcept { return seconds_; }
  [[nodiscard]] const std::string& trouble() const noexcept { return trouble_; }

 private:
  using Clock = std::chrono::steady_clock;

  std::filesystem::path file_;
  double every_;
  std::string painting_;
  std::optional<PaintingState> found_;
  std::vector<Step> steps_;
  Clock::time_point due_;
  double seconds_ = 0;
  std::string trouble_;
};

}  // namespace atelier::style
