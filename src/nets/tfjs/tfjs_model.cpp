// SPDX-License-Identifier: Apache-2.0
#include "nets/tfjs/tfjs_model.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "nets/tfjs/literal.hpp"
#include "nets/tfjs/manifest.hpp"

namespace atelier::nets {
namespace {

constexpr std::uint64_t max_description = 64u << 20;
constexpr std::uint64_t max_shard = std::uint64_t{3} << 30;

std::string shard(const std::string& path, const TfjsFile& file) {
  if (auto plain = file(path)) return std::move(*plain);
  for (const char* suffix : {".js", ".min.js"}) {
    const auto script = file(path + suffix);
    if (!script) continue;
    const nlohmann::json exported = read_literal(*script);
    if (!exported.is_string()) {
      fail(ErrorKind::bad_input, "{}{} exports no weights.", path, suffix);
    }
    return decode_base64(exported.get_ref<const std::string&>());
  }
  fail(ErrorKind::bad_input, "the model's weights lie in {}, which is missing beside it.", path);
}

std::filesystem::path description_in(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return path;
  for (const char* name : {"model.json", "model.js", "model.min.js"}) {
    if (std::filesystem::is_regular_file(path / name, ignored)) return path / name;
  }
  return {};
}

}  // namespace

TensorMap read_tfjs(std::string_view description, const TfjsFile& file) {
  TensorMap tensors;
  for (const TfjsGroup& group : parse_manifest(read_literal(description))) {
    std::string bytes;
    for (const std::string& path : group.paths) bytes += shard(path, file);
    std::span<const std::byte> rest = std::as_bytes(std::span(bytes));
    for (const TfjsWeight& weight : group.weights) {
      if (bytes_of(weight) > rest.size()) {
        fail(ErrorKind::bad_input, "the model's files end before {}; bring a whole copy.",
             weight.name);
      }
      const std::vector<float> values = decode(weight, rest.first(bytes_of(weight)));
      rest = rest.subspan(bytes_of(weight));
      at::Tensor tensor = at::empty(weight.shape, at::kFloat);
      if (!values.empty()) std::memcpy(tensor.data_ptr(), values.data(), tensor.nbytes());
      tensors[weight.name] = std::move(tensor);
    }
    if (!rest.empty()) {
      fail(ErrorKind::bad_input, "the model's files hold {} bytes more than its weights.",
           rest.size());
    }
  }
  return tensors;
}

bool is_tfjs(const std::filesystem::path& path) {
  const std::filesystem::path description = description_in(path);
  const std::string suffix = description.extension();
  return suffix == ".json" || suffix == ".js";
}

TensorMap read_tfjs(const std::filesystem::path& path) {
  const std::filesystem::path description = description_in(path);
  const std::string text = read_file(description, max_description);
  return read_tfjs(text, [&](const std::string& name) -> std::optional<std::string> {
    const std::filesystem::path beside = description.parent_path() / name;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(beside, ignored)) return std::nullopt;
    return read_file(beside, max_shard);
  });
}

}  // namespace atelier::nets
