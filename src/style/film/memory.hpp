// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <utility>

#include "atelier/style/film.hpp"
#include "style/objective.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::style {

struct StyleMemory::Held {
  std::unique_ptr<TiledPass> pass;
  std::map<std::pair<int, int>, std::unique_ptr<Objective>> of_frames;  ///< by width and height
  std::unique_ptr<Objective> of_still;  ///< of the last size of the last still picture
};

}  // namespace atelier::style
