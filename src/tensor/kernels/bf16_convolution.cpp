// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/bf16_convolution.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#include <vector>

#include "atelier/base/error.hpp"
#include "tensor/buffer.hpp"

namespace atelier::tensor {
namespace {

using dnnl::memory;

constexpr std::size_t reach = 3, taps = reach * reach;

const dnnl::engine& processor() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

/// While it lives, oneDNN computes on the calling thread alone. It takes its threads from OpenMP,
/// whose count is each thread's own.
class OneThread {
 public:
  OneThread() {
    if (!set || !get) return;
    before_ = get();
    set(1);
  }
  ~OneThread() {
    if (before_ > 0) set(before_);
  }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  template <class Function>
  static Function* find(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_DEFAULT, name));
  }

  inline static void (*const set)(int) = find<void(int)>("omp_set_num_threads");
  inline static int (*const get)() = find<int()>("omp_get_max_threads");
  int before_ = 0;
};

memory::dim dim(std::size_t n) {
  return static_cast<memory::dim>(n);
}

/// Filters turned by 180 degrees, from outputs to inputs.
std::vector<Bf16> turned(const Bf16* plain, std::size_t inputs, std::size_t outputs) {
  std::vector<Bf16> result(inputs * outputs * taps);
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t i = 0; i < inputs; ++i) {
      std::reverse_copy(plain + (o * inputs + i) * taps, plain + (o * inputs + i + 1) * taps,
                        result.data() + (i * outputs + o) * taps);
    }
  }
  return result;
}

/// Weights in the layouts that primitives asked for.
class Layouts {
 public:
  /// The weights as `layout`; `plain` makes outputs x inputs x 3 x 3 of them when they are new.
  template <class Plain>
  memory in(const memory::desc& layout, std::size_t inputs, std::size_t outputs,
            const Plain& plain) {
    const std::lock_guard lock(mutex_);
    for (const memory& made : made_) {
      if (made.get_desc() == layout) return made;
    }
    const std::vector<Bf16> values = plain();
    memory from({{dim(outputs), dim(inputs), reach, reach},
                 memory::data_type::bf16,
                 memory::format_tag::oihw},
                processor(), const_cast<Bf16*>(values.data()));
    memory to(layout, processor());
    dnnl::stream stream(processor());
    dnnl::reorder(from, to).execute(stream, from, to);
    stream.wait();
    made_.push_back(to);
    return to;
  }

 private:
  std::mutex mutex_;
  std::vector<memory> made_;
};

dnnl::convolution_forward::primitive_desc describe(std::size_t inputs, std::size_t outputs,
                                                   int rows, int width, bool bias_and_relu) {
  using Tag = memory::format_tag;
  using Type = memory::data_type;
  const memory::desc in({1, dim(inputs), rows + 2, width}, Type::bf16, Tag::nhwc);
  const memory::desc out({1, dim(outputs), rows, width}, Type::bf16, Tag::nhwc);
  const memory::desc weight({dim(outputs), dim(inputs), reach, reach}, Type::bf16, Tag::any);
  const memory::desc bias({dim(outputs)}, Type::f32, Tag::x);
  const memory::dims strides{1, 1}, border{0, 1};
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);  // each thread brings its own
  constexpr auto kind = dnnl::prop_kind::forward_inference;
  constexpr auto algorithm = dnnl::algorithm::convolution_direct;
  if (!bias_and_relu) {
    return {{kind, algorithm, in, weight, out, strides, border, border}, attributes, processor()};
  }
  dnnl::post_ops relu;
  relu.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
  attributes.set_post_ops(relu);
  return {
      {kind, algorithm, in, weight, bias, out, strides, border, border}, attributes, processor()};
}

}  // namespace

Bf16Units bf16_units() {
  switch (dnnl::get_effective_cpu_isa()) {
    case dnnl::cpu_isa::avx512_core_amx:
      return Bf16Units::amx;
    case dnnl::cpu_isa::avx512_core_bf16:
      return Bf16Units::avx512_bf16;
    default:
      return Bf16Units::none;
  }
}

