// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sequence/row_decoder.hpp"

namespace atelier::sequence {

/// Transformer (transformer.hpp) for one sequence.
class RowTransformer final : public RowDecoder {
 public:
  RowTransformer(const SequenceForm& form, const train::PlainParameters& parameters,
                 Precision precision);

  [[nodiscard]] std::int64_t capacity() const override { return form().context; }
  void restart() override { read_ = 0; }
  void mark() override { marked_ = read_; }
  void back() override { read_ = marked_; }

 private:
  struct Layer {
    tensor::RowMatrix attend, attended, gate, gated;
    std::vector<float> keys;    // heads x D x context
    std::vector<float> values;  // context x C
  };
  void pass(float* x) override;
  /// Turns one vector of all heads by the angles of the position that is read.
  void turn(float* vector) const;
  /// Attention of one token, whose queries, keys and values are in all_, into mixed_.
  void look_back(Layer& layer);

  std::size_t heads_, head_;
  std::size_t read_ = 0, marked_ = 0;
  std::vector<Layer> layers_;
  std::vector<float> cosines_, sines_;  // context x D/2
  std::vector<float> normed_, all_, mixed_, hidden_, added_, scores_;
};

}  // namespace atelier::sequence
