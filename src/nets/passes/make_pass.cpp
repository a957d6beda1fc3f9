// SPDX-License-Identifier: Apache-2.0
#include "nets/passes/make_pass.hpp"

#include "atelier/base/error.hpp"
#include "nets/passes/autograd_pass.hpp"
#include "nets/passes/winograd_pass.hpp"

namespace atelier::nets {

std::unique_ptr<Pass> make_pass(const Vgg& vgg, std::vector<std::string> layers,
                                const at::TensorOptions& picture, std::string_view engine) {
  const bool floats_here =
      picture.device().is_cpu() && c10::typeMetaToScalarType(picture.dtype()) == at::kFloat;
  if (engine == "torch" || (engine == "auto" && !floats_here)) {
    return make_autograd_pass(vgg, std::move(layers));
  }
  if (engine == "auto" || engine == "winograd") {
    if (!floats_here) {
      fail(ErrorKind::invalid_argument,
           "the winograd engine computes in fp32 on the processor; use --engine auto or torch.");
    }
    return make_winograd_pass(vgg, std::move(layers));
  }
  fail(ErrorKind::invalid_argument, "there is no engine '{}'; use auto, winograd or torch.",
       engine);
}

}  // namespace atelier::nets
