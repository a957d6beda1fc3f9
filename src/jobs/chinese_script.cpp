// SPDX-License-Identifier: Apache-2.0
#include "jobs/chinese_script.hpp"

#include <algorithm>
#include <utility>

#include "atelier/base/utf8.hpp"
#include "atelier/verse/script.hpp"

namespace atelier::jobs {
namespace {

std::string converted(std::string_view text, const std::string& script) {
  const std::u32string characters = from_utf8(text);
  const std::u32string other =
      script == "simplified" ? verse::to_simplified(characters) : verse::to_traditional(characters);
  return other.empty() ? std::string(text) : to_utf8(other);
}

}  // namespace

bool has_chinese(std::string_view text) {
  return std::ranges::any_of(from_utf8(text),
                             [](char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; });
}

std::ptrdiff_t ChineseScript::unknown_in(const std::string& text) const {
  return std::ranges::count(tokenizer_.encode(text), sequence::Tokenizer::unknown);
}

std::string ChineseScript::taken(const std::string& text) {
  const std::ptrdiff_t unknown = unknown_in(text);
  if (unknown == 0) return text;
  for (const auto& [model, person] :
       {std::pair{"traditional", "simplified"}, std::pair{"simplified", "traditional"}}) {
    std::string other = converted(text, model);
    if (unknown_in(other) >= unknown) continue;
    person_ = person;
    return other;
  }
  return text;
}

std::string ChineseScript::told(std::string_view text) const {
  const std::string& script = asked_ == "auto" ? person_ : asked_;
  return script.empty() ? std::string(text) : converted(text, script);
}

}  // namespace atelier::jobs