std::string bf16_description() {
  const dnnl::version_t* version = dnnl::version();
  return fmt::format("oneDNN {}.{}.{} bf16, {}", version->major, version->minor, version->patch,
                     bf16_units() == Bf16Units::amx ? "AMX" : "AVX512_BF16");
}

struct Bf16Band::Primitive {
  dnnl::convolution_forward::primitive_desc description;
  dnnl::convolution_forward compute;
  memory weights, bias;
};

std::size_t Bf16Band::scratch_bytes() const {
  return primitive_->description.scratchpad_desc().get_size();
}

void Bf16Band::compute(const Bf16* in, Bf16* out, std::byte* scratch) const {
  const Primitive& p = *primitive_;
  const OneThread alone;
  dnnl::stream stream(processor());
  std::unordered_map<int, memory> arguments{
      {DNNL_ARG_SRC, {p.description.src_desc(), processor(), const_cast<Bf16*>(in)}},
      {DNNL_ARG_WEIGHTS, p.weights},
      {DNNL_ARG_DST, {p.description.dst_desc(), processor(), out}},
      {DNNL_ARG_SCRATCHPAD, {p.description.scratchpad_desc(), processor(), scratch}}};
  if (p.bias) arguments.emplace(DNNL_ARG_BIAS, p.bias);
  p.compute.execute(stream, arguments);
  stream.wait();
}

struct Bf16Convolution::Weights {
  std::size_t inputs, outputs;  ///< padded
  Buffer<Bf16> plain;           ///< outputs x inputs x 3 x 3
  Buffer<float> bias;
  Layouts forward, backward;

  [[nodiscard]] Bf16Band band(bool back, int rows, int width) {
    const OneThread alone;
    const std::size_t from = back ? outputs : inputs, to = back ? inputs : outputs;
    try {
      auto description = describe(from, to, rows, width, !back);
      const memory layout =
          (back ? backward : forward).in(description.weights_desc(), from, to, [&] {
            return back ? turned(plain.data(), inputs, outputs)
                        : std::vector<Bf16>(plain.data(), plain.data() + inputs * outputs * taps);
          });
      memory bias_memory;
      if (!back) bias_memory = memory(description.bias_desc(), processor(), bias.data());
      Bf16Band made;
      made.primitive_ = std::make_shared<const Bf16Band::Primitive>(Bf16Band::Primitive{
          description, dnnl::convolution_forward(description), layout, bias_memory});
      return made;
    } catch (const dnnl::error& error) {
      fail(error.status == dnnl_out_of_memory ? ErrorKind::out_of_memory
                                              : ErrorKind::missing_capability,
           "oneDNN makes no bf16 convolution of {} rows of {} px from {} to {} channels ({}); use "
           "--engine winograd.",
           rows, width, from, to, error.what());
    }
  }
};

Bf16Convolution::Bf16Convolution(const float* weight, const float* bias, std::size_t inputs,
                                 std::size_t outputs)
    : inputs_(inputs), outputs_(outputs), weights_(std::make_unique<Weights>()) {
  Weights& w = *weights_;
  w.inputs = padded(inputs);
  w.outputs = padded(outputs);
  Buffer<float> wide(w.inputs * w.outputs * taps);
  for (std::size_t o = 0; o < outputs; ++o) {
    std::copy_n(weight + o * inputs * taps, inputs * taps, wide.data() + o * w.inputs * taps);
  }
  w.plain.reserve(wide.size());
  to_bf16(wide.data(), wide.size() / block, w.plain.data());
  w.bias.reserve(w.outputs);
  std::copy_n(bias, outputs, w.bias.data());
}

Bf16Convolution::Bf16Convolution(Bf16Convolution&&) noexcept = default;
Bf16Convolution::~Bf16Convolution() = default;

Bf16Band Bf16Convolution::forward(int rows, int width) const {
  return weights_->band(false, rows, width);
}

Bf16Band Bf16Convolution::backward(int rows, int width) const {
  return weights_->band(true, rows, width);
}

}  // namespace atelier::tensor
