// SPDX-License-Identifier: Apache-2.0
#include "image/xmp.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "atelier/base/markup.hpp"
#include "atelier/base/utf8.hpp"

namespace atelier::image {
namespace {

constexpr std::string_view property = "atelier:recipe";
constexpr std::array<std::pair<std::string_view, char>, 5> entities{
    {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};

/// Readers of XML turn a bare carriage return into a line feed, and trim or fold other blanks.
std::string with_lasting_blanks(std::string_view markup) {
  std::string result;
  for (const char c : markup) {
    if (c == '\r' || c == '\n' || c == '\t') {
      result += fmt::format("&#{};", int{c});
    } else {
      result += c;
    }
  }
  return result;
}

/// Adds what `entity` (between & and ;) stands for.
bool append_entity(std::string& out, std::string_view entity) {
  for (const auto& [name, character] : entities) {
    if (entity == name) {
      out += character;
      return true;
    }
  }
  if (!entity.starts_with('#')) return false;
  const bool hexadecimal = entity.substr(1).starts_with('x');
  const std::string_view digits = entity.substr(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (error != std::errc{} || end != digits.data() + digits.size() || code == 0 ||
      code > 0x10ffff || surrogate) {
    return false;
  }
  append_utf8(code, out);
  return true;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto plain = text.find('&');
    result += text.substr(0, plain);
    if (plain == std::string_view::npos) break;
    const auto end = text.find(';', plain);
    if (end == std::string_view::npos) return std::nullopt;
    if (!append_entity(result, text.substr(plain + 1, end - plain - 1))) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  return result;
}

}  // namespace

std::string xmp_packet(std::string_view recipe) {
  return fmt::format(
      "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
      "<rdf:Description rdf:about=\"\" xmlns:atelier=\"{}\"><{}>{}</{}></rdf:Description>"
      "</rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>",
      xmp_namespace, property, with_lasting_blanks(markup_text(recipe)), property);
}

std::optional<std::string> recipe_in_xmp(std::string_view packet) {
  for (auto at = packet.find(property); at != std::string_view::npos;
       at = packet.find(property, at + 1)) {
    const std::string_view rest = packet.substr(at + property.size());
    std::size_t begin = 1;
    std::size_t end = std::string_view::npos;
    if (rest.starts_with('>')) {
      end = rest.find('<');
    } else if (rest.starts_with("=\"") || rest.starts_with("='")) {
      begin = 2;
      end = rest.find(rest[1], begin);
    }
    if (end != std::string_view::npos) return unescaped(rest.substr(begin, end - begin));
  }
  return std::nullopt;
}

}  // namespace atelier::image
