// SPDX-License-Identifier: Apache-2.0
#include "jobs/music/kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "atelier/base/error.hpp"
#include "atelier/music/chorale_tokens.hpp"
#include "atelier/music/folk_tokens.hpp"
#include "atelier/music/piano_tokens.hpp"

namespace atelier::jobs {
namespace {

const std::vector<MusicKind>& kinds() {
  using namespace music;
  static const std::vector<MusicKind> all{
      {"chorales", chorale_vocabulary(), 68, 204, first_chorale_pitch,
       highest_chorale_pitch - lowest_chorale_pitch + 1},
      {"folk", folk_vocabulary(), 16, 64, first_folk_pitch,
       highest_folk_pitch - lowest_folk_pitch + 1},
      {"piano", piano_vocabulary(), 24, 96, first_piano_on, piano_keys}};
  return all;
}

}  // namespace

std::vector<std::string> music_kind_names() {
  std::vector<std::string> names;
  for (const MusicKind& kind : kinds()) names.push_back(kind.name);
  return names;
}

const MusicKind& music_kind(std::string_view name) {
  for (const MusicKind& kind : kinds()) {
    if (kind.name == name) return kind;
  }
  fail(ErrorKind::invalid_argument, "--kind is one of {}{}.", fmt::join(music_kind_names(), ", "),
       name.empty() ? "" : fmt::format(", not '{}'", name));
}

std::vector<sequence::Token> events_of(std::span<const int> ids) {
  std::vector<sequence::Token> events;
  for (const int id : ids) {
    if (id >= music::Vocabulary::first_own) events.push_back(event_of(id));
  }
  return events;
}

}  // namespace atelier::jobs
