// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sequence/row_decoder.hpp"

namespace atelier::sequence {

/// Lstm (lstm.hpp) for one sequence.
class RowLstm final : public RowDecoder {
 public:
  RowLstm(const SequenceForm& form, const train::PlainParameters& parameters, Precision precision);

  [[nodiscard]] std::int64_t capacity() const override { return 0; }
  void restart() override;
  void mark() override;
  void back() override;

 private:
  struct Norm {
    std::vector<float> gain, shift;
    void operator()(const float* x, float* to) const;
  };
  struct Layer {
    tensor::RowMatrix input, hidden;
    std::vector<float> bias;
    Norm norm;
    std::vector<float> h, c;
    std::vector<float> marked_h, marked_c;
  };
  void pass(float* x) override;
  void remember(Layer& layer, const float* x);

  std::vector<Layer> layers_;
  Norm last_;
  std::vector<float> normed_, by_input_, by_hidden_;
};

}  // namespace atelier::sequence
