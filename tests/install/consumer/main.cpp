// SPDX-License-Identifier: Apache-2.0
// A program of somebody else's: it lists the options of a painting and asks for weights that are
// not there.
#include <atelier/base/error.hpp>
#include <atelier/nets/feature_net.hpp>
#include <atelier/style/options.hpp>
#include <atelier/style/stylize.hpp>
#include <cstdio>

int main() {
  using namespace atelier;
  for (const auto& entry : style::stylize_option_table().entries()) {
    std::printf("%s: %s\n", entry.spec.name.c_str(), allowed_values(entry.spec).c_str());
  }
  try {
    const auto net = nets::FeatureNet::load("vgg19", {}, "/nowhere");
    std::puts(net.name().c_str());
  } catch (const Error& error) {
    std::puts(error.what());
    return error.kind() == ErrorKind::missing_weights ? 0 : 1;
  }
  return 1;
}
