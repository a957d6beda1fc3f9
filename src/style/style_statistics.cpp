// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/style_statistics.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>

#include "atelier/base/digest.hpp"
#include "style/held_statistics.hpp"

namespace atelier::style {

StyleStatistics::StyleStatistics(std::size_t most_bytes)
    : held_(std::make_unique<Held>(most_bytes)) {}
StyleStatistics::~StyleStatistics() = default;

std::size_t StyleStatistics::found() const noexcept {
  return held_->found();
}

StyleStatistics::Held::Layers StyleStatistics::Held::get(const std::string& name,
                                                         const std::function<Layers()>& compute) {
  const auto known = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.name == name; });
  if (known != entries_.end()) {
    ++found_;
    entries_.splice(entries_.begin(), entries_, known);
    return known->layers;
  }
  Entry entry{name, compute(), 0};
  for (const auto& [layer, moments] : entry.layers)
    entry.bytes += moments.mean.nbytes() + moments.covariance.nbytes();
  Layers layers = entry.layers;
  bytes_ += entry.bytes;
  entries_.push_front(std::move(entry));
  while (bytes_ > most_bytes_ && !entries_.empty()) {
    bytes_ -= entries_.back().bytes;
    entries_.pop_back();
  }
  return layers;
}

std::string name_of_picture(const at::Tensor& rgb) {
  const bool last = rgb.is_contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor values = (last ? rgb : rgb.contiguous()).cpu();
  const auto* bytes = static_cast<const std::byte*>(values.data_ptr());
  return fmt::format("{} {} {} {} x {}", sha256({bytes, values.nbytes()}), last ? "rgb" : "planes",
                     c10::toString(rgb.scalar_type()), rgb.size(3), rgb.size(2));
}

}  // namespace atelier::style
