// SPDX-License-Identifier: Apache-2.0
#include "jobs/workshop.hpp"

#include "jobs/inputs.hpp"
#include "jobs/one_pass.hpp"

namespace atelier::jobs {

const nets::FeatureNet& Workshop::net(const style::StylizeOptions& options) {
  nlohmann::json wanted = nlohmann::json::object();
  for (const auto& entry : style::stylize_option_table().entries()) {
    const std::string& name = entry.spec.name;
    if (entry.spec.group != "Network" || name == "content-layers" || name == "style-layers")
      continue;
    wanted[name] = option_to_json(entry.spec, entry.get(options));
  }
  if (!net_ || wanted != net_options_) {
    net_.reset();  // makes room
    net_.emplace(load_backbone(options));
    net_options_ = std::move(wanted);
  }
  return *net_;
}

const fast::Painter& Workshop::painter(const style::StylizeOptions& options,
                                       const std::string& device) {
  if (!painter_ || painter_model_ != options.fast_model) {
    const bool alone = in_one_pass(options);  // else another backbone may look at its picture
    painter_ = load_painter(options, net(alone ? options : style::StylizeOptions{}), device);
    painter_model_ = options.fast_model;
  }
  return *painter_;
}

}  // namespace atelier::jobs
