// SPDX-License-Identifier: Apache-2.0
#include "style/terms/laplacian_term.hpp"

#include "style/losses/laplacian.hpp"

namespace atelier::style {
namespace {

class LaplacianTerm final : public PictureTerm {
 public:
  explicit LaplacianTerm(const Scene& scene) : loss_(scene.content, scene.content_guide.picture) {}

  double operator()(const at::Tensor& rgb, double weight, const at::Tensor& gradient) override {
    return loss_(rgb, weight, gradient);
  }

 private:
  Laplacian loss_;
};

}  // namespace

std::unique_ptr<PictureTerm> laplacian_term(const Scene& scene) {
  return std::make_unique<LaplacianTerm>(scene);
}

}  // namespace atelier::style
