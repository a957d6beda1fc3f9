// SPDX-License-Identifier: Apache-2.0
#include "nets/sealed.hpp"

#include <limits>

#include "atelier/base/error.hpp"
#include "atelier/base/mapped_file.hpp"

namespace atelier::nets {
namespace {

constexpr const char* format_key = "format";
constexpr const char* digest_key = "tensors_sha256";

Safetensors read(const std::filesystem::path& path) {
  const auto file = std::make_shared<const MappedFile>(path, std::numeric_limits<off_t>::max());
  try {
    return read_safetensors(file);
  } catch (const Error&) {  // which does not know the file's name
    fail(ErrorKind::bad_input, "{} is damaged or no checkpoint; remove it to begin from the start.",
         path.string());
  }
}

}  // namespace

void write_sealed(const std::filesystem::path& path, const std::string& format,
                  Safetensors content) {
  content.metadata[format_key] = format;
  content.metadata[digest_key] = digest_of(content.tensors);
  write_safetensors(path, content);
}

std::optional<Safetensors> read_sealed(const std::filesystem::path& path,
                                       const std::string& format) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  Safetensors content = read(path);
  if (content.metadata[format_key] != format) {
    fail(ErrorKind::bad_input, "{} is no checkpoint of this kind; name another place.",
         path.string());
  }
  if (content.metadata[digest_key] != digest_of(content.tensors)) {
    fail(ErrorKind::bad_input, "{} is damaged; remove it to begin from the start.", path.string());
  }
  return content;
}

}  // namespace atelier::nets
