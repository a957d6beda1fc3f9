// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <exception>
#include <optional>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/provenance/credential.hpp"
#include "provenance/credentials/c2pa_objects.hpp"
#include "provenance/credentials/definition.hpp"
#include "provenance/credentials/file_stream.hpp"
#include "provenance/credentials/media_type.hpp"

namespace atelier::provenance {
namespace {

namespace fs = std::filesystem;
using c2pa::FileStream;

constexpr std::string_view sidecar_suffix = ".c2pa";

/// Signs what the library asks for. What goes wrong is kept, since nothing may be thrown through
/// it.
struct Signing {
  const SigningKey& key;
  std::exception_ptr problem = {};

  static std::intptr_t sign(const void* context, const unsigned char* message, std::size_t size,
                            unsigned char* signature, std::size_t room) {
    auto& self = *static_cast<Signing*>(const_cast<void*>(context));
    try {
      const std::string made = self.key.sign({reinterpret_cast<const char*>(message), size});
      if (made.size() > room) return -1;
      std::memcpy(signature, made.data(), made.size());
      return static_cast<std::intptr_t>(made.size());
    } catch (...) {
      self.problem = std::current_exception();
      return -1;
    }
  }
};

c2pa::Algorithm algorithm_of(const SigningKey& key) {
  return key.algorithm() == KeyAlgorithm::es256 ? c2pa::Algorithm::es256 : c2pa::Algorithm::ed25519;
}

class Work {
 public:
  Work(const CredentialLibrary& library, const Statement& statement, const CredentialSigner& signer)
      : api_(library.api()),
        context_(c2pa::make_context(api_, {})),
        builder_(c2pa::own<c2pa::Builder>(api_, nullptr)),
        signing_{signer.key} {
    auto blank = c2pa::need(api_, api_.builder_from_context(context_.get()), "a credential");
    const std::string definition = definition_json(statement).dump();
    builder_ = c2pa::need(api_, api_.builder_with_definition(blank.release(), definition.c_str()),
                          "a statement");
    for (std::size_t i = 0; i < statement.ingredients.size(); ++i) {
      if (!statement.ingredients[i].file.empty()) add(statement.ingredients[i], i);
    }
    signer_ = make_signer(signer);
  }

  /// Returns the credential's bytes.
  std::string sign(const fs::path& source, const MediaType& type, const fs::path& target,
                   bool embed) {
    if (!embed) api_.builder_set_no_embed(builder_.get());
    const FileStream from(api_, source, FileStream::Mode::read);
    const FileStream to(api_, target, FileStream::Mode::write);
    const unsigned char* bytes = nullptr;
    const std::int64_t size = api_.builder_sign(builder_.get(), std::string(type.name).c_str(),
                                                from.get(), to.get(), signer_.get(), &bytes);
    const auto owned = c2pa::own(api_, const_cast<unsigned char*>(bytes));
    if (signing_.problem) std::rethrow_exception(signing_.problem);
    if (to.error() != 0) fail_writing(target, to.error());
    if (size <= 0 || !bytes) fail_signing(source);
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  }

 private:
  void add(const Ingredient& ingredient, std::size_t place) {
    const FileStream stream(api_, ingredient.file, FileStream::Mode::read);
    const std::string described = ingredient_json(ingredient, place).dump();
    const std::string type(media_type_of(ingredient.file).name);
    if (api_.builder_add_ingredient_from_stream(builder_.get(), described.c_str(), type.c_str(),
                                                stream.get()) == 0) {
      return;
    }
    const c2pa::Problem problem = c2pa::last_problem(api_);
    fail(ErrorKind::bad_input,
         "{} cannot be named as what this was made from ({}: {}); bring a whole copy.",
         ingredient.file.string(), problem.kind, problem.text);
  }

  c2pa::Owned<c2pa::Signer> make_signer(const CredentialSigner& signer) {
    c2pa::Signer* made = api_.signer_create(&signing_, Signing::sign, algorithm_of(signer.key),
                                            signer.certificates.signing_pem().c_str(), nullptr);
    return c2pa::need(api_, made, "a signer");
  }

  [[noreturn]] void fail_signing(const fs::path& source) const {
    const c2pa::Problem problem = c2pa::last_problem(api_);
    fail(ErrorKind::bad_input,
         "{} was not signed, since the C2PA library refuses the file or the certificate ({}: {}); "
         "check both.",
         source.string(), problem.kind, problem.text);
  }

  const c2pa::Api& api_;
  c2pa::Owned<c2pa::Context> context_;
  c2pa::Owned<c2pa::Builder> builder_;
  Signing signing_;
  c2pa::Owned<c2pa::Signer> signer_{nullptr, c2pa::Free{nullptr}};
};

}  // namespace

bool holds_credential(const CredentialLibrary& library, const fs::path& file) {
  return library.embeds(media_type_of(file).name);
}

fs::path sidecar_of(const fs::path& file) {
  return fs::path(file).replace_extension(sidecar_suffix);
}

std::string sign_file(const CredentialLibrary& library, const fs::path& source,
                      const fs::path& output, const Statement& statement,
                      const CredentialSigner& signer) {
  const MediaType type = media_type_of(source);
  if (output.extension() == sidecar_suffix) {
    const TemporaryFolder folder;
    const fs::path copy = folder.path() / "copy";
    write_file(copy, "");
    std::string credential = Work(library, statement, signer).sign(source, type, copy, false);
    write_file(output, credential);
    return credential;
  }
  if (!library.embeds(type.name)) {
    fail(ErrorKind::bad_input, "{} is {}, which holds no credential itself; keep it beside: -o {}.",
         source.string(), type.title, sidecar_of(output).string());
  }
  AtomicFile target(output);
  std::string credential = Work(library, statement, signer).sign(source, type, target.path(), true);
  target.commit();
  return credential;
}

}  // namespace atelier::provenance
