// SPDX-License-Identifier: Apache-2.0
#include "nets/tfjs/manifest.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "atelier/base/base64.hpp"
#include "atelier/base/error.hpp"
#include "nets/dtype.hpp"

namespace atelier::nets {
namespace {

constexpr std::size_t max_weights = 100'000;
constexpr std::uint64_t max_bytes = std::uint64_t{2} << 30;

std::uint64_t size_of(TfjsWeight::Kept kept) {
  switch (kept) {
    case TfjsWeight::Kept::float32:
    case TfjsWeight::Kept::int32:
      return 4;
    case TfjsWeight::Kept::uint16:
    case TfjsWeight::Kept::float16:
      return 2;
    case TfjsWeight::Kept::uint8:
      return 1;
  }
  return 0;
}

/// A type by its name; `in` are those that may stand there.
TfjsWeight::Kept type_named(const std::string& name, const std::string& weight,
                            std::initializer_list<TfjsWeight::Kept> in) {
  static const std::map<std::string, TfjsWeight::Kept> types{
      {"float32", TfjsWeight::Kept::float32},
      {"int32", TfjsWeight::Kept::int32},
      {"uint8", TfjsWeight::Kept::uint8},
      {"uint16", TfjsWeight::Kept::uint16},
      {"float16", TfjsWeight::Kept::float16}};
  const auto found = types.find(name);
  for (const TfjsWeight::Kept allowed : in) {
    if (found != types.end() && found->second == allowed) return allowed;
  }
  fail(ErrorKind::bad_input, "the weight {} is kept as '{}', which is not read.", weight, name);
}

TfjsWeight parse_weight(const nlohmann::json& json) {
  TfjsWeight weight;
  weight.name = json.at("name").get<std::string>();
  for (const auto& size : json.at("shape")) {
    if (!size.is_number_integer())
      fail(ErrorKind::bad_input, "the shape of {} is none.", weight.name);
    weight.shape.push_back(size.get<std::int64_t>());
  }
  const auto count = element_count(weight.shape);
  if (weight.shape.size() > max_dimensions || !count) {
    fail(ErrorKind::bad_input, "the shape of {} is none.", weight.name);
  }
  weight.elements = static_cast<std::uint64_t>(*count);
  using Kept = TfjsWeight::Kept;
  weight.kept =
      type_named(json.at("dtype").get<std::string>(), weight.name, {Kept::float32, Kept::int32});
  const auto found = json.find("quantization");
  if (found == json.end()) return weight;
  weight.kept = type_named(found->at("dtype").get<std::string>(), weight.name,
                           {Kept::uint8, Kept::uint16, Kept::float16});
  if (weight.kept != Kept::float16) {
    weight.scale = found->at("scale").get<double>();
    weight.min = found->at("min").get<double>();
  }
  if (!std::isfinite(weight.scale) || !std::isfinite(weight.min)) {
    fail(ErrorKind::bad_input, "the quantisation of {} is not finite.", weight.name);
  }
  return weight;
}

void check_path(const std::string& path) {
  const bool plain = !path.empty() && path.size() < 256 &&
                     path.find_first_of(std::string("/\\\0", 3)) == std::string::npos &&
                     path != "." && path != "..";
  if (!plain) {
    fail(ErrorKind::bad_input,
         "the model keeps weights in '{}', which is no name of a file beside it.",
         path.substr(0, 80));
  }
}

float half_to_float(std::uint16_t half) {
  const int exponent = (half >> 10) & 31, mantissa = half & 1023;
  double value = 0;
  if (exponent == 31) {
    value = mantissa == 0 ? INFINITY : NAN;
  } else if (exponent == 0) {
    value = std::ldexp(mantissa, -24);
  } else {
    value = std::ldexp(mantissa + 1024, exponent - 25);
  }
  return static_cast<float>((half & 0x8000) != 0 ? -value : value);
}

/// The i-th element of type T.
template <class T>
T element(std::span<const std::byte> bytes, std::size_t i) {
  static_assert(std::endian::native == std::endian::little);
  T value;
  std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
  return value;
}

}  // namespace

std::uint64_t bytes_of(const TfjsWeight& weight) {
  return weight.elements * size_of(weight.kept);
}

std::vector<TfjsGroup> parse_manifest(const nlohmann::json& model) {
  std::vector<TfjsGroup> groups;
  std::set<std::string> names;
  std::uint64_t total = 0;
  try {
    for (const auto& json : model.at("weightsManifest")) {
      TfjsGroup& group = groups.emplace_back();
      for (const auto& path : json.at("paths")) {
        group.paths.push_back(path.get<std::string>());
        check_path(group.paths.back());
      }
      for (const auto& entry : json.at("weights")) {
        group.weights.push_back(parse_weight(entry));
        const TfjsWeight& weight = group.weights.back();
        if (!names.insert(weight.name).second) {
          fail(ErrorKind::bad_input, "the model holds {} twice.", weight.name);
        }
        total += std::min(bytes_of(weight), max_bytes + 1);
        if (total > max_bytes || names.size() > max_weights) {
          fail(ErrorKind::bad_input,
               "the model holds more than 2 GiB or 100,000 weights; is it the right file?");
        }
      }
    }
  } catch (const nlohmann::json::exception&) {
    fail(ErrorKind::bad_input,
         "the file is no model of TensorFlow.js: its weightsManifest is missing or damaged.");
  }
  return groups;
}

std::vector<float> decode(const TfjsWeight& weight, std::span<const std::byte> bytes) {
  std::vector<float> values(weight.elements);
  const auto fill = [&](auto value_at) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(value_at(i));
  };
  switch (weight.kept) {
    case TfjsWeight::Kept::float32:
      fill([&](std::size_t i) { return element<float>(bytes, i); });
      break;
    case TfjsWeight::Kept::int32:
      fill([&](std::size_t i) { return element<std::int32_t>(bytes, i); });
      break;
    case TfjsWeight::Kept::float16:
      fill([&](std::size_t i) { return half_to_float(element<std::uint16_t>(bytes, i)); });
      break;
    case TfjsWeight::Kept::uint8:
      fill([&](std::size_t i) {
        return element<std::uint8_t>(bytes, i) * weight.scale + weight.min;
      });
      break;
    case TfjsWeight::Kept::uint16:
      fill([&](std::size_t i) {
        return element<std::uint16_t>(bytes, i) * weight.scale + weight.min;
      });
      break;
  }
  return values;
}

std::string decode_base64(std::string_view text) {
  std::optional<std::string> bytes = from_base64(text);
  if (!bytes)
    fail(ErrorKind::bad_input, "the weights are no base64; bring a whole copy of the file.");
  return std::move(*bytes);
}

}  // namespace atelier::nets
