// SPDX-License-Identifier: Apache-2.0
#include "train/held_out.hpp"

#include <string>

namespace atelier::train {

Division divided(const PictureSet& set, unsigned one_in) {
  if (set.size() == 1) return {{0}, {0}};
  Division division;
  auto& [trained, held_out] = division;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const unsigned long first = std::stoul(set.pictures()[i].sha256.substr(0, 7), nullptr, 16);
    (first % one_in == 0 ? held_out : trained).push_back(i);
  }
  if (held_out.empty()) {
    held_out.push_back(trained.back());
    trained.pop_back();
  } else if (trained.empty()) {
    trained.push_back(held_out.back());
    held_out.pop_back();
  }
  return division;
}

}  // namespace atelier::train
