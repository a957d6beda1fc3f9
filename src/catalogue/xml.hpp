// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace atelier::catalogue {

inline constexpr int max_xml_depth = 16;
inline constexpr std::size_t max_xml_text_bytes = 65'536;

/// Reads XML with Expat. Elements are told by namespace and name, "http://purl.org/dc/elements/1.1/
/// title"; text by the innermost element that holds it.
struct XmlHandler {
  std::function<void(const std::string& name, int depth)> begin;
  std::function<void(const std::string& name, int depth, const std::string& text)> end;
};

/// Throws Error bad_input, which names the line, for what is not well-formed, has a document type
/// (in which entities would be declared), goes deeper than max_xml_depth, or has an element with
/// more text than max_xml_text_bytes. `what`: the file's name.
void read_xml(std::string_view text, const std::string& what, const XmlHandler& handler);

}  // namespace atelier::catalogue
