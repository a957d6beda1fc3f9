// SPDX-License-Identifier: Apache-2.0
#include "nets/converted_model.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/mapped_file.hpp"
#include "nets/convert.hpp"
#include "nets/safetensors.hpp"
#include "nets/safetensors_header.hpp"

namespace atelier::nets {
namespace {

constexpr std::uintmax_t max_file = std::uintmax_t{1} << 30;
constexpr const char* format_version = "1";

void record_digest(const ModelInfo& model, const std::filesystem::path& models) {
  const auto file = converted_path(model, models);
  write_file(digest_path(model, models),
             fmt::format("{}  {}\n", sha256_file(file), file.filename().string()));
}

void make_folder(const std::filesystem::path& models) {
  std::error_code error;
  std::filesystem::create_directories(models, error);
  if (error) {
    fail(ErrorKind::io, "{} cannot be made ({}); check the folder and its permissions.",
         models.string(), error.message());
  }
}

}  // namespace

ConvertedModel load_converted(const ModelInfo& model, const std::filesystem::path& models) {
  const auto path = converted_path(model, models);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    fail(ErrorKind::missing_weights, "the weights of {} are not in {}; bring them with: {}",
         model.name, models.string(), fetch_command(model));
  }
  const auto file = std::make_shared<const MappedFile>(path, max_file);
  ConvertedModel result;
  result.digest = sha256(file->bytes());
  const std::string expected = expected_digest(model, models);
  if (result.digest != expected) {
    fail(ErrorKind::missing_weights,
         "{} is not the file that was recorded (its SHA-256 begins {}, not {}); bring it again "
         "with: {}",
         path.string(), result.digest.substr(0, 12),
         expected.empty() ? "as recorded" : expected.substr(0, 12), fetch_command(model));
  }
  not_needed_soon(file->bytes());  // each tensor is read again when, and if, it is used
  Safetensors content = read_safetensors(file);
  result.convention = parse_convention(content.metadata["input"]);
  result.weights = std::move(content.tensors);
  return result;
}

void save_converted(const ModelInfo& model, const TensorMap& weights, const std::string& input,
                    const std::string& source_sha256, const std::filesystem::path& models) {
  make_folder(models);
  Safetensors content;
  content.tensors = weights;
  content.metadata = {
      {"atelier_format", format_version}, {"model", model.name}, {"source", model.source},
      {"source_sha256", source_sha256},   {"input", input},      {"licence", model.licence}};
  write_safetensors(converted_path(model, models), content);
  record_digest(model, models);
}

void save_converted_bytes(const ModelInfo& model, const std::string& bytes,
                          const std::filesystem::path& models) {
  make_folder(models);
  write_file(converted_path(model, models), bytes);
  record_digest(model, models);
}

}  // namespace atelier::nets
