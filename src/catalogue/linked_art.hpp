// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// Names that readers and writers of Linked Art share. Source: linked.art, API 1.0; terms of the
/// Getty Art & Architecture Thesaurus as its model pages use them.
namespace atelier::catalogue::linked_art {

inline constexpr std::string_view context = "https://linked.art/ns/v1/linked-art.json";
inline constexpr std::string_view aat = "http://vocab.getty.edu/aat/";

inline constexpr std::string_view primary_name = "300404670";
inline constexpr std::string_view accession_number = "300312355";
inline constexpr std::string_view type_of_work = "300435443";
inline constexpr std::string_view brief_text = "300418049";
inline constexpr std::string_view description = "300435416";
inline constexpr std::string_view materials = "300435429";
inline constexpr std::string_view dimensions = "300435430";
inline constexpr std::string_view credit_line = "300026687";
inline constexpr std::string_view edition = "300435435";
inline constexpr std::string_view keywords = "300435428";  ///< context
inline constexpr std::string_view asking_price = "300417241";
inline constexpr std::string_view digital_file = "300215302";  ///< digital image

}  // namespace atelier::catalogue::linked_art
