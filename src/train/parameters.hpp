// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/ScalarType.h>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

#include "nets/tensor_map.hpp"

namespace atelier::train {

/// How a parameter begins.
struct Initial {
  enum class Kind { constant, normal } kind = Kind::constant;
  double value = 0;  ///< the constant, or the deviation
};
[[nodiscard]] inline Initial constant(double value) {
  return {Initial::Kind::constant, value};
}
[[nodiscard]] inline Initial normal(double deviation) {
  return {Initial::Kind::normal, deviation};
}
/// Keeps the variance through a ReLU: deviation sqrt(2 / inputs). Source: He, Zhang, Ren, Sun,
/// "Delving deep into rectifiers", ICCV 2015.
[[nodiscard]] Initial he(std::int64_t inputs);

/// What a parameter is called and looks like.
struct ParameterSpec {
  std::string name;
  std::vector<std::int64_t> shape;
  Initial initial;
  bool table = false;  ///< rows that are looked up one by one: no matrix to Muon (learner.hpp)
};
[[nodiscard]] std::int64_t count_of(const ParameterSpec& spec);

/// The trainable numbers of a model, float32 (float64 for checking gradients). All lie one after
/// the other in one vector, and so do their gradients: optimisers, averages, clipping and exchange
/// between processes are each a line over vectors, and tensors are views of them.
class Parameters {
 public:
  /// Each begins from a stream of chance of its own name, whatever others there are.
  Parameters(std::vector<ParameterSpec> specs, std::uint64_t seed, at::Device device,
             at::ScalarType type = at::kFloat);
  /// Those of a finished model, float32. Throws as load().
  Parameters(std::vector<ParameterSpec> specs, const nets::TensorMap& values, at::Device device);
  Parameters(Parameters&&) = default;
  Parameters(const Parameters&) = delete;  // the copy would be views of the same numbers
  Parameters& operator=(const Parameters&) = delete;

  /// Views by name; leaves of autograd. Throws Error internal for an unknown name.
  [[nodiscard]] const at::Tensor& operator[](const std::string& name) const;
  [[nodiscard]] const std::vector<ParameterSpec>& specs() const noexcept { return specs_; }

  /// All of them in the order of specs(), to differentiate by.
  [[nodiscard]] std::vector<at::Tensor> leaves() const;
  /// Adds derivatives by leaves(); undefined ones are zero.
  void add_gradients(const std::vector<at::Tensor>& by_leaves) const;

  [[nodiscard]] const at::Tensor& values() const noexcept { return values_; }
  [[nodiscard]] const at::Tensor& gradients() const noexcept { return gradients_; }
  [[nodiscard]] std::int64_t count() const { return values_.numel(); }

  /// Copies by name, on the processor.
  [[nodiscard]] nets::TensorMap tensors() const;
  /// Takes all values from `tensors`, float16 too. Throws Error bad_input when one is missing or
  /// has another shape.
  void load(const nets::TensorMap& tensors);

 private:
  /// Cuts `values` into the parameters.
  void lay_out(at::Tensor values);

  std::vector<ParameterSpec> specs_;
  at::Tensor values_, gradients_;
  std::map<std::string, at::Tensor> views_;
};

/// Adds a loss's derivatives to the gradients of all of these, in one pass through its graph, which
/// is gone afterwards.
void add_gradients(const at::Tensor& loss, std::initializer_list<const Parameters*> by);

}  // namespace atelier::train
