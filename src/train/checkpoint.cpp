// SPDX-License-Identifier: Apache-2.0
#include "train/checkpoint.hpp"

#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <charconv>

#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "nets/safetensors.hpp"

namespace atelier::train {
namespace {

constexpr const char* format_name = "atelier checkpoint 1";

double number(const std::map<std::string, std::string>& metadata, const char* name) {
  const std::string& text = metadata.at(name);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

std::string digest_of(const nets::TensorMap& tensors) {
  std::string list;
  for (const auto& [name, tensor] : tensors) {
    const at::Tensor plain = tensor.detach().to(at::kCPU).contiguous();
    list += fmt::format("{} {} {} {}\n", name, at::toString(plain.scalar_type()),
                        fmt::join(plain.sizes(), "x"),
                        sha256({static_cast<const std::byte*>(plain.data_ptr()), plain.nbytes()}));
  }
  return sha256(std::as_bytes(std::span(list)));
}

void save(const Checkpoint& checkpoint, const std::filesystem::path& path) {
  nets::Safetensors content;
  content.tensors = checkpoint.tensors;
  content.metadata = {{"format", format_name},
                      {"step", fmt::format("{}", checkpoint.step)},
                      {"seconds", fmt::format("{}", checkpoint.seconds)},
                      {"best", fmt::format("{}", checkpoint.best)},
                      {"recipe", checkpoint.recipe},
                      {"tensors_sha256", digest_of(checkpoint.tensors)}};
  nets::write_safetensors(path, content);
}

std::optional<Checkpoint> load_checkpoint(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  nets::Safetensors content = nets::read_safetensors(path);
  if (content.metadata["format"] != format_name) {
    fail(ErrorKind::bad_input, "{} is no checkpoint; train into another folder.", path.string());
  }
  if (content.metadata["tensors_sha256"] != digest_of(content.tensors)) {
    fail(ErrorKind::bad_input, "{} is damaged; remove it to train from the start.", path.string());
  }
  return Checkpoint{std::move(content.tensors),
                    static_cast<std::int64_t>(number(content.metadata, "step")),
                    number(content.metadata, "seconds"), number(content.metadata, "best"),
                    content.metadata["recipe"]};
}

}  // namespace atelier::train
