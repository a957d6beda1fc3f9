// SPDX-License-Identifier: Apache-2.0
#include "nets/passes/make_pass.hpp"

#include "atelier/base/error.hpp"
#include "nets/passes/autograd_pass.hpp"
#include "nets/passes/bf16_pass.hpp"
#include "nets/passes/winograd_pass.hpp"
#include "nets/vgg.hpp"

namespace atelier::nets {
namespace {

void require_bf16() {
  if (tensor::bf16_units() == tensor::Bf16Units::not_built) {
    fail(ErrorKind::missing_capability,
         "the bf16 engine needs oneDNN, which this build was made without; install libdnnl-dev and "
         "build again, or use --engine winograd.");
  }
  if (tensor::bf16_units() == tensor::Bf16Units::none) {
    fail(ErrorKind::missing_capability,
         "the bf16 engine needs a processor with AMX or AVX512_BF16, which this one lacks; use "
         "--engine winograd.");
  }
}

/// What the engines of our own compute on.
bool floats_here(const at::TensorOptions& picture) {
  return picture.device().is_cpu() && c10::typeMetaToScalarType(picture.dtype()) == at::kFloat;
}

}  // namespace

// For fp32 pictures on the processor. With AVX512_BF16 alone, bf16 takes 1.7 times as long as
// Winograd: 0.85 s on two cores of an EPYC 9004 against 0.51 s, for VGG-19 at 512 px to relu5_1
// and back, though oneDNN reaches nine tenths of what the cores can do: direct convolution needs
// five times the products and gets twice as many an instruction. AMX has 16 times the peak of
// AVX512_BF16.
std::string_view fastest_engine() {
  return tensor::bf16_units() == tensor::Bf16Units::amx ? "bf16" : "winograd";
}

std::string settled_engine(const Network& net, std::string_view engine,
                           const at::TensorOptions& picture) {
  const bool ours = dynamic_cast<const Vgg*>(&net) != nullptr;
  if (engine == "auto") {
    return std::string(ours && floats_here(picture) ? fastest_engine() : "torch");
  }
  if (engine == "torch") return "torch";
  if (engine != "winograd" && engine != "bf16") {
    fail(ErrorKind::invalid_argument, "there is no engine '{}'; use auto, winograd, bf16 or torch.",
         engine);
  }
  if (!ours) {
    fail(ErrorKind::invalid_argument,
         "the {} engine computes the VGG networks alone, and the backbone is {}; use --engine auto "
         "or torch.",
         engine, net.name());
  }
  if (!floats_here(picture)) {
    fail(ErrorKind::invalid_argument,
         "the {} engine takes fp32 pictures on the processor; use --engine auto or torch.", engine);
  }
  return std::string(engine);
}

std::unique_ptr<Pass> make_pass(const Network& net, std::vector<std::string> layers,
                                const at::TensorOptions& picture, std::string_view asked) {
  const std::string engine = settled_engine(net, asked, picture);
  if (engine == "torch") return make_autograd_pass(net, std::move(layers));
  const Vgg& vgg = dynamic_cast<const Vgg&>(net);
  if (engine == "winograd") return make_winograd_pass(vgg, std::move(layers));
  require_bf16();
  return make_bf16_pass(vgg, std::move(layers));
}

}  // namespace atelier::nets
