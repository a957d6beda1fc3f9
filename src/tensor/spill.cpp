// SPDX-License-Identifier: Apache-2.0
#include "tensor/spill.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "atelier/base/scratch_memory.hpp"

namespace atelier::tensor {
namespace {

constexpr std::int64_t least_spilled_bytes = 32 << 20;  // a picture of 1670 px square
/// Torch starts threads of its own for more, which parallel_for() has already.
constexpr std::int64_t strip_values = 32767;

void give_back(void* memory) {
  delete static_cast<ScratchMemory*>(memory);
}

}  // namespace

SpillableBytes spillable_bytes(double bytes) {
  if (bytes < static_cast<double>(least_spilled_bytes)) return {bytes, 0};
  return {0, bytes};
}

at::Tensor spillable_zeros(at::IntArrayRef sizes, const at::TensorOptions& options) {
  const auto format = at::MemoryFormat::ChannelsLast;
  const auto count = c10::multiply_integers(sizes);
  const auto bytes = count * static_cast<std::int64_t>(options.dtype().itemsize());
  if (!options.device().is_cpu() || bytes < least_spilled_bytes) {
    return at::zeros(sizes, options).contiguous(format);
  }
  auto* scratch = new ScratchMemory(static_cast<std::size_t>(bytes));
  at::DataPtr memory(scratch->data(), scratch, &give_back, at::kCPU);
  const c10::Storage storage(c10::Storage::use_byte_size_t(), static_cast<std::size_t>(bytes),
                             std::move(memory), /*allocator=*/nullptr, /*resizable=*/false);
  at::Tensor tensor = at::empty({0}, options);
  tensor.set_(storage, 0, sizes, c10::get_channels_last_strides_2d(sizes));
  return tensor;
}

bool is_spilled(const at::Tensor& tensor) {
  return tensor.defined() && tensor.device().is_cpu() && tensor.has_storage() &&
         tensor.storage().data_ptr().get_deleter() == &give_back;
}

void let_go(const at::Tensor& tensor) {
  if (!is_spilled(tensor) || tensor.numel() == 0) return;
  std::int64_t values = 1;
  for (std::int64_t d = 0; d < tensor.dim(); ++d) values += (tensor.size(d) - 1) * tensor.stride(d);
  let_go_of_scratch({static_cast<const std::byte*>(tensor.data_ptr()),
                     static_cast<std::size_t>(values) * tensor.element_size()});
}

Strips strips_of(const at::Tensor& tensor) {
  const std::int64_t height = tensor.size(2);
  if (!tensor.device().is_cpu() || tensor.numel() == 0) return {height, 1};
  const std::int64_t rows =
      std::clamp<std::int64_t>(strip_values / (tensor.numel() / height), 1, height);
  return {rows, (height + rows - 1) / rows};
}

}  // namespace atelier::tensor
