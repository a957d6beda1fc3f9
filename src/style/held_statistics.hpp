// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <utility>

#include "atelier/style/style_statistics.hpp"
#include "style/losses/statistics.hpp"

namespace atelier::style {

/// Moments of each layer, by whatever name they are kept under.
class StyleStatistics::Held {
 public:
  using Layers = std::map<std::string, Moments>;

  explicit Held(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Those of this name, computed when they are not there. Nobody may change them.
  [[nodiscard]] Layers get(const std::string& name, const std::function<Layers()>& compute);

  [[nodiscard]] std::size_t found() const noexcept { return found_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  struct Entry {
    std::string name;
    Layers layers;
    std::size_t bytes = 0;
  };

  std::size_t most_bytes_, bytes_ = 0, found_ = 0;
  std::list<Entry> entries_;  // what was used last comes first
};

/// Names the values of a picture: their SHA-256, with their shape and layout.
[[nodiscard]] std::string name_of_picture(const at::Tensor& rgb);

}  // namespace atelier::style
