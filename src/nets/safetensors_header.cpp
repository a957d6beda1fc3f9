// SPDX-License-Identifier: Apache-2.0
#include "nets/safetensors_header.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

#include "atelier/base/error.hpp"

namespace atelier::nets {
namespace {

using nlohmann::json;

constexpr std::uint64_t max_header = 100'000'000;
constexpr std::size_t max_values = 1'000'000;
constexpr int max_depth = 4;

constexpr std::array<std::pair<std::string_view, DType>, 10> type_names{{
    {"F64", DType::f64},
    {"F32", DType::f32},
    {"F16", DType::f16},
    {"BF16", DType::bf16},
    {"I64", DType::i64},
    {"I32", DType::i32},
    {"I16", DType::i16},
    {"I8", DType::i8},
    {"U8", DType::u8},
    {"BOOL", DType::boolean},
}};

[[noreturn]] void refuse(std::string_view reason) {
  fail(ErrorKind::bad_input, "the safetensors file is damaged ({}); bring a whole copy.", reason);
}

/// Parses with limits on depth and count, so that a small file cannot take much memory.
json parse_limited(std::string_view text) {
  std::size_t values = 0;
  std::set<std::string> names;
  const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
    if (depth > max_depth) refuse("its header nests too deep");
    if (++values > max_values) refuse("its header holds more than a million values");
    if (event == json::parse_event_t::key && depth == 1 &&
        !names.insert(parsed.get<std::string>()).second) {
      refuse("its header names a tensor twice");
    }
    return true;
  };
  json header = json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  if (!header.is_object()) refuse("its header is no JSON object");
  return header;
}

std::uint64_t unsigned_number(const json& value, std::string_view what) {
  if (!value.is_number_unsigned()) refuse(what);
  return value.get<std::uint64_t>();
}

SafetensorsEntry parse_entry(const json& value, std::uint64_t data, std::uint64_t data_size) {
  if (!value.is_object() || !value.contains("dtype") || !value.contains("shape") ||
      !value.contains("data_offsets")) {
    refuse("a tensor lacks dtype, shape or data_offsets");
  }
  SafetensorsEntry entry;
  const json& type = value["dtype"];
  const auto known = std::find_if(type_names.begin(), type_names.end(), [&](const auto& named) {
    return type.is_string() && type.get_ref<const std::string&>() == named.first;
  });
  if (known == type_names.end()) refuse("a tensor has a type that is not supported");
  entry.type = known->second;

  const json& shape = value["shape"];
  if (!shape.is_array() || shape.size() > max_dimensions) refuse("a tensor's shape is impossible");
  for (const json& size : shape) {
    const auto number = unsigned_number(size, "a tensor's shape holds something else than sizes");
    entry.shape.push_back(static_cast<std::int64_t>(std::min(number, std::uint64_t{1} << 62)));
  }
  const auto count = element_count(entry.shape);
  if (!count) refuse("a tensor's shape is impossible");

  const json& offsets = value["data_offsets"];
  if (!offsets.is_array() || offsets.size() != 2) refuse("a tensor has no two offsets");
  entry.begin = unsigned_number(offsets[0], "an offset is no number");
  entry.end = unsigned_number(offsets[1], "an offset is no number");
  if (entry.begin > entry.end || entry.end > data_size) refuse("a tensor reaches outside the file");
  if (entry.end - entry.begin != static_cast<std::uint64_t>(*count * element_size(entry.type))) {
    refuse("a tensor's range does not fit its shape");
  }
  entry.begin += data;
  entry.end += data;
  return entry;
}

/// Throws unless the ranges follow each other from `data` to `end` without holes or overlaps.
void check_cover(const std::map<std::string, SafetensorsEntry>& tensors, std::uint64_t data,
                 std::uint64_t end) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  for (const auto& [name, entry] : tensors) ranges.emplace_back(entry.begin, entry.end);
  std::sort(ranges.begin(), ranges.end());
  std::uint64_t at = data;
  for (const auto& [begin, stop] : ranges) {
    if (begin != at) refuse("its tensors overlap or leave holes");
    at = stop;
  }
  if (at != end) refuse("its data is longer than its tensors");
}

}  // namespace

SafetensorsHeader parse_safetensors(std::span<const std::byte> bytes) {
  if (bytes.size() < 8) refuse("it ends early");
  std::uint64_t length = 0;
  for (std::size_t i = 8; i-- > 0;) length = length << 8 | std::to_integer<std::uint64_t>(bytes[i]);
  if (length > max_header) refuse("its header exceeds 100 MB; is it a safetensors file?");
  if (length > bytes.size() - 8) refuse("it ends early");
  const json parsed = parse_limited(
      {reinterpret_cast<const char*>(bytes.data()) + 8, static_cast<std::size_t>(length)});

  SafetensorsHeader header;
  const std::uint64_t data = 8 + length;
  for (const auto& [name, value] : parsed.items()) {
    if (name != "__metadata__") {
      header.tensors[name] = parse_entry(value, data, bytes.size() - data);
      continue;
    }
    if (!value.is_object()) refuse("its metadata is no object");
    for (const auto& [key, text] : value.items()) {
      if (!text.is_string()) refuse("its metadata holds something else than text");
      header.metadata[key] = text.get<std::string>();
    }
  }
  check_cover(header.tensors, data, bytes.size());
  return header;
}

std::string safetensors_name(DType type) {
  for (const auto& [name, known] : type_names) {
    if (known == type) return std::string(name);
  }
  fail(ErrorKind::internal, "an element type is missing from the table of names.");
}

}  // namespace atelier::nets
