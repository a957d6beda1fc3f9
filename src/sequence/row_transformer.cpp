// SPDX-License-Identifier: Apache-2.0
#include "sequence/row_transformer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "atelier/base/error.hpp"
#include "sequence/turns.hpp"
#include "tensor/kernels/blocks.hpp"

namespace atelier::sequence {
namespace {

/// As rms_normalised().
void normalise(const float* x, std::size_t count, float* to) {
  constexpr double least = 1e-6;
  double squares = 0;
  for (std::size_t i = 0; i < count; ++i) squares += double{x[i]} * x[i];
  const auto scale =
      static_cast<float>(1 / std::sqrt(squares / static_cast<double>(count) + least));
  for (std::size_t i = 0; i < count; ++i) to[i] = x[i] * scale;
}

void add(const std::vector<float>& what, std::size_t count, float* to) {
  for (std::size_t i = 0; i < count; ++i) to[i] += what[i];
}

/// In place.
void softmax(float* values, std::size_t count) {
  const float greatest = *std::max_element(values, values + count);
  float sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += values[i] = std::exp(values[i] - greatest);
  for (std::size_t i = 0; i < count; ++i) values[i] /= sum;
}

}  // namespace

RowTransformer::RowTransformer(const SequenceForm& form, const train::PlainParameters& parameters,
                               Precision precision)
    : RowDecoder(form, parameters, precision),
      heads_(static_cast<std::size_t>(form.heads)),
      head_(static_cast<std::size_t>(form.width / form.heads)),
      normed_(width()),
      all_(tensor::padded(3 * width())),
      mixed_(width()),
      hidden_(tensor::padded(static_cast<std::size_t>(2 * hidden_units(form)))),
      added_(tensor::padded(width())),
      scores_(static_cast<std::size_t>(form.context)) {
  const auto context = static_cast<std::size_t>(form.context);
  for (int i = 0; i < form.layers; ++i) {
    const auto matrix = [&](const char* name) {
      return row_matrix(parameters, fmt::format("layer.{}.{}", i, name), precision);
    };
    layers_.push_back({matrix("attend"), matrix("attended"), matrix("gate"), matrix("gated"),
                       std::vector<float>(width() * context),
                       std::vector<float>(width() * context)});
  }
  Turns turns = turns_of(form.context, form.width / form.heads);
  cosines_ = std::move(turns.cosines);
  sines_ = std::move(turns.sines);
}

void RowTransformer::turn(float* vector) const {
  const std::size_t pairs = head_ / 2;
  const float *cosine = cosines_.data() + read_ * pairs, *sine = sines_.data() + read_ * pairs;
  for (std::size_t h = 0; h < heads_; ++h) {
    for (std::size_t i = 0; i < pairs; ++i) {
      float* pair = vector + h * head_ + 2 * i;
      const float a = pair[0], b = pair[1];
      pair[0] = a * cosine[i] - b * sine[i];
      pair[1] = a * sine[i] + b * cosine[i];
    }
  }
}

void RowTransformer::look_back(Layer& layer) {
  const std::size_t context = scores_.size(), seen = read_ + 1;
  float *query = all_.data(), *key = query + width(), *value = key + width();
  turn(query);
  turn(key);
  for (std::size_t i = 0; i < width(); ++i) layer.keys[i * context + read_] = key[i];
  std::copy(value, value + width(),
            layer.values.begin() + static_cast<std::ptrdiff_t>(read_ * width()));
  const float scale = 1 / std::sqrt(static_cast<float>(head_));
  std::fill(mixed_.begin(), mixed_.end(), 0.0F);
  for (std::size_t first = 0; first < width(); first += head_) {
    float* scores = scores_.data();
    std::fill(scores, scores + seen, 0.0F);
    for (std::size_t i = first; i < first + head_; ++i) {
      const float q = query[i] * scale, *keys = layer.keys.data() + i * context;
      for (std::size_t s = 0; s < seen; ++s) scores[s] += q * keys[s];
    }
    softmax(scores, seen);
    float* mixed = mixed_.data() + first;
    for (std::size_t s = 0; s < seen; ++s) {
      const float *from = layer.values.data() + s * width() + first, weight = scores[s];
      for (std::size_t i = 0; i < head_; ++i) mixed[i] += weight * from[i];
    }
  }
}

void RowTransformer::pass(float* x) {
  if (read_ >= scores_.size()) {
    fail(ErrorKind::internal, "a Transformer reads {} tokens at most.", scores_.size());
  }
  for (Layer& layer : layers_) {
    normalise(x, width(), normed_.data());
    layer.attend.multiply(normed_.data(), all_.data());
    look_back(layer);
    layer.attended.multiply(mixed_.data(), added_.data());
    add(added_, width(), x);
    normalise(x, width(), normed_.data());
    layer.gate.multiply(normed_.data(), hidden_.data());
    const std::size_t units = layer.gated.columns();
    for (std::size_t i = 0; i < units; ++i) {
      const float g = hidden_[i];
      hidden_[i] = g / (1 + std::exp(-g)) * hidden_[units + i];
    }
    layer.gated.multiply(hidden_.data(), added_.data());
    add(added_, width(), x);
  }
  normalise(x, width(), x);
  ++read_;
}

}  // namespace atelier::sequence
