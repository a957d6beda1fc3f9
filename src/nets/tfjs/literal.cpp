// SPDX-License-Identifier: Apache-2.0
#include "nets/tfjs/literal.hpp"

#include <charconv>
#include <cstdint>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"

namespace atelier::nets {
namespace {

constexpr int max_depth = 64;
constexpr int max_values = 2'000'000;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  nlohmann::json value(int depth) {
    if (depth > max_depth) refuse("nested deeper than 64");
    if (++values_ > max_values) refuse("more than two million values");
    skip_space();
    const char c = peek();
    if (c == '{') return object(depth);
    if (c == '[') return array(depth);
    if (c == '"' || c == '\'') return string();
    if (c == '!') return negation();
    if (c == '-' || c == '.' || (c >= '0' && c <= '9')) return number();
    const std::string word = name();
    if (word == "true") return true;
    if (word == "false") return false;
    if (word == "null") return nullptr;
    refuse("something that is no data");
  }

 private:
  [[noreturn]] void refuse(const char* what) const {
    fail(ErrorKind::bad_input, "the model's description is damaged or no data ({} at byte {}).",
         what, at_);
  }

  [[nodiscard]] char peek() const {
    if (at_ >= text_.size()) refuse("it ends early");
    return text_[at_];
  }
  char next() {
    const char c = peek();
    ++at_;
    return c;
  }
  void skip_space() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  /// Whether another element follows; `end` closes the literal.
  bool more(char end, bool first) {
    skip_space();
    if (peek() == end) {
      ++at_;
      return false;
    }
    if (!first && next() != ',') refuse("a comma is missing");
    skip_space();
    return true;
  }

  nlohmann::json object(int depth) {
    ++at_;
    nlohmann::json result = nlohmann::json::object();
    for (bool first = true; more('}', first); first = false) {
      const std::string key = peek() == '"' || peek() == '\'' ? string() : name();
      skip_space();
      if (next() != ':') refuse("a colon is missing");
      nlohmann::json content = value(depth + 1);
      if (!result.emplace(key, std::move(content)).second) refuse("a key stands twice");
    }
    return result;
  }

  nlohmann::json array(int depth) {
    ++at_;
    nlohmann::json result = nlohmann::json::array();
    for (bool first = true; more(']', first); first = false) result.push_back(value(depth + 1));
    return result;
  }

  std::string name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    if (begin == at_) refuse("something that is no data");
    return std::string(text_.substr(begin, at_ - begin));
  }

  nlohmann::json negation() {
    ++at_;
    const char c = next();
    if ((c != '0' && c != '1') || (at_ < text_.size() && is_name(text_[at_])))
      refuse("something that is no data");
    return c == '0';
  }

  nlohmann::json number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_name(text_[at_]) || std::string_view("+-.").find(text_[at_]) !=
                                                             std::string_view::npos))
      ++at_;
    const std::string_view digits = text_.substr(begin, at_ - begin);
    const char* end = digits.data() + digits.size();
    std::int64_t whole = 0;
    if (const auto [stop, error] = std::from_chars(digits.data(), end, whole);
        error == std::errc{} && stop == end)
      return whole;
    double real = 0;
    if (const auto [stop, error] = std::from_chars(digits.data(), end, real);
        error == std::errc{} && stop == end)
      return real;
    refuse("a number that is none");
  }

  std::string string() {
    const char quote = next();
    std::string result;
    while (true) {
      // All up to the next quote, escape or line's end at once: shards are megabytes long.
      const std::size_t stop = text_.find_first_of(std::string{quote, '\\', '\n', '\r'}, at_);
      if (stop == std::string_view::npos) refuse("a string does not end");
      result.append(text_.substr(at_, stop - at_));
      at_ = stop + 1;
      if (text_[stop] == quote) return result;
      if (text_[stop] != '\\') refuse("a string does not end in its line");
      escape(result);
    }
  }

  void escape(std::string& result) {
    const char c = next();
    constexpr std::string_view letters = "\"'\\/bfnrt", meant = "\"'\\/\b\f\n\r\t";
    if (const std::size_t i = letters.find(c); i != std::string_view::npos) {
      result += meant[i];
    } else if (c == 'u' || c == 'x') {
      append_utf8(character(c == 'u' ? 4 : 2), result);
    } else {
      refuse("an unknown escape");
    }
  }

  /// Of hexadecimal digits. Halves of surrogate pairs are refused: no name of a weight has them.
  char32_t character(std::size_t digits) {
    unsigned code = 0;
    if (at_ + digits > text_.size()) refuse("it ends early");
    const char* begin = text_.data() + at_;
    const auto [stop, error] = std::from_chars(begin, begin + digits, code, 16);
    if (error != std::errc{} || stop != begin + digits) refuse("an unknown escape");
    if (code >= 0xD800 && code <= 0xDFFF) refuse("an unknown escape");
    at_ += digits;
    return code;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int values_ = 0;
};

bool begins_literal(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos &&
         std::string_view("{[\"'").find(text[first]) != std::string_view::npos;
}

}  // namespace

nlohmann::json read_literal(std::string_view text) {
  constexpr std::string_view mark = ".exports=";
  while (!begins_literal(text)) {
    const std::size_t found = text.find(mark);
    if (found == std::string_view::npos) {
      fail(ErrorKind::bad_input,
           "the text is neither JSON nor a JavaScript file that exports data; is it the right "
           "file?");
    }
    text.remove_prefix(found + mark.size());
  }
  return Reader(text).value(0);
}

}  // namespace atelier::nets
