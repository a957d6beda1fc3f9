// SPDX-License-Identifier: Apache-2.0
#include "train/checkpoint.hpp"

#include <fmt/format.h>

#include <charconv>

#include "nets/sealed.hpp"

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

void save(const Checkpoint& checkpoint, const std::filesystem::path& path) {
  nets::write_sealed(path, format_name,
                     {checkpoint.tensors,
                      {{"step", fmt::format("{}", checkpoint.step)},
                       {"seconds", fmt::format("{}", checkpoint.seconds)},
                       {"best", fmt::format("{}", checkpoint.best)},
                       {"recipe", checkpoint.recipe}}});
}

std::optional<Checkpoint> load_checkpoint(const std::filesystem::path& path) {
  std::optional<nets::Safetensors> content = nets::read_sealed(path, format_name);
  if (!content) return std::nullopt;
  return Checkpoint{std::move(content->tensors),
                    static_cast<std::int64_t>(number(content->metadata, "step")),
                    number(content->metadata, "seconds"), number(content->metadata, "best"),
                    content->metadata["recipe"]};
}

}  // namespace atelier::train
