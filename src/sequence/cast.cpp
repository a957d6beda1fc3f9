// SPDX-License-Identifier: Apache-2.0
#include "sequence/cast.hpp"

#include <algorithm>

#include "sequence/names.hpp"

namespace atelier::sequence {
namespace {

constexpr std::size_t most_people = 8;
constexpr float nats_to_begin = 2, nats_to_go_on = 3;

}  // namespace

void Cast::begin_chapter(std::string_view story) {
  names_ = names_in(story);
  names_.resize(std::min(names_.size(), most_people));
  people_.clear();
  // Pieces of words begin with the blank before them.
  const std::string blank = tokenizer_.kind() == "pieces" ? " " : "";
  for (const std::string& name : names_) people_.push_back({tokenizer_.encode(blank + name)});
}

void Cast::append(Token token) {
  for (Name& name : people_) {
    if (name.tokens[name.called] != token) name.called = 0;
    if (name.tokens[name.called] == token) ++name.called;
    if (name.called < name.tokens.size()) continue;
    name.came = true;
    name.called = 0;
  }
}

void Cast::lean(std::span<float> logits) const {
  for (const Name& name : people_) {
    if (name.called > 0) {
      logits[name.tokens[name.called]] += nats_to_go_on;
    } else if (!name.came) {
      logits[name.tokens.front()] += nats_to_begin;
    }
  }
}

}  // namespace atelier::sequence
