// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace atelier::image {

/// The namespace of our one XMP property, atelier:recipe.
inline constexpr std::string_view xmp_namespace = "https://atelier.invalid/ns/1.0/";

/// An XMP packet (ISO 16684-1) with `recipe` as the text of atelier:recipe. The recipe is UTF-8
/// without control characters other than tab and line ends, as JSON is.
[[nodiscard]] std::string xmp_packet(std::string_view recipe);

/// The text of atelier:recipe in a packet, written as an element or as an attribute, as other
/// programs may rewrite it. Nothing when there is none or the packet is damaged.
[[nodiscard]] std::optional<std::string> recipe_in_xmp(std::string_view packet);

}  // namespace atelier::image
