// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::nets {

/// One weight of a TensorFlow.js model and how its values are kept.
struct TfjsWeight {
  enum class Kept { float32, int32, uint8, uint16, float16 };
  std::string name;
  std::vector<std::int64_t> shape;
  Kept kept = Kept::float32;
  double scale = 1, min = 0;   ///< of uint8 and uint16: value = kept * scale + min
  std::uint64_t elements = 0;  ///< bytes follow from `kept`
};

/// Weights whose bytes lie one after another in files that follow one another.
struct TfjsGroup {
  std::vector<std::string> paths;
  std::vector<TfjsWeight> weights;
};

[[nodiscard]] std::uint64_t bytes_of(const TfjsWeight& weight);

/// The weightsManifest of a model.json.
///
/// Source: TensorFlow.js, tfjs-core/src/io/types.ts (WeightsManifestConfig) and io_utils.ts
/// (decodeWeights): groups of paths and of weights with name, shape, dtype and an optional
/// quantization. Limits: 100,000 weights, 2 GiB in all; a path is the name of a file beside the
/// model, without folders. Throws Error bad_input when it is not such a manifest.
[[nodiscard]] std::vector<TfjsGroup> parse_manifest(const nlohmann::json& model);

/// The values of a weight in float32, from its bytes (little-endian, bytes_of(weight) of them).
/// Quantised values are computed in double and rounded once, as JavaScript does.
[[nodiscard]] std::vector<float> decode(const TfjsWeight& weight, std::span<const std::byte> bytes);

/// What base64 text (RFC 4648, with padding) stands for. Throws Error bad_input when it is none.
[[nodiscard]] std::string decode_base64(std::string_view text);

}  // namespace atelier::nets
