// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "atelier/sequence/seen_runs.hpp"
#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// What a model knows of its text besides what its parameters hold.
struct TextKnowledge {
  std::shared_ptr<const Tokenizer> tokenizer;
  /// What a new text begins behind: `end` where there are several documents, else a line end.
  std::vector<Token> beginning;
  int heading = 0;  ///< lines of each document that tell of it, such as title and author
  std::vector<std::string> words;  ///< English ones that were seen twice, of a model of pieces
  std::vector<SeenRuns> seen;      ///< of each text that was learned from
};

}  // namespace atelier::sequence
