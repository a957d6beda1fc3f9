// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "nets/plain_safetensors.hpp"
#include "train/parameters.hpp"

namespace atelier::train {

/// A finished model's parameters where they lie, for what computes without torch. They are whole:
/// each is there in its shape.
class PlainParameters {
 public:
  /// Keeps what `content` keeps. Throws Error bad_input as Parameters::load().
  PlainParameters(const std::vector<ParameterSpec>& specs, nets::PlainSafetensors content);

  /// Throws Error internal for an unknown name.
  [[nodiscard]] const nets::PlainTensor& operator[](const std::string& name) const;
  [[nodiscard]] const nets::PlainSafetensors& content() const noexcept { return content_; }

 private:
  nets::PlainSafetensors content_;
};

/// Throws Error bad_input where `found`, a parameter's shape in a file, is null or not the
/// parameter's.
void check_shape(const ParameterSpec& spec, const std::vector<std::int64_t>* found);

}  // namespace atelier::train
