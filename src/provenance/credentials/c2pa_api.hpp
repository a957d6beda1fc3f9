// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// The functions of the C2PA project's C library that are used, as its crate c2pa-c-ffi 0.91
/// declares them. Objects are the library's own and are never looked into.
///
/// Source: github.com/contentauth/c2pa-rs, c2pa_c_ffi/src/c_api.rs and c2pa_stream.rs.
namespace atelier::provenance::c2pa {

struct Builder;
struct Context;
struct ContextBuilder;
struct HttpResolver;
struct Reader;
struct Settings;
struct Signer;
struct Stream;

/// Callbacks return a negative number for an error, with errno. Nothing may be thrown through them.
using Read = std::intptr_t (*)(void* context, std::uint8_t* to, std::intptr_t size);
using Seek = std::intptr_t (*)(void* context, std::intptr_t offset, int from);  ///< as lseek()
using Write = std::intptr_t (*)(void* context, const std::uint8_t* from, std::intptr_t size);
using Flush = std::intptr_t (*)(void* context);
/// Returns the signature's size.
using Sign = std::intptr_t (*)(const void* context, const unsigned char* message, std::size_t size,
                               unsigned char* signature, std::size_t room);
/// Answers a request; anything but 0 is an error.
using Resolve = int (*)(void* context, const void* request, void* response);

enum class Algorithm : int { es256 = 0, ed25519 = 6 };

struct Api {
  char* (*version)();
  char* (*error)();           ///< the last one of this thread: "Kind: text"
  int (*free)(void* object);  ///< texts, bytes and every object but streams

  Stream* (*create_stream)(void* context, Read, Seek, Write, Flush);
  void (*release_stream)(Stream*);

  Settings* (*settings_new)();
  int (*settings_update_from_string)(Settings*, const char* text, const char* format);
  ContextBuilder* (*context_builder_new)();
  int (*context_builder_set_settings)(ContextBuilder*, Settings*);
  HttpResolver* (*http_resolver_create)(const void* context, Resolve);
  int (*context_builder_set_http_resolver)(ContextBuilder*, HttpResolver*);  ///< takes it over
  Context* (*context_builder_build)(ContextBuilder*);                        ///< takes it over

  Reader* (*reader_from_context)(Context*);
  Reader* (*reader_with_stream)(Reader*, const char* format, Stream*);  ///< takes the reader over
  Reader* (*reader_with_manifest_data_and_stream)(Reader*, const char* format, Stream*,
                                                  const unsigned char* manifest, std::size_t size);
  char* (*reader_json)(Reader*);

  Builder* (*builder_from_context)(Context*);
  Builder* (*builder_with_definition)(Builder*, const char* json);  ///< takes the builder over
  int (*builder_add_ingredient_from_stream)(Builder*, const char* json, const char* format,
                                            Stream*);
  void (*builder_set_no_embed)(Builder*);
  std::int64_t (*builder_sign)(Builder*, const char* format, Stream* source, Stream* target,
                               Signer*, const unsigned char** manifest);
  const char* const* (*builder_supported_mime_types)(std::size_t* count);
  void (*free_string_array)(const char* const* texts, std::size_t count);

  Signer* (*signer_create)(const void* context, Sign, Algorithm, const char* certificates,
                           const char* time_authority);
};

}  // namespace atelier::provenance::c2pa
