// SPDX-License-Identifier: Apache-2.0
#include "train/plain_parameters.hpp"

#include <fmt/ranges.h>

#include <utility>

#include "atelier/base/error.hpp"

namespace atelier::train {

PlainParameters::PlainParameters(const std::vector<ParameterSpec>& specs,
                                 nets::PlainSafetensors content)
    : content_(std::move(content)) {
  for (const ParameterSpec& spec : specs) {
    const auto found = content_.tensors.find(spec.name);
    check_shape(spec, found == content_.tensors.end() ? nullptr : &found->second.shape);
  }
}

const nets::PlainTensor& PlainParameters::operator[](const std::string& name) const {
  const auto found = content_.tensors.find(name);
  if (found == content_.tensors.end()) fail(ErrorKind::internal, "there is no parameter {}.", name);
  return found->second;
}

void check_shape(const ParameterSpec& spec, const std::vector<std::int64_t>* found) {
  if (found == nullptr) {
    fail(ErrorKind::bad_input, "the weights have no {}; they are another model's.", spec.name);
  }
  if (*found != spec.shape) {
    fail(ErrorKind::bad_input,
         "the weights' {} is {} where {} is needed; they are another model's.", spec.name,
         fmt::join(*found, " x "), fmt::join(spec.shape, " x "));
  }
}

}  // namespace atelier::train
