// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/product.hpp"

#include "tensor/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/product.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "tensor/kernels/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

void multiply_panels(const Rows& a, std::size_t rows, std::size_t depth, const Panels& b,
                     std::size_t panels, float* c, std::size_t c_step, bool add) {
  const auto packed = [&](std::size_t panel, std::size_t, std::size_t k, std::size_t) {
    return Panels{b.data + panel * b.step + k * block, b.step};
  };
  multiply(a, rows, depth, panels, packed, c, c_step, add);
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {

HWY_EXPORT(multiply_panels);

void multiply(const Rows& a, std::size_t rows, std::size_t depth, const Panels& b,
              std::size_t panels, float* c, std::size_t c_step, bool add) {
  HWY_DYNAMIC_DISPATCH(multiply_panels)(a, rows, depth, b, panels, c, c_step, add);
}

}  // namespace atelier::tensor
#endif
