// SPDX-License-Identifier: Apache-2.0
#include "atelier/translate/translator.hpp"

#include <ATen/ATen.h>

#include "fast/look.hpp"
#include "nets/image_tensor.hpp"
#include "translate/form.hpp"
#include "translate/model.hpp"

namespace atelier::translate {

struct Translator::Parts {
  Model model;
  at::Device device;
  fast::Architecture form;
};

Translator::Translator(const std::filesystem::path& model, const std::string& device) {
  const at::Device where(device);
  Model loaded = load_model(model, where);
  const fast::Architecture form = architecture_of(loaded.width);
  parts_ = std::make_unique<Parts>(Parts{std::move(loaded), where, form});
}

Translator::~Translator() = default;

fast::Look Translator::look(const image::Image& like, Direction direction) const {
  fast::check_edges(like);
  const at::NoGradGuard no_gradient;
  const train::Parameters& parameters =
      direction == Direction::there ? *parts_->model.there : *parts_->model.back;
  return fast::make_look(parts_->form, parameters,
                         constant_modulations(parts_->form, parameters, 1), fast::ColourMap{},
                         nets::to_tensor(like, parts_->device));
}

const std::string& Translator::digest() const noexcept {
  return parts_->model.digest;
}

}  // namespace atelier::translate
