// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/provenance/credential.hpp"
#include "atelier/provenance/verification.hpp"
#include "provenance/credentials/c2pa_objects.hpp"
#include "provenance/credentials/file_stream.hpp"
#include "provenance/credentials/media_type.hpp"
#include "provenance/credentials/report.hpp"

namespace atelier::provenance {
namespace {

namespace fs = std::filesystem;
using c2pa::FileStream;

constexpr std::uintmax_t max_sidecar_bytes = std::uintmax_t{64} << 20;

/// What the library says of a file with a credential inside, or with one from beside.
class Reading {
 public:
  Reading(const CredentialLibrary& library, const fs::path& file, const MediaType& type,
          const TrustList& trust)
      : api_(library.api()),
        file_(file),
        type_(type.name),
        context_(c2pa::make_context(api_, trust)),
        reader_(c2pa::own<c2pa::Reader>(api_, nullptr)) {}

  /// False when there is no credential inside.
  bool inside() {
    const FileStream stream(api_, file_, FileStream::Mode::read);
    return take(api_.reader_with_stream(blank(), type_.c_str(), stream.get()));
  }

  bool beside(const std::string& credential) {
    const FileStream stream(api_, file_, FileStream::Mode::read);
    return take(api_.reader_with_manifest_data_and_stream(
        blank(), type_.c_str(), stream.get(),
        reinterpret_cast<const unsigned char*>(credential.data()), credential.size()));
  }

  /// The address in "must fetch remote manifests from url ...", when that was the answer.
  [[nodiscard]] std::string elsewhere() const {
    return problem_.kind == "Remote" ? problem_.text.substr(problem_.text.rfind(' ') + 1) : "";
  }

  void fill(Verification& to) const {
    if (!problem_.kind.empty()) {
      to.state = Verification::State::broken;
      to.findings.push_back(
          {problem_.kind, "the credential", fmt::format("it cannot be read ({})", problem_.text)});
      return;
    }
    const std::string text = c2pa::take_text(api_, api_.reader_json(reader_.get()));
    read_report(nlohmann::json::parse(text, nullptr, false), to);
  }

 private:
  c2pa::Reader* blank() {
    return c2pa::need(api_, api_.reader_from_context(context_.get()), "a reader").release();
  }

  bool take(c2pa::Reader* reader) {
    reader_ = c2pa::own(api_, reader);
    problem_ = {};
    if (reader) return true;
    problem_ = c2pa::last_problem(api_);
    return problem_.kind != "ManifestNotFound" && problem_.kind != "NotSupported" &&
           problem_.kind != "Remote";
  }

  const c2pa::Api& api_;
  fs::path file_;
  std::string type_;
  c2pa::Owned<c2pa::Context> context_;
  c2pa::Owned<c2pa::Reader> reader_;
  c2pa::Problem problem_;
};

}  // namespace

Verification verify_file(const CredentialLibrary& library, const fs::path& file,
                         const std::optional<fs::path>& sidecar, const TrustList& trust) {
  Verification found;
  const MediaType type = media_type_of(file);
  found.media = type.title;
  Reading reading(library, file, type, trust);
  if (!sidecar && library.embeds(type.name) && reading.inside()) {
    reading.fill(found);
    return found;
  }
  found.elsewhere = reading.elsewhere();
  const fs::path beside = sidecar.value_or(sidecar_of(file));
  std::error_code error;
  if (!sidecar && !fs::is_regular_file(beside, error)) return found;
  found.sidecar = beside;
  if (reading.beside(read_file(beside, max_sidecar_bytes))) reading.fill(found);
  return found;
}

}  // namespace atelier::provenance
