// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <vector>

#include "atelier/gan/painter.hpp"
#include "gan/model.hpp"

namespace atelier::gan {

/// What a Painter paints with.
struct Painter::Content {
  Content(const std::filesystem::path& path, const std::string& name);

  /// `count` times a class; undefined where none are known.
  [[nodiscard]] at::Tensor labels(int which, std::int64_t count) const;
  /// Between latents and their tensors, levels x style; tensor() throws Error invalid_argument
  /// for another generator's.
  [[nodiscard]] Latent latent(const at::Tensor& styles_of_levels) const;
  [[nodiscard]] at::Tensor tensor(const Latent& latent) const;
  /// 1 x 3 x size x size, 0..1; differentiable with respect to the styles.
  [[nodiscard]] at::Tensor paint(const at::Tensor& styles_of_levels) const;

  std::filesystem::path file;
  at::Device device;
  Model model;
  std::unique_ptr<Generator> generator;
  std::vector<at::Tensor> styles, means;  ///< of each class: many x style, and style
  at::Tensor mean_of_all;
};

}  // namespace atelier::gan
