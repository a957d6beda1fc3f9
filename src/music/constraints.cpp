// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/constraints.hpp"

#include <algorithm>
#include <cassert>

#include "atelier/base/error.hpp"

namespace atelier::music {

TokenConstraint::TokenConstraint(const Vocabulary& vocabulary)
    : vocabulary_(vocabulary), allowed_(static_cast<std::size_t>(vocabulary.size())) {}

void TokenConstraint::allow(int token, int count) {
  std::fill_n(allowed_.begin() + token, std::max(count, 0), std::uint8_t{1});
}

void TokenConstraint::begin() {
  std::fill(allowed_.begin(), allowed_.end(), std::uint8_t{0});
  if (ended_) return;
  update();
  assert(std::count(allowed_.begin(), allowed_.end(), 1) > 0);
}

void TokenConstraint::accept(int token) {
  const std::string& name = vocabulary_.name(token);
  if (!allowed_[static_cast<std::size_t>(token)])
    fail(ErrorKind::invalid_argument, "the token {} may not come here.", name);
  ended_ = token == Vocabulary::end;
  if (!ended_) take(token);
  begin();
}

}  // namespace atelier::music
