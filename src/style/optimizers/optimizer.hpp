// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string_view>

#include "atelier/image/image.hpp"
#include "nets/tensor_map.hpp"

namespace atelier::style {

/// Moves a picture (1 x 3 x H x W, 0..1) downhill, one evaluation a step, and keeps it within 0..1.
class Optimizer {
 public:
  virtual ~Optimizer() = default;

  /// The next picture, from the current one and its loss and gradient there.
  [[nodiscard]] virtual at::Tensor step(const at::Tensor& x, double loss,
                                        const at::Tensor& gradient) = 0;

  /// What to show when the last step led to `x`.
  [[nodiscard]] virtual at::Tensor result(const at::Tensor& x) const { return x; }

  /// Begins a scale: pictures of `size`, moved `steps` times. Called before the first step; what is
  /// known from the last scale is carried over.
  virtual void begin(image::Size size, int steps) = 0;

  /// All that its next step depends on, besides what begin() was told; valid until that step.
  [[nodiscard]] virtual nets::TensorMap state() const = 0;
  /// Goes on where another of its kind was that had begun the same scale: call begin() before.
  /// Takes the tensors. Throws Error bad_input where they are not such a state.
  virtual void restore(nets::TensorMap state) = 0;
};

/// Adam on four octaves. Source: Kingma, Ba, "Adam: a method for stochastic optimization", ICLR
/// 2015, with b1 = 0.95, b2 = 0.99. Differs: the picture is seen as the sum of itself and of
/// enlargements of three smaller ones, of a half to an eighth of its edges, and each takes Adam's
/// steps with moments of its own. A pixel's gradient is noisy where that of a region is not, so
/// that forms and colours of regions settle earlier than from pixels alone. The rate falls from
/// `step_size` (in units of 0..1 values, each octave) to a thirtieth along half a cosine over the
/// steps of each size (Loshchilov, Hutter, "SGDR", ICLR 2017); moments are carried from size to
/// size. result() is the average of iterates with decay 0.9, corrected for its start (Polyak,
/// Juditsky 1992), which takes out the noise of the last steps.
[[nodiscard]] std::unique_ptr<Optimizer> make_adam(double step_size);

/// Limited-memory BFGS, of at most ten pairs or 600 MB. Source: Nocedal, Wright, "Numerical
/// Optimization", 2nd ed., algorithm 7.5.
/// Differs: the first guess of the inverse Hessian is not a multiple of the identity but counts
/// seven octaves of the picture alike. No line search, each step costs one evaluation; a step after
/// which the loss is more than a thousandth higher is taken back and tried at a quarter of its
/// length, four times at most before the memory is dropped. Values at a bound with a gradient that
/// points outwards stay there (Bertsekas 1982), and curvature is measured along the step really
/// taken. The first step has a root-mean-square of `step_size`.
[[nodiscard]] std::unique_ptr<Optimizer> make_lbfgs(double step_size);

/// `name`: "adam" or "lbfgs"; `step_size`: 0 for the one that suits it (0.04; 0.02). Throws Error
/// invalid_argument for another.
[[nodiscard]] std::unique_ptr<Optimizer> make_optimizer(std::string_view name, double step_size);

/// How many pictures of `size` an optimizer of this name keeps.
[[nodiscard]] int optimizer_pictures(std::string_view name, image::Size size);

}  // namespace atelier::style
