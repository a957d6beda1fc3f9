// SPDX-License-Identifier: Apache-2.0
#include "atelier/nets/feature_net.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/paths.hpp"
#include "atelier/nets/models.hpp"
#include "nets/converted_model.hpp"
#include "nets/vgg.hpp"

namespace atelier::nets {

FeatureNet FeatureNet::load(std::string_view model, const FeatureNetOptions& options) {
  return load(model, options, models_dir());
}

FeatureNet FeatureNet::load(std::string_view model, const FeatureNetOptions& options,
                            const std::filesystem::path& models) {
  ConvertedModel converted = load_converted(find_model(model), models);
  return FeatureNet(std::make_shared<const Vgg>(std::string(model), std::move(converted.digest),
                                                converted.weights, converted.convention, options));
}

FeatureNet::FeatureNet(std::shared_ptr<const Vgg> vgg) : vgg_(std::move(vgg)) {}

const std::string& FeatureNet::name() const noexcept {
  return vgg_->name();
}
const std::string& FeatureNet::digest() const noexcept {
  return vgg_->digest();
}
const std::vector<std::string>& FeatureNet::layers() const noexcept {
  return vgg_->layers();
}

}  // namespace atelier::nets
