// SPDX-License-Identifier: Apache-2.0
#include "sequence/row_lstm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tensor/kernels/blocks.hpp"

namespace atelier::sequence {
namespace {

float sigmoid(float x) {
  return 1 / (1 + std::exp(-x));
}

}  // namespace

RowLstm::RowLstm(const SequenceForm& form, const train::PlainParameters& parameters,
                 Precision precision)
    : RowDecoder(form, parameters, precision),
      last_{numbers_of(parameters["last.gain"]), numbers_of(parameters["last.shift"])},
      normed_(width()),
      by_input_(tensor::padded(4 * width())),
      by_hidden_(tensor::padded(4 * width())) {
  for (int i = 0; i < form.layers; ++i) {
    const std::string name = fmt::format("lstm.{}.", i);
    layers_.push_back(
        {row_matrix(parameters, name + "input", precision),
         row_matrix(parameters, name + "hidden", precision),
         numbers_of(parameters[name + "bias"]),
         {numbers_of(parameters[name + "gain"]), numbers_of(parameters[name + "shift"])},
         std::vector<float>(width()),
         std::vector<float>(width()),
         {},
         {}});
  }
}

void RowLstm::restart() {
  for (Layer& layer : layers_) {
    std::fill(layer.h.begin(), layer.h.end(), 0.0F);
    std::fill(layer.c.begin(), layer.c.end(), 0.0F);
  }
}

void RowLstm::mark() {
  for (Layer& layer : layers_) {
    layer.marked_h = layer.h;
    layer.marked_c = layer.c;
  }
}

void RowLstm::back() {
  for (Layer& layer : layers_) {
    layer.h = layer.marked_h;
    layer.c = layer.marked_c;
  }
}

void RowLstm::Norm::operator()(const float* x, float* to) const {
  constexpr double least = 1e-5;
  const auto count = static_cast<double>(gain.size());
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < gain.size(); ++i) sum += x[i];
  const double mean = sum / count;
  for (std::size_t i = 0; i < gain.size(); ++i) squares += (x[i] - mean) * (x[i] - mean);
  const double scale = 1 / std::sqrt(squares / count + least);
  for (std::size_t i = 0; i < gain.size(); ++i) {
    to[i] = static_cast<float>((x[i] - mean) * scale) * gain[i] + shift[i];
  }
}

void RowLstm::remember(Layer& layer, const float* x) {
  layer.input.multiply(x, by_input_.data());
  layer.hidden.multiply(layer.h.data(), by_hidden_.data());
  const std::size_t count = width();
  for (std::size_t i = 0; i < count; ++i) {
    const auto gate = [&](std::size_t which) {
      const std::size_t at = which * count + i;
      return by_input_[at] + by_hidden_[at] + layer.bias[at];
    };
    layer.c[i] = sigmoid(gate(1) + 1) * layer.c[i] + sigmoid(gate(0)) * std::tanh(gate(2));
    layer.h[i] = sigmoid(gate(3)) * std::tanh(layer.c[i]);
  }
}

void RowLstm::pass(float* x) {
  for (Layer& layer : layers_) {
    layer.norm(x, normed_.data());
    remember(layer, normed_.data());
    for (std::size_t i = 0; i < width(); ++i) x[i] += layer.h[i];
  }
  last_(x, normed_.data());
  std::copy(normed_.begin(), normed_.end(), x);
}

}  // namespace atelier::sequence
