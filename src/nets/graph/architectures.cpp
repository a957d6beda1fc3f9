// SPDX-License-Identifier: Apache-2.0
#include "nets/graph/architectures.hpp"

namespace atelier::nets {

const Architecture* find_architecture(std::string_view name) {
  static const std::map<std::string, Architecture, std::less<>> all{
      {"efficientnet-lite0", efficientnet_lite0()},
      {"inception-v3", inception_v3()},
      {"resnet50", resnet50(/*late_stride=*/false)},
      {"resnet50-v1.5", resnet50(/*late_stride=*/true)}};
  const auto found = all.find(name);
  return found == all.end() ? nullptr : &found->second;
}

}  // namespace atelier::nets
