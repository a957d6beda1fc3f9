// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "atelier/provenance/certificates.hpp"
#include "provenance/credentials/c2pa_api.hpp"

namespace atelier::provenance::c2pa {

struct Free {
  const Api* api;
  void operator()(void* object) const { api->free(object); }
};

/// An object of the library's, freed at the end.
template <class T>
using Owned = std::unique_ptr<T, Free>;

template <class T>
[[nodiscard]] Owned<T> own(const Api& api, T* object) {
  return Owned<T>(object, Free{&api});
}

/// A text of the library's, which is freed; empty for none.
[[nodiscard]] std::string take_text(const Api& api, char* text);

/// What went wrong last in this thread: the library's word for it, such as "ManifestNotFound", and
/// what it says.
struct Problem {
  std::string kind, text;
};
[[nodiscard]] Problem last_problem(const Api& api);

/// Throws Error internal: the library refused what it should not.
[[noreturn]] void fail_library(const Api& api, const char* doing);

/// Throws Error internal with the library's word when `object` is null.
template <class T>
[[nodiscard]] Owned<T> need(const Api& api, T* object, const char* doing) {
  if (!object) fail_library(api, doing);
  return own(api, object);
}

/// Settings of a run: no network, no thumbnails, no actions but ours, and whom to trust.
[[nodiscard]] Owned<Context> make_context(const Api& api, const TrustList& trust);

}  // namespace atelier::provenance::c2pa
