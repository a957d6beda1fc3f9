// SPDX-License-Identifier: Apache-2.0
#include "verse/regulated.hpp"

#include <cassert>

namespace atelier::verse {
namespace {

std::size_t index(LineKind kind) {
  return static_cast<std::size_t>(kind);
}

using Patterns = std::array<std::vector<std::string>, 4>;

Patterns of_seven(const Patterns& five) {
  constexpr std::array before{"*p", "*z", "*z", "*p"};
  Patterns seven;
  for (std::size_t k = 0; k < five.size(); ++k) {
    for (const std::string& pattern : five[k]) seven[k].push_back(before[k] + pattern);
  }
  return seven;
}

}  // namespace

const std::vector<std::string>& patterns(LineKind kind, int length) {
  assert(length == 5 || length == 7);
  static const Patterns five{{{"*z*pz"}, {"pp*zp", "zppzp"}, {"*p*zz", "ppzpz"}, {"*zzpp"}}};
  static const Patterns seven = of_seven(five);
  return (length == 5 ? five : seven)[index(kind)];
}

std::string canonical(LineKind kind, int length) {
  assert(length == 5 || length == 7);
  constexpr std::array five{"zzppz", "ppzzp", "pppzz", "zzzpp"};
  constexpr std::array before{"pp", "zz", "zz", "pp"};
  return (length == 7 ? before[index(kind)] : std::string()) + five[index(kind)];
}

const std::array<RegulatedType, 4>& regulated_types() {
  using enum LineKind;
  static const std::array<RegulatedType, 4> types{{
      {"仄起首句不入韵", "平起首句不入韵", false, {a, b, c, d}},
      {"仄起首句入韵", "平起首句入韵", true, {d, b, c, d}},
      {"平起首句不入韵", "仄起首句不入韵", false, {c, d, a, b}},
      {"平起首句入韵", "仄起首句入韵", true, {b, d, a, b}},
  }};
  return types;
}

LineKind kind_of(const RegulatedType& type, int line) {
  using enum LineKind;
  if (line < 4) return type.kinds[static_cast<std::size_t>(line)];
  // Later couplets go on as the second one does: ab after cd, and cd after ab.
  const bool second_is_cd = type.kinds[3] == d;
  const bool cd = (line / 2 % 2 == 1) == second_is_cd;
  if (line % 2 == 0) return cd ? c : a;
  return cd ? d : b;
}

bool fits(Tones tones, char wanted) {
  return wanted == '*' || (tones & (wanted == 'p' ? level : oblique)) != 0;
}

}  // namespace atelier::verse
