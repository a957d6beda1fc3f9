// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "atelier/train/run.hpp"

namespace atelier::train {

/// The history of a run: log.jsonl, one JSON object a line, and losses.svg drawn from it.
class RunLog {
 public:
  /// Goes on after `step` steps: later lines, of steps that will be done again, are dropped.
  RunLog(std::filesystem::path folder, std::int64_t step);

  /// Appends {"step", "seconds", figures...}; with `held_out`, figures stand in an object of that
  /// name. Returns the line. Throws Error io.
  nlohmann::ordered_json add(std::int64_t step, double seconds, const Figures& figures,
                             bool held_out);

  /// Draws losses.svg anew.
  void draw() const;

 private:
  void remember(const nlohmann::ordered_json& line);

  std::filesystem::path folder_;
  std::ofstream out_;
  std::map<std::string, std::vector<std::pair<double, double>>> lines_;  // figure: step, value
};

}  // namespace atelier::train
