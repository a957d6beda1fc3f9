// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/catalogue/catalogue.hpp"

/// Works to and from other programs.
///
///     csv          RFC 4180, UTF-8: the fields of Work by their names, and `files`; nothing in it
///     is
///                  a formula to a spreadsheet
///     linked-art   JSON-LD, Linked Art 1.0 (linked.art)
///     dublin-core  XML, simple and qualified Dublin Core (DCMI), a record of oai_dc each
///
/// What is written of a work is what is public of it: not who owns it, nor contacts, nor prices but
/// those asked. CSV gives back what it was written from; the two others hold what their
/// vocabularies have words for.
namespace atelier::catalogue {

enum class Format { csv, linked_art, dublin_core };
/// Throws Error invalid_argument for a name that is none.
[[nodiscard]] Format format_called(std::string_view name);
/// By its suffix: .csv, .json or .jsonld, .xml. Throws Error invalid_argument.
[[nodiscard]] Format format_of(const std::filesystem::path& file);

inline constexpr std::uintmax_t max_import_bytes = 256u << 20;
inline constexpr std::int64_t max_imported_works = 1'000'000;

/// Adds all works of a file, or none: one transaction. Their files are taken from `files_in` and
/// the folders within alone. Returns how many there were. Nothing that a file names is fetched, and
/// nothing in it is run. Throws Error bad_input, which names the place, for a file that is larger
/// than max_import_bytes, is not well-formed, has a field that breaks a limit, a number that is
/// taken or a path that leads elsewhere.
std::int64_t import_works(const Catalogue& catalogue, const std::filesystem::path& file,
                          Format format, const std::filesystem::path& files_in,
                          const OnProgress& on_progress = {});

/// Writes these works. Throws Error io.
void export_works(const Catalogue& catalogue, const std::vector<std::string>& numbers,
                  const std::filesystem::path& output, Format format);

/// Numbers of all works, ascending by row.
[[nodiscard]] std::vector<std::string> all_numbers(const Catalogue& catalogue);

}  // namespace atelier::catalogue
