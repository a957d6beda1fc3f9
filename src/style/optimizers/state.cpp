// SPDX-License-Identifier: Apache-2.0
#include "style/optimizers/state.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"

namespace atelier::style {

at::Tensor taken(nets::TensorMap& state, const std::string& name, at::IntArrayRef sizes,
                 at::ScalarType type) {
  const auto found = state.find(name);
  if (found == state.end() || found->second.sizes() != sizes ||
      found->second.scalar_type() != type) {
    fail(ErrorKind::bad_input,
         "the checkpoint has no {} that fits this painting; remove it to begin from the start.",
         name);
  }
  at::Tensor tensor = std::move(found->second);
  state.erase(found);
  return tensor;
}

at::Tensor numbers(std::initializer_list<double> values) {
  return at::tensor(std::vector<double>(values), at::kDouble);
}

std::vector<double> taken_numbers(nets::TensorMap& state, const std::string& name,
                                  std::int64_t count) {
  const at::Tensor tensor = taken(state, name, {count}, at::kDouble);
  const auto* values = tensor.data_ptr<double>();
  return {values, values + count};
}

}  // namespace atelier::style
