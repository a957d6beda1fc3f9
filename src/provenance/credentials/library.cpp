// SPDX-License-Identifier: Apache-2.0
#include <dlfcn.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/provenance/credential_library.hpp"
#include "provenance/credentials/c2pa_api.hpp"
#include "provenance/credentials/c2pa_objects.hpp"

namespace atelier::provenance {
namespace {

class Symbols {
 public:
  explicit Symbols(const std::filesystem::path& file)
      : file_(file), library_(::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (!library_) {
      fail(ErrorKind::missing_capability,
           "{} cannot be loaded on this machine ({}); it is made for Linux on x86-64 with glibc "
           "2.34 "
           "or newer.",
           file.string(), ::dlerror());
    }
  }

  template <class Function>
  void find(Function*& function, const char* name) const {
    void* found = ::dlsym(library_, name);
    if (!found) {
      fail(ErrorKind::missing_capability,
           "{} has no function {}, so it is another version than {}; bring that one.",
           file_.string(), name, CredentialLibrary::known_version);
    }
    function = reinterpret_cast<Function*>(found);
  }

 private:
  std::filesystem::path file_;
  void* library_;  // never closed: its threads and callbacks may outlive us
};

c2pa::Api api_of(const std::filesystem::path& file) {
  const Symbols symbols(file);
  c2pa::Api api{};
  symbols.find(api.version, "c2pa_version");
  symbols.find(api.error, "c2pa_error");
  symbols.find(api.free, "c2pa_free");
  symbols.find(api.create_stream, "c2pa_create_stream");
  symbols.find(api.release_stream, "c2pa_release_stream");
  symbols.find(api.settings_new, "c2pa_settings_new");
  symbols.find(api.settings_update_from_string, "c2pa_settings_update_from_string");
  symbols.find(api.context_builder_new, "c2pa_context_builder_new");
  symbols.find(api.context_builder_set_settings, "c2pa_context_builder_set_settings");
  symbols.find(api.http_resolver_create, "c2pa_http_resolver_create");
  symbols.find(api.context_builder_set_http_resolver, "c2pa_context_builder_set_http_resolver");
  symbols.find(api.context_builder_build, "c2pa_context_builder_build");
  symbols.find(api.reader_from_context, "c2pa_reader_from_context");
  symbols.find(api.reader_with_stream, "c2pa_reader_with_stream");
  symbols.find(api.reader_with_manifest_data_and_stream,
               "c2pa_reader_with_manifest_data_and_stream");
  symbols.find(api.reader_json, "c2pa_reader_json");
  symbols.find(api.builder_from_context, "c2pa_builder_from_context");
  symbols.find(api.builder_with_definition, "c2pa_builder_with_definition");
  symbols.find(api.builder_add_ingredient_from_stream, "c2pa_builder_add_ingredient_from_stream");
  symbols.find(api.builder_set_no_embed, "c2pa_builder_set_no_embed");
  symbols.find(api.builder_sign, "c2pa_builder_sign");
  symbols.find(api.builder_supported_mime_types, "c2pa_builder_supported_mime_types");
  symbols.find(api.free_string_array, "c2pa_free_string_array");
  symbols.find(api.signer_create, "c2pa_signer_create");
  return api;
}

/// "c2pa-c-ffi/0.91.3 c2pa-rs/0.91.3" becomes the first number.
std::string version_in(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  text.remove_prefix(std::min(slash + 1, text.size()));
  return std::string(text.substr(0, text.find(' ')));
}

}  // namespace

CredentialLibrary::CredentialLibrary(const std::filesystem::path& file)
    : api_(new c2pa::Api(api_of(file)), [](const c2pa::Api* api) { delete api; }),
      version_(version_in(c2pa::take_text(*api_, api_->version()))) {
  if (version_ != known_version) {
    fail(ErrorKind::missing_capability, "{} is version {} of its library, and {} is needed.",
         file.string(), version_, known_version);
  }
}

bool CredentialLibrary::embeds(std::string_view media_type) const {
  std::size_t count = 0;
  const char* const* types = api_->builder_supported_mime_types(&count);
  if (!types) return false;
  const bool found = std::find(types, types + count, media_type) != types + count;
  api_->free_string_array(types, count);
  return found;
}

}  // namespace atelier::provenance
