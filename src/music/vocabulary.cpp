// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/vocabulary.hpp"

#include <cassert>
#include <iterator>
#include <utility>

#include "atelier/base/error.hpp"

namespace atelier::music {

Vocabulary::Vocabulary(std::vector<std::string> names) : names_{"PAD", "START", "END"} {
  std::move(names.begin(), names.end(), std::back_inserter(names_));
  for (const std::string& name : names_) ids_.emplace(name, static_cast<int>(ids_.size()));
  assert(ids_.size() == names_.size());
}

const std::string& Vocabulary::name(int id) const {
  if (id < 0 || id >= size())
    fail(ErrorKind::invalid_argument, "{} is no token; there are 0..{}.", id, size() - 1);
  return names_[static_cast<std::size_t>(id)];
}

int Vocabulary::id(std::string_view name) const {
  const auto found = ids_.find(std::string(name));
  if (found == ids_.end()) fail(ErrorKind::invalid_argument, "there is no token {}.", name);
  return found->second;
}

}  // namespace atelier::music
