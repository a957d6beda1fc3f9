// SPDX-License-Identifier: Apache-2.0
#include "atelier/nets/feature_net.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/models.hpp"
#include "nets/converted_model.hpp"
#include "nets/graph/architectures.hpp"
#include "nets/graph/graph_net.hpp"
#include "nets/vgg.hpp"

namespace atelier::nets {

FeatureNet FeatureNet::load(std::string_view model, const FeatureNetOptions& options) {
  return load(model, options, models_dir());
}

FeatureNet FeatureNet::load(std::string_view model, const FeatureNetOptions& options,
                            const std::filesystem::path& models) {
  const ModelInfo& info = find_model(model);
  ConvertedModel converted = load_converted(info, models);
  if (const Architecture* architecture = find_architecture(info.architecture)) {
    return FeatureNet(std::make_shared<const GraphNet>(info.name, std::move(converted.digest),
                                                       architecture->graph, converted.weights,
                                                       converted.convention, options));
  }
  return FeatureNet(std::make_shared<const Vgg>(info.name, std::move(converted.digest),
                                                converted.weights, converted.convention, options));
}

FeatureNet::FeatureNet(std::shared_ptr<const Network> network) : network_(std::move(network)) {}

const std::string& FeatureNet::name() const noexcept {
  return network_->name();
}
const std::string& FeatureNet::digest() const noexcept {
  return network_->digest();
}
const std::vector<std::string>& FeatureNet::layers() const noexcept {
  return network_->layers();
}

}  // namespace atelier::nets
