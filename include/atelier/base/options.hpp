// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "atelier/base/error.hpp"

namespace atelier {

/// What is known of one option, said once: the command line, the JSON form and the docs read it
/// from here.
struct OptionSpec {
  std::string name;                  ///< "content-weight"; JSON writes it content_weight
  std::string group;                 ///< heading in the help
  std::string help;                  ///< one line, without range and default
  std::string unit;                  ///< "px", "s", ... or empty
  std::optional<double> min, max;    ///< inclusive, for numbers and each number of a list
  std::vector<std::string> choices;  ///< allowed words; empty: any text
  std::vector<std::pair<std::string, double>>
      words;  ///< words that stand for a number: native for 0
};

/// The values an option may hold.
using OptionValue = std::variant<bool, int, double, std::uint64_t, std::string, std::vector<double>,
                                 std::vector<std::string>>;

/// The value of `text` (lists are comma-separated) in the type of `like`, checked against `spec`.
/// Throws Error invalid_argument which names the option, the value and what is allowed.
[[nodiscard]] OptionValue parse_option(const OptionSpec& spec, const OptionValue& like,
                                       std::string_view text);

/// The same from JSON.
[[nodiscard]] OptionValue parse_option(const OptionSpec& spec, const OptionValue& like,
                                       const nlohmann::json& value);

/// What parse_option() reads back as the same value: a number that only a word stands for is that
/// word.
[[nodiscard]] nlohmann::json option_to_json(const OptionSpec& spec, const OptionValue& value);

/// "8..10000 px", "lbfgs|adam": what is allowed, for help and messages; empty when anything is.
[[nodiscard]] std::string allowed_values(const OptionSpec& spec);

/// The options of a plain struct T, each bound to its member. Members' initial values are the
/// defaults.
template <class T>
class OptionTable {
 public:
  using Member =
      std::variant<bool T::*, int T::*, double T::*, std::uint64_t T::*, std::string T::*,
                   std::vector<double> T::*, std::vector<std::string> T::*>;
  struct Entry {
    Member member;
    OptionSpec spec;

    [[nodiscard]] OptionValue get(const T& options) const {
      return std::visit([&](auto m) -> OptionValue { return options.*m; }, member);
    }
    void set(T& options, const OptionValue& value) const {
      std::visit(
          [&](auto m) {
            options.*m = std::get<std::remove_reference_t<decltype(options.*m)>>(value);
          },
          member);
    }
    /// Parses, checks and stores; `Source` is text or JSON.
    template <class Source>
    void parse(T& options, const Source& source) const {
      set(options, parse_option(spec, get(options), source));
    }
    [[nodiscard]] OptionValue default_value() const { return get(T{}); }
  };

  OptionTable(std::initializer_list<Entry> entries) : entries_(entries) {}

  [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

  /// Null when there is none of this name, written with - or _.
  [[nodiscard]] const Entry* find(std::string_view name) const {
    for (const Entry& entry : entries_) {
      if (entry.spec.name.size() == name.size() &&
          std::equal(name.begin(), name.end(), entry.spec.name.begin(),
                     [](char a, char b) { return a == b || (a == '_' && b == '-'); })) {
        return &entry;
      }
    }
    return nullptr;
  }

  /// Sets members from an object. Throws Error invalid_argument on an unknown name or a value out
  /// of range.
  void update(T& options, const nlohmann::json& object) const {
    if (!object.is_object()) fail(ErrorKind::invalid_argument, "options must be a JSON object.");
    for (const auto& [name, value] : object.items()) {
      const Entry* entry = find(name);
      if (!entry) fail(ErrorKind::invalid_argument, "there is no option '{}'.", name);
      entry->parse(options, value);
    }
  }

  [[nodiscard]] nlohmann::json to_json(const T& options) const {
    nlohmann::json object = nlohmann::json::object();
    for (const Entry& entry : entries_) {
      std::string key = entry.spec.name;
      for (char& c : key) c = c == '-' ? '_' : c;
      object[key] = option_to_json(entry.spec, entry.get(options));
    }
    return object;
  }

 private:
  std::vector<Entry> entries_;
};

}  // namespace atelier
